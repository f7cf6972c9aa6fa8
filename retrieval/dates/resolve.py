"""Gives each written time its place in the calendar, or leaves it open."""

from __future__ import annotations

import re
from datetime import date, timedelta

from retrieval.dates import inference
from retrieval.dates.atom import Atom, Base, Step
from retrieval.dates.context import Context
from retrieval.dates.parts import fiscal_year, long_part, month_part, year_part
from retrieval.dates.span import (
    Point,
    Span,
    at,
    day_or_none,
    days,
    on,
    shift_day,
    shift_month,
    week_of,
)
from retrieval.dates.tense import Tense

# 日曜日の試合, 日曜日は休み: any Sunday.
_EVERY_WEEK = re.compile("の(?!午|夜|朝|夕|未明|早朝|昼)|は|休館|定休|ごと")
# How many sentences back a day may be that another is counted from.
_REACH, _FARTHER = 3, 8


class Open(Exception):
    """The text does not say which time is meant."""


def resolve(atom: Atom, context: Context) -> Span | None:
    """The span that an atom means, or None where the text leaves it open."""
    try:
        span = _resolve(atom, context)
    except Open:
        return None
    if span is None or not -9999 < span.first.year <= span.last.year <= 9999:
        return None
    return span.roughly() if atom.approximate else span


def _resolve(atom: Atom, context: Context) -> Span | None:
    if atom.week is not None or atom.weekday is not None:
        span = _week(atom, context)
    elif atom.day is not None:
        span = _day(atom, context)
    elif atom.month is not None:
        span = _month(atom, context)
    elif atom.year is not None or atom.part is not None:
        return _year(atom, context)
    else:
        span = _day_of_time(atom, context)
    return _with_time(atom, span) if span else None


def _anchor(context: Context) -> date:
    if context.anchor is None:
        raise Open
    return context.anchor


def _year_number(step: Step, atom: Atom, context: Context) -> int:
    match step.base:
        case Base.FIXED:
            return step.value
        case Base.ANCHOR:
            return _anchor(context).year + step.value
        case Base.CONTEXT:
            return _last(atom, context, "year").year + step.value
        case Base.EITHER:
            return _either(atom, context, "year").year + step.value
        case Base.SHORT:
            return _century(step.value, atom, context)
        case _:
            raise Open


def _last(atom: Atom, context: Context, precision: str) -> Point:
    named = context.last(atom.start, precision)
    if named is None:
        raise Open
    return named.span.last


def _either(atom: Atom, context: Context, precision: str) -> Point:
    """3日後: after the time told in its sentence; of what is still to come, after today.

    At the head of a sentence it goes on from the one before. Elsewhere (「わずか
    3週間後に再訪した」) it may count from anything.
    """
    leads = context.sentence_bounds(atom.start)[0] == atom.start
    named = context.last(atom.start, precision, reach=1 if leads else 0)
    if named is not None and not context.paragraph_break(named.end, atom.start):
        return named.span.last
    if context.tense(atom.start, atom.end) is Tense.FUTURE:
        return on(_anchor(context))
    raise Open


def _century(figures: int, atom: Atom, context: Context) -> int:
    """97年 after 1987年 is 1997; alone, the one of the last hundred years."""
    named = context.last(atom.start, "year", reach=1)
    if named is not None:
        year = named.span.last.year // 100 * 100 + figures
        return year if year >= named.span.last.year - 60 else year + 100
    latest = _anchor(context).year + 10
    year = latest // 100 * 100 + figures
    return year if year <= latest else year - 100


def _year(atom: Atom, context: Context) -> Span:
    if atom.unit == "since":
        return _since(atom, context)
    if atom.year is None:
        return _season_of_writing(atom, _anchor(context))
    year = _year_number(atom.year, atom, context)
    if atom.until_year is not None:
        return Span(Point(year), Point(atom.until_year))
    if atom.unit == "decade":
        return long_part(year, 10, atom.part)
    if atom.unit == "century":
        return long_part(year, 100, atom.part)
    if atom.part == "fiscal_end":
        return fiscal_year(year, "end")
    if atom.unit == "fiscal":
        return fiscal_year(year, atom.part)
    if atom.part == "new_year":
        return at(Point(year, 1)).roughly()
    return year_part(year, atom.part) if atom.part else at(Point(year))


def _since(atom: Atom, context: Context) -> Span:
    """7年ぶり: the year it last happened, counted from the year that is told of."""
    if atom.year is None:
        raise Open
    now = _anchor(context).year
    named = context.in_sentence(atom.start)
    if named is not None and named.span.last.year != now:
        if named.span.last.year == now + atom.year.value:
            return at(Point(named.span.last.year))
        if not inference.governs(context, named, atom.start):
            raise Open
        now = named.span.last.year
    return at(Point(now + atom.year.value)).roughly()


def _season_of_writing(atom: Atom, anchor: date) -> Span:
    """年末, 年明け, 年度末 without a year, where the time of year makes it clear."""
    if atom.part == "end" and anchor.month >= 7:
        return at(Point(anchor.year, 12)).roughly()
    if atom.part == "new_year" and (anchor.month <= 3 or anchor.month >= 10):
        return at(Point(anchor.year + (anchor.month >= 10), 1)).roughly()
    if atom.part == "fiscal_end" and (anchor.month <= 3 or anchor.month >= 10):
        return at(Point(anchor.year + (anchor.month >= 10), 3)).roughly()
    raise Open


