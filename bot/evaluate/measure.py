"""Asks the chain as a face does, and looks at what it says and shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.evaluate.metrics import rank
from bot.evaluate.outcome import Outcome, Shown, stands
from bot.evaluate.questions import Question
from bot.values import Answer, AnswerEvent, Citation, Turn
from retrieval.errors import InputError
from retrieval.values import Hit

if TYPE_CHECKING:
    from bot.chain import Kiji
    from retrieval.store import Library

# Passages searched for ten distinct articles.
DEEP = 60
_ARTICLES = 10

Find = Callable[[str, Sequence[Turn], int], Sequence[Hit]]


class Measure:
    """Measures one question after the other.

    `find` searches (question, history, passages): it is asked for the rank of the
    right article, deeper than the chain reads and outside the time that is taken.
    """

    def __init__(self, kiji: Kiji, library: Library, find: Find, asked_at: datetime) -> None:
        self._kiji = kiji
        self._library = library
        self._find = find
        self._asked_at = asked_at

    def __call__(self, question: Question) -> Outcome:
        """The outcome of a question.

        Raises InputError for a question that can't be asked, and where none of its
        articles is in the library.
        """
        if question.articles and not any(map(self._text, question.articles)):
            raise InputError("store.unknown_article", article=min(question.articles))
        answer = self._answer(question)
        return Outcome(
            question=question,
            short=_short(answer),
            text=answer.text if answer.answered else "",
            quotes=tuple(map(self._shown, answer.citations)),
            seconds=answer.seconds,
            rank=self._rank(question),
            kind=question.kind or str(answer.intent),
        )

    def _answer(self, question: Question) -> Answer:
        answer = None
        for event in self._kiji.answer(question.text, question.history, asked_at=self._asked_at):
            if isinstance(event, AnswerEvent):
                answer = event.answer
        assert answer is not None  # noqa: S101 - the chain's last event is the answer
        return answer

    def _rank(self, question: Question) -> int | None:
        if not question.articles:
            return None
        hits = self._find(question.text, question.history, DEEP)
        found = list(dict.fromkeys(hit.article.id for hit in hits))
        return rank(found[:_ARTICLES], question.articles)

    def _text(self, article: str) -> str | None:
        try:
            return self._library.article(article).text
        except InputError:
            return None

    def _shown(self, citation: Citation) -> Shown:
        well = stands(citation.quote, self._text(citation.article), citation.start)
        return Shown(citation.article, citation.title, citation.quote, well)


def _short(answer: Answer) -> str:
    """The bare answer; the whole of one that has no span, such as of a yes/no question."""
    return (answer.short or answer.text) if answer.answered else ""
