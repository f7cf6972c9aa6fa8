"""A time expression as it is written, before anything outside it is known."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum


class Base(Enum):
    """What a year, month or day is counted from."""

    FIXED = "the calendar"  # 2025年
    ANCHOR = "the article's date"  # 昨年
    CONTEXT = "a time named before"  # 同年
    EITHER = "a time named before, else the article's date"  # 3日後
    SHORT = "the calendar, its century left out"  # 97年
    OPEN = "nothing that can be known"  # 元禄16年, 開会式の翌日


@dataclass(frozen=True, slots=True)
class Step:
    """A calendar number (FIXED, SHORT) or a signed distance (all others)."""

    base: Base
    value: int = 0


class Rank(IntEnum):
    """How fine a word is; words join from coarse to fine."""

    YEAR = 1
    MONTH = 2
    PART = 3
    DAY = 4
    WEEKDAY = 5
    DAYPART = 6
    TIME = 7


@dataclass(slots=True)
class Atom:
    """One written time, `text[start:end]`; fields that are not written are None.

    `unit` makes the year a whole of another size: fiscal, decade, century, or
    ぶり (how long ago it last happened). `part` is a share of the year, month or
    decade (early, mid, late, first half, second half, end, spring …).
    `week` is counted in weeks; `weekday` is 0 for Monday. `hour` may exceed 23
    as in broadcasting (25時). `length` is a number of days that a duration adds.
    `stated` is the day's number that a day counted from another is said to have
    (前日の2日). `loose` marks a word that only means a time beside another word.
    """

    start: int
    end: int
    rank: Rank
    year: Step | None = None
    month: Step | None = None
    day: Step | None = None
    week: Step | None = None
    weekday: int | None = None
    hour: int | None = None
    minute: int | None = None
    unit: str | None = None
    part: str | None = None
    approximate: bool = False
    loose: bool = False
    until_day: int | None = None
    until_month: int | None = None
    until_year: int | None = None
    length: int | None = None
    stated: int | None = None

    def absorb(self, finer: Atom) -> None:
        """Take over the fields of the word that follows, which is finer or surer."""
        counted, number = self.day, finer.day
        for name in _MERGED:
            value = getattr(finer, name)
            if value is not None:
                setattr(self, name, value)
        if counted and number and counted.base in (Base.CONTEXT, Base.EITHER):
            self.day, self.stated = counted, number.value
        self.end = finer.end
        self.rank = finer.rank
        self.approximate = self.approximate or finer.approximate
        self.loose = self.loose and finer.loose


_MERGED = (
    "year", "month", "day", "week", "weekday", "hour", "minute", "unit", "part",
    "until_day", "until_month", "until_year",
)  # fmt: skip
