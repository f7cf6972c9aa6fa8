"""What came of one question: what was said and shown, and whether it is right."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.evaluate.metrics import exact_match, f1, holds
from bot.evaluate.questions import Question

# An answer that shares this much with an accepted one counts as right.
RIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Shown:
    """A quote as it was shown; `stands` says that it is in its article, word for word."""

    article: str
    title: str
    text: str
    stands: bool


@dataclass(frozen=True)
class Outcome:
    """One question's outcome.

    `short` is the bare answer, "" when refused, None of a system that only finds.
    `best` is what it would have said had it not refused, None where it can't tell.
    `rank` (from 1) is that of the first right article among ten, None where none
    was found or none is known. `seconds` is wall time from question to answer.
    """

    question: Question
    short: str | None
    text: str
    quotes: tuple[Shown, ...]
    seconds: float
    rank: int | None = None
    kind: str = ""
    best: str | None = None

    @cached_property
    def f1(self) -> float:
        """Character F1 of the short answer; 0 when refused."""
        return f1(self.short or "", self.question.answers)

    @cached_property
    def exact(self) -> float:
        """Whether the short answer is an accepted one, as 1.0 or 0.0."""
        return exact_match(self.short, self.question.answers) if self.short else 0.0

    @property
    def answered(self) -> bool:
        """Whether anything was said."""
        return bool(self.text or self.short)

    @property
    def fault(self) -> str:
        """What is wrong with it: `invented`, `refused`, `unfound`, `wrong`; "" when nothing is.

        `unfound` is a wrong answer or a refusal where no right article was found either.
        """
        if not self.question.answers:
            return "invented" if self.answered else ""
        if self.short is None:
            return "" if self.rank == 1 else "unfound"
        if self.f1 >= RIGHT:
            return ""
        if self.question.articles and self.rank is None:
            return "unfound"
        return "wrong" if self.answered else "refused"

    def bears(self, quote: Shown) -> bool:
        """Whether a quote stands in its article and holds an accepted answer."""
        return quote.stands and holds(quote.text, self.question.answers)

    def record(self) -> dict[str, Any]:
        """The outcome as JSON: what a person needs to see why it is wrong."""
        return {
            "id": self.question.id,
            "question": self.question.text,
            "kind": self.kind,
            "accepted": list(self.question.answers),
            "articles": sorted(self.question.articles),
            "fault": self.fault,
            "short": self.short,
            "answer": self.text,
            "f1": round(self.f1, 3),
            "rank": self.rank,
            "seconds": round(self.seconds, 4),
            "quotes": [
                {
                    "article": quote.article,
                    "title": quote.title,
                    "text": quote.text,
                    "bears": self.bears(quote),
                }
                for quote in self.quotes
            ],
        }


def stands(quote: str, text: str | None, start: int | None = None) -> bool:
    """Whether a quote is in a text, word for word (at `start`, where that is claimed)."""
    if text is None or not quote:
        return False
    return quote in text if start is None else text.startswith(quote, start)
