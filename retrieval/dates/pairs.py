"""Two joined times, and what each lends the other: 今年9月20日と21日."""

from __future__ import annotations

from retrieval.dates.atom import Atom, Base, Step
from retrieval.dates.span import Span, days, month_end, shift_day, shift_month


def borrow_year(first: Atom, last: Atom) -> None:
    """3月から2019年6月 and March to June 2019: the first takes the year of the last."""
    if first.month is None or first.month.base is not Base.FIXED:
        return
    if last.year is None or last.year.base is not Base.FIXED or last.month is None:
        return
    late = last.month.base is Base.FIXED and first.month.value > last.month.value
    first.year = Step(Base.FIXED, last.year.value - late)


def spread(first: Span, atom: Atom) -> Span | None:
    """From the day `first` through a number of days: 5月25日から10日間."""
    start = first.first.first_day() if first.first.day else None
    last = shift_day(start, (atom.length or 1) - 1) if start else None
    return days(start, last) if start and last else None


def inherit(atom: Atom, first: Span) -> Atom:
    """Give the second of two joined times the year, month or day of the first.

    What would come before the first belongs to the next month or year:
    12月28日から1月3日, 28日から3日.
    """
    before = first.first
    if atom.day is not None and atom.day.base is Base.FIXED and atom.month is None:
        if before.month is not None:
            year, month = before.year, before.month
            if before.day is not None and atom.day.value < before.day:
                year, month = shift_month(year, month, 1)
            if atom.day.value <= month_end(year, month):
                atom.year, atom.month = Step(Base.FIXED, year), Step(Base.FIXED, month)
    elif atom.month is not None and atom.month.base is Base.FIXED and atom.year is None:
        late = before.month is not None and atom.month.value < before.month
        atom.year = Step(Base.FIXED, before.year + late)
    elif atom.hour is not None and atom.day is None and before.day is not None:
        atom.year = Step(Base.FIXED, before.year)
        atom.month = Step(Base.FIXED, before.month or 1)
        atom.day = Step(Base.FIXED, before.day)
    return atom


def between(first: Span | None, last: Span | None) -> Span | None:
    """From the first through the last; None when one is open or they run backwards."""
    if first is None or last is None:
        return None
    start, end = first.first.first_day(), last.last.last_day()
    if start and end and start > end:
        return None
    return Span(first.first, last.last, first.approximate or last.approximate)


def next_day(first: Span, second: Span) -> bool:
    """Whether the second is the day after the first: 20日と21日 are one time."""
    if first.precision != "day" or second.precision != "day":
        return False
    day = first.first.first_day()
    return day is not None and shift_day(day, 1) == second.first.first_day()
