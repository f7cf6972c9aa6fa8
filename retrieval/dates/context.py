"""What a text has named so far, sentence by sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date

from retrieval.dates.span import Span
from retrieval.dates.tense import Tense, tense_around

_SENTENCE_END = re.compile(r"[。！？!?]+[」』）)]*|\n+|(?<=[a-z0-9)])\.(?= [A-Z])")
# 同日 and 翌月 point back at most so many sentences.
_REACH = 3
# And past at most so many other times, so that one endless sentence stays cheap.
_MOST = 40


@dataclass(frozen=True, slots=True)
class Named:
    """A time that the text has named at `[start, end)`, in its sentence's number."""

    start: int
    end: int
    sentence: int
    span: Span


@dataclass(slots=True)
class Context:
    """The text, the article's date, and the times named so far in reading order."""

    text: str
    anchor: date | None
    named: list[Named] = field(default_factory=list)
    _ends: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._ends = [match.end() for match in _SENTENCE_END.finditer(self.text)]

    def sentence_of(self, offset: int) -> int:
        """The number of the sentence that holds the offset."""
        return bisect_right(self._ends, offset)

    def sentence_bounds(self, offset: int) -> tuple[int, int]:
        """Start and end of the sentence that holds the offset."""
        index = self.sentence_of(offset)
        start = self._ends[index - 1] if index else 0
        return start, self._ends[index] if index < len(self._ends) else len(self.text)

    def tense(self, start: int, end: int) -> Tense:
        """The tense at `[start, end)`."""
        return tense_around(self.text, start, end, self.sentence_bounds(start))

    def name(self, start: int, end: int, span: Span) -> None:
        """Add a time; later words may point at it."""
        self.named.append(Named(start, end, self.sentence_of(start), span))

    def join(self, start: int, end: int, span: Span) -> None:
        """Put one span for those named at `[start, end)`: 同日 after 7日と8日 is neither."""
        while self.named and self.named[-1].start >= start:
            self.named.pop()
        self.name(start, end, span)

    def last(self, offset: int, precision: str, reach: int = _REACH) -> Named | None:
        """The latest time named before `offset` that says at least its year, month or day."""
        sentence = self.sentence_of(offset)
        for named in reversed(self.named[-_MOST:]):
            if sentence - named.sentence > reach:
                return None
            point = named.span.last
            if precision == "day" and point.day is None:
                continue
            if precision == "month" and point.month is None:
                continue
            return named
        return None

    def in_sentence(self, offset: int) -> Named | None:
        """The latest time named in the offset's own sentence."""
        return self.last(offset, "year", reach=0)

    def day_at(self, offset: int) -> date | None:
        """The day that the offset's sentence told last, else the only one told just before."""
        sentence = self.sentence_of(offset)
        only: date | None = None
        for named in reversed(self.named[-_MOST:]):
            if sentence - named.sentence > _REACH:
                break
            if named.span.last.day is None:
                continue
            day = named.span.last.last_day()
            if named.span.covers_days() or (only is not None and day != only):
                return None
            if named.sentence == sentence:
                return day
            only = day
        return only

    def paragraph_break(self, start: int, end: int) -> bool:
        """Whether a line ends between two offsets."""
        return "\n" in self.text[start:end]
