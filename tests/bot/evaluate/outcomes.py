"""Outcomes for tests, made of little."""

from __future__ import annotations

from bot.evaluate import Outcome, Question, Shown


def outcome(
    short: str | None,
    *accepted: str,
    name: str = "1",
    kind: str = "who",
    article: str = "",
    rank: int | None = None,
    quote: str = "",
    stands: bool = True,
    seconds: float = 0.1,
    best: str | None = None,
) -> Outcome:
    asked = Question(name, f"問い{name}", accepted, frozenset([article] if article else ()), kind)
    quotes = (Shown("a", "題", quote, stands),) if quote else ()
    return Outcome(asked, short, short or "", quotes, seconds, rank, kind, best)
