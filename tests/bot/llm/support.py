"""A chain over hits in memory, a fake model that writes, and a fake engine behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

import bot.chain
from bot.chain import Kiji
from bot.llm.call import Caller
from bot.llm.model import ModelOptions
from bot.llm.writer import Writer
from bot.values import Answer, AnswerEvent, Draft, DraftClaim, Event, Quote, Scope, Turn
from retrieval.values import Article, Hit, Passage
from tests.fakes.model import FakeModel

NOW = datetime(2025, 9, 20, 12, tzinfo=UTC)

TOWN = Article(
    id="town",
    source="town.txt",
    title="Harrow Bay closes its lighthouse",
    text=(
        "Harrow Bay closes its lighthouse\n\n"
        "Mayor Edith Lowell closed the lighthouse on 3 March 2025 because 14 panes of glass were "
        "broken. Keeper Samuel Finch did not leave the island. Repairs will cost £2.5 million.\n\n"
        "Engineer Nora Pell said on Tuesday that the tower is safe. Visitors may return in June."
    ),
    date="2025-03-06",
)
MACHI = Article(
    id="machi",
    source="machi.txt",
    title="青葉町が図書館を移転",
    text=(
        "青葉町が図書館を移転\n\n"
        "青葉町の村上春子町長は今月12日、図書館を駅前に移すと発表した。老朽化で雨漏りが続いていたためだ。"
        "蔵書は8万冊ある。\n\n"
        "建築家の大野修氏は設計を引き受けなかった。移転は来年4月に終わる。"
    ),
    date="2025-05-14",
)


def hits_of(*articles: Article) -> list[Hit]:
    """Every paragraph of the articles as a hit, in order."""
    found = []
    for article in articles:
        start = 0
        for paragraph in article.text.split("\n\n"):
            if start:
                found.append(Hit(Passage(article.id, start, start + len(paragraph)), article, 0.9))
            start += len(paragraph) + 2
    return found


class FakeEngine:
    """Points at one sentence, or at nothing; counts how often it was asked."""

    name = "embedded"

    def __init__(self, words: str = "", hit: int = 0) -> None:
        self.words = words
        self.hit = hit
        self.asked = 0

    def warm_up(self) -> None:
        pass

    def draft(self, query, hits: Sequence[Hit]) -> Draft:
        self.asked += 1
        if not self.words:
            return Draft()
        return Draft((DraftClaim(self.words, (Quote(self.hit, self.words),), self.words),))


class Talk:
    """One chain with its fakes; `ask` gives the answer, `events` all that was told."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, hits: Sequence[Hit], **options) -> None:
        self.model = FakeModel(seconds=options.pop("seconds", 0.0))
        self.engine = FakeEngine(options.pop("embedded", ""))
        self.pauses: list[float] = []
        given = ModelOptions(**{"name": "fake:model", "format": "plain"} | options)
        caller = Caller(given, pause=self._pause)
        self.writer = Writer(self.model, given, caller)
        self.searched: list[str] = []
        self.events: list[Event] = []

        def search(library, query, k, articles=None):
            self.searched.append(query.text)
            return [hit for hit in hits if articles is None or hit.article.id in articles][:k]

        monkeypatch.setattr(bot.chain, "search", search)
        self.kiji = Kiji(None, self.engine, max(10, len(hits)), self.writer)  # type: ignore[arg-type]

    def _pause(self, seconds: float) -> float:
        self.pauses.append(seconds)
        return 0.0

    def ask(self, question: str, *history: Turn, scope: Scope | None = None) -> Answer:
        self.events = list(self.kiji.answer(question, history, scope, NOW))
        last = self.events[-1]
        assert isinstance(last, AnswerEvent)
        assert all(not isinstance(event, AnswerEvent) for event in self.events[:-1])
        return last.answer
