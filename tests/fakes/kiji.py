"""A chain whose events are put in a queue, and a library in memory."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from bot.values import Answer, AnswerEvent, Citation, Claim, ClaimEvent, Event, Scope, StatusEvent
from retrieval.errors import InputError
from retrieval.store.reports import ArticleInfo, IndexProgress, IndexReport
from retrieval.values import Article, Found, Hit, Intent, Language, Passage

ARTICLE = Article(
    id="library",
    source="library.txt",
    title="湖畔図書館が臨時休館",
    text="湖畔図書館が臨時休館\n図書館は9月20日から21日まで休館する。理由は床の工事だという。",
    date="2025-09-03",
)


def answer(
    question: str = "いつ休館しますか",
    text: str = "9月20日から21日までです。",
    short: str = "9月20日から21日まで",
    article: Article = ARTICLE,
    **more,
) -> Answer:
    """An answer that cites the sentence of `article` in which `short` stands."""
    focus = article.text.index(short)
    start = article.text.rindex("\n", 0, focus) + 1
    end = article.text.index("。", focus) + 1
    citation = Citation(
        article=article.id,
        title=article.title,
        source=article.source,
        quote=article.text[start:end],
        start=start,
        end=end,
        date=article.date,
        focus=(focus, focus + len(short)),
    )
    passage = Passage(article.id, start, end)
    given = {
        "question": question,
        "text": text,
        "language": Language.JA,
        "answered": True,
        "intent": Intent.WHEN,
        "engine": "fake",
        "seconds": 0.25,
        "short": short,
        "claims": (Claim(text, (0,)),),
        "citations": (citation,),
        "date": "2025-09-20/2025-09-21",
        "hits": (Hit(passage, article, 0.9, Found(1, 0.91, 2, 3.5, ("休館",))),),
    }
    return Answer(**given | more)


def refusal(question: str = "誰が館長ですか") -> Answer:
    """An answer that says it is not there."""
    return Answer(
        question=question,
        text="記事には、その答えは書かれていません。",
        language=Language.JA,
        answered=False,
        intent=Intent.WHO,
        engine="fake",
        seconds=0.1,
    )


def events(answered: Answer) -> list[Event]:
    """The events that lead to an answer."""
    claims = [
        ClaimEvent(claim, tuple(answered.citations[i] for i in claim.citations))
        for claim in answered.claims
    ]
    return [StatusEvent("searching"), StatusEvent("reading"), *claims, AnswerEvent(answered)]


class FakeKiji:
    """Answers with what was enqueued; `asked` is what it was asked, `closed` how often stopped.

    An enqueued exception is raised; `BLOCK` waits, as a slow model would, until
    the iterator is closed or interrupted.
    """

    BLOCK = object()

    def __init__(self) -> None:
        self.queue: deque[object] = deque()
        self.asked: list[tuple[str, tuple, Scope | None, datetime | None]] = []
        self.closed = 0
        self.warmed = False

    def enqueue(self, *replies: object) -> None:
        self.queue.extend(replies)

    def warm_up(self) -> None:
        self.warmed = True

    def answer(
        self, question: str, history: Sequence = (), scope: Scope | None = None, asked_at=None
    ) -> Iterator[Event]:
        self.asked.append((question, tuple(history), scope, asked_at))
        reply = self.queue.popleft()
        if isinstance(reply, BaseException):
            raise reply
        try:
            if reply is self.BLOCK:
                yield StatusEvent("reading")
                threading.Event().wait(60)
            else:
                yield from events(reply)
        except (GeneratorExit, KeyboardInterrupt):
            self.closed += 1
            raise


class FakeLibrary:
    """Articles in a dictionary."""

    def __init__(self, *articles: Article) -> None:
        self.held = {article.id: article for article in articles}
        self.closed = False

    def index(self, articles, progress=None) -> IndexReport:
        report = IndexReport()
        for article in articles:
            before = self.held.get(article.id)
            self.held[article.id] = article
            if before is None:
                report += IndexReport(added=1, passages=2)
            elif before == article:
                report += IndexReport(unchanged=1)
            else:
                report += IndexReport(replaced=1, passages=2)
            if progress:
                progress(IndexProgress(len(self.held), 2 * len(self.held)))
        return report

    def articles(self) -> list[ArticleInfo]:
        now = datetime(2025, 9, 4, tzinfo=UTC)
        return [
            ArticleInfo(one.id, one.title, one.date, one.date_inferred, one.source, 2, now)
            for one in self.held.values()
        ]

    def article(self, name: str) -> Article:
        if name not in self.held:
            raise InputError("store.unknown_article", article=name)
        return self.held[name]

    def remove(self, name: str) -> None:
        del self.held[self.article(name).id]

    def reindex(self, progress=None) -> None:
        for count in range(1, len(self.held) + 1):
            if progress:
                progress(IndexProgress(count, 2 * count, len(self.held)))

    def is_empty(self) -> bool:
        return not self.held

    def generation(self) -> int:
        return 1

    def warm_up(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True


class FakeOpening:
    """Opens fakes; loading is the real thing. Use as `bot.opening.Opening` itself."""

    def __init__(self, settings=None, *, kiji=None, library=None) -> None:
        self.settings = settings
        self.fake_kiji = kiji or FakeKiji()
        self.fake_library = library or FakeLibrary()

    def __call__(self, settings) -> FakeOpening:
        self.settings = settings
        return self

    def library(self):
        return self.fake_library

    def kiji(self, library):
        return self.fake_kiji

    def writer(self):
        return None

    def model_notice(self):
        return ""

    def search(self, library, question, k, articles=None, history=()):
        if not question.strip():
            raise InputError("understand.empty_question")
        return list(answer().hits)[:k]

    def articles(self, source, on_skip=None):
        from retrieval.load import load

        return load(source, self.settings.load_limits(), on_skip=on_skip)

    def sample(self):
        return [ARTICLE]
