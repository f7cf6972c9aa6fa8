"""A time that a text names, and finding the one that a span of characters means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Precision = Literal["minute", "hour", "day", "month", "year", "interval"]


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A maximal time expression: `text == article_text[start:end]`.

    `start, end` are character offsets, half open. `iso` is ISO 8601 in the
    text's own (local) time: `2025`, `2025-09`, `2025-09-03`, `2025-09-03T15`,
    `2025-09-03T15:04`, or an interval `a/b` whose last day belongs to it. It is
    None where the text leaves the time open; `precision` then says what the
    words are about. `approximate` marks ごろ, 前後, around and seasons.
    """

    start: int
    end: int
    text: str
    iso: str | None
    precision: Precision
    approximate: bool = False


def time_at(mentions: Sequence[TimeMention], start: int, end: int) -> TimeMention | None:
    """The mention that shares most characters with `[start, end)`, or None.

    A span may be a part of an expression or a little more than it. Of equal
    overlaps the earlier mention wins.
    """
    best, most = None, 0
    for mention in mentions:
        shared = min(mention.end, end) - max(mention.start, start)
        if shared > most:
            best, most = mention, shared
    return best
