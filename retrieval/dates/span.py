"""Calendar arithmetic: points and spans of time, written in ISO 8601."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from retrieval.dates.mention import Precision

# The first year of each Japanese era, by its name and by the letter that forms have for it.
ERAS = {"明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019}
ERA_LETTERS = dict(zip("MTSHR", ERAS.values(), strict=True))


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A year, month, day, hour or minute of the Gregorian calendar.

    What is finer than the point says is None. Year 0 is 1 BC, as in ISO 8601.
    """

    year: int
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None

    @property
    def precision(self) -> Precision:
        """The finest thing that the point names."""
        if self.month is None:
            return "year"
        if self.day is None:
            return "month"
        if self.hour is None:
            return "day"
        return "hour" if self.minute is None else "minute"

    def iso(self) -> str:
        """ISO 8601 at the point's own precision."""
        text = f"{self.year:04d}" if self.year >= 0 else f"-{-self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        if self.hour is not None:
            text += f"T{self.hour:02d}"
        return text if self.minute is None else f"{text}:{self.minute:02d}"

    def first_day(self) -> date | None:
        """The first day in the point; None outside years 1 to 9999."""
        if not 1 <= self.year <= 9999:
            return None
        return date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> date | None:
        """The last day in the point; None outside years 1 to 9999."""
        if not 1 <= self.year <= 9999:
            return None
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])


@dataclass(frozen=True, slots=True)
class Span:
    """From the first point to the last, both within it; one point has first == last."""

    first: Point
    last: Point
    approximate: bool = False

    @property
    def precision(self) -> Precision:
        """`interval` unless the span is a single point."""
        return self.first.precision if self.first == self.last else "interval"

    def iso(self) -> str:
        """ISO 8601: one point, or two with a slash."""
        if self.first == self.last:
            return self.first.iso()
        return f"{self.first.iso()}/{self.last.iso()}"

    def covers_days(self) -> bool:
        """Whether the span covers more than one day."""
        return self.first.first_day() != self.last.last_day()

    def roughly(self) -> Span:
        """The same span, marked as approximate."""
        return replace(self, approximate=True)


def at(point: Point) -> Span:
    """The span that is one point."""
    return Span(point, point)


def on(day: date) -> Point:
    """The point of a day."""
    return Point(day.year, day.month, day.day)


def days(first: date, last: date) -> Span:
    """The span of whole days from first to last."""
    return Span(on(first), on(last))


def day_or_none(year: int, month: int, day: int) -> date | None:
    """The date, or None when the calendar has no such day (2月30日)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift_day(day: date, by: int) -> date | None:
    """The day so many days later (or earlier, for a negative number)."""
    try:
        return day + timedelta(days=by)
    except OverflowError:
        return None


def shift_month(year: int, month: int, by: int) -> tuple[int, int]:
    """Year and month so many months later."""
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


def week_of(day: date, by: int = 0) -> Span | None:
    """The week (Monday to Sunday) of a day, or one so many weeks later."""
    monday = shift_day(day, 7 * by - day.weekday())
    sunday = shift_day(monday, 6) if monday else None
    return days(monday, sunday) if monday and sunday else None


def month_end(year: int, month: int) -> int:
    """The number of the month's last day."""
    return monthrange(year, month)[1]