def _month(atom: Atom, context: Context) -> Span:
    year, month = _year_month(atom, context, None)
    if atom.part:
        return month_part(year, month, atom.part)
    if atom.until_month is not None:
        return Span(Point(year, month), Point(year + (atom.until_month < month), atom.until_month))
    return at(Point(year, month))


def _year_month(atom: Atom, context: Context, day: int | None) -> tuple[int, int]:
    step = atom.month
    if step is None or step.base is Base.OPEN:
        raise Open
    if step.base is Base.ANCHOR:
        anchor = _anchor(context)
        return shift_month(anchor.year, anchor.month, step.value)
    if step.base in (Base.CONTEXT, Base.EITHER):
        told = (_last if step.base is Base.CONTEXT else _either)(atom, context, "month")
        return shift_month(told.year, told.month or 1, step.value)
    month = step.value
    if atom.year is not None:
        year = _year_number(atom.year, atom, context)
        if atom.unit == "fiscal":
            year += month <= 3
        return year, month
    if atom.unit in ("latest", "coming"):
        anchor = _anchor(context)
        if month == anchor.month:
            raise Open
        late = atom.unit == "coming" and month < anchor.month
        return anchor.year + late - (atom.unit == "latest" and month > anchor.month), month
    found = inference.year_of(context, atom.start, atom.end, month, day)
    if found is None:
        raise Open
    return found, month


def _day(atom: Atom, context: Context) -> Span:
    step = atom.day
    if step is None or step.base is Base.OPEN:
        raise Open
    if step.base is Base.ANCHOR:
        return _days_from(_anchor(context), step.value)
    if step.base in (Base.CONTEXT, Base.EITHER):
        span = _days_from(_told_day(step, atom, context), step.value)
        if atom.stated not in (None, span.first.day):
            raise Open
        return span
    if atom.month is not None:
        year, month = _year_month(atom, context, step.value)
    else:
        found = inference.month_of(context, atom.start, atom.end, step.value)
        if found is None:
            raise Open
        year, month = found
    first = day_or_none(year, month, step.value)
    if first is None:
        raise Open
    if atom.until_day is None:
        return at(on(first))
    if atom.until_day <= step.value:
        year, month = shift_month(year, month, 1)
    last = day_or_none(year, month, atom.until_day)
    if last is None:
        raise Open
    return days(first, last)


def _told_day(step: Step, atom: Atom, context: Context) -> date:
    if step.base is Base.EITHER:
        point = _either(atom, context, "day")
    else:
        # A number beside it says whether the right day was found, so one may look further back.
        reach = _REACH if atom.stated is None else _FARTHER
        named = context.last(atom.start, "day", reach)
        # 同日 after 「7日と8日」 may be either.
        if named is None or (step.value == 0 and named.span.covers_days()):
            raise Open
        point = named.span.first if step.value < 0 else named.span.last
    day = point.last_day()
    if day is None:
        raise Open
    return day


def _days_from(day: date, by: int) -> Span:
    moved = shift_day(day, by)
    if moved is None:
        raise Open
    return at(on(moved))


def _week(atom: Atom, context: Context) -> Span | None:
    if atom.day is not None and atom.weekday is not None:
        return _day(atom, context)
    if atom.week is None:
        return _weekday(atom, context)
    if atom.week.base is Base.ANCHOR:
        start = _anchor(context)
    elif atom.week.base is Base.OPEN:
        raise Open
    else:
        told = (_last if atom.week.base is Base.CONTEXT else _either)(atom, context, "day")
        start = told.last_day() or _anchor(context)
    week = week_of(start, atom.week.value)
    monday = week.first.first_day() if week else None
    if monday is None:
        raise Open
    if atom.part == "weekend":
        return days(monday + timedelta(days=5), monday + timedelta(days=6))
    if atom.weekday is not None:
        return at(on(monday + timedelta(days=atom.weekday)))
    return week


def _weekday(atom: Atom, context: Context) -> Span:
    """日曜日 alone: the last one of what has happened, the next of what is to come."""
    anchor = _anchor(context)
    if _EVERY_WEEK.match(context.text, atom.end):
        raise Open
    tense = context.tense(atom.start, atom.end)
    ago = (anchor.weekday() - (atom.weekday or 0)) % 7
    if tense is Tense.PAST:
        return _days_from(anchor, -ago)
    if tense is Tense.FUTURE:
        return _days_from(anchor, (7 - ago) % 7)
    raise Open


def _day_of_time(atom: Atom, context: Context) -> Span:
    """A time of day alone is on the day of its sentence, or the only one told just before."""
    day = context.day_at(atom.start)
    if day is None or atom.hour is None:
        raise Open
    return at(on(day))


def _with_time(atom: Atom, span: Span) -> Span:
    if atom.hour is None or span.precision != "day":
        return span
    day = span.first.first_day()
    if day is not None and atom.hour >= 24:
        day = shift_day(day, 1)
    if day is None:
        raise Open
    return at(Point(day.year, day.month, day.day, atom.hour % 24, atom.minute))
