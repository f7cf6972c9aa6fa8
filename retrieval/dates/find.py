"""Finds the times of a text: words into phrases, phrases into the calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from retrieval.dates.atom import Atom, Base, Step
from retrieval.dates.context import Context
from retrieval.dates.joining import Phrase, atoms_of, phrases
from retrieval.dates.mention import Precision, TimeMention
from retrieval.dates.resolve import inherit, resolve, spread
from retrieval.dates.span import Span, shift_day


def find_times(text: str, anchor: date | None) -> list[TimeMention]:
    """Every time that a text names, in reading order, without overlaps.

    `text` is a whole article, so that 同日 and 翌月 find what they point at;
    `anchor` is the article's date. Without it only absolute times, and those
    carried from an absolute one before them, have an `iso`. Durations, ages and
    counts (3年間, 40歳, 3日連続) are not times.
    """
    return mentions_of(text, anchor)


def mentions_of(
    text: str, anchor: date | None, leave_open: Callable[[Atom], bool] | None = None
) -> list[TimeMention]:
    """As `find_times`, but what `leave_open` says of an atom stays without an `iso`."""
    context = Context(text, anchor)
    found: list[TimeMention] = []
    for phrase in phrases(text, atoms_of(text)):
        if leave_open is not None and leave_open(phrase.first):
            found.append(_mention(context, phrase.first.start, phrase.end, None, phrase.first))
        else:
            found.extend(_mentions(phrase, context))
    return found


def _mentions(phrase: Phrase, context: Context) -> list[TimeMention]:
    first, last = phrase.first, phrase.last
    if last is not None and phrase.link == "from" and first.year is None:
        _borrow_year(first, last)
    span = resolve(first, context)
    if span is not None:
        _tell(context, first, span)
    if last is None:
        return [_mention(context, first.start, phrase.end, span, first)]
    if phrase.link == "since":
        return [_mention(context, first.start, phrase.end, span, first)]
    if last.length is not None:
        whole = spread(span, last) if span else None
        if whole is None:
            return [_mention(context, first.start, first.end, span, first)]
        return [_mention(context, first.start, phrase.end, whole, first)]
    second = resolve(inherit(last, span) if span else last, context)
    if second is not None:
        _tell(context, last, second)
    if phrase.link == "from":
        whole = _between(span, second)
        return [_mention(context, first.start, phrase.end, whole, first, interval=True)]
    if span and second and _next_day(span, second):
        whole = Span(span.first, second.last, span.approximate or second.approximate)
        return [_mention(context, first.start, phrase.end, whole, first)]
    return [
        _mention(context, first.start, first.end, span, first),
        _mention(context, last.start, last.end, second, last),
    ]


def _tell(context: Context, atom: Atom, span: Span) -> None:
    """Let later words point at this time, unless its bounds are not the text's own words.

    A fiscal year, decade or century names no month; 同日 never means its last day.
    """
    if atom.unit in (None, "latest", "coming"):
        context.name(atom.start, atom.end, span)


def _borrow_year(first: Atom, last: Atom) -> None:
    """3月から2019年6月 and March to June 2019: the first takes the year of the last."""
    if first.month is None or first.month.base is not Base.FIXED:
        return
    if last.year is None or last.year.base is not Base.FIXED or last.month is None:
        return
    late = last.month.base is Base.FIXED and first.month.value > last.month.value
    first.year = Step(Base.FIXED, last.year.value - late)


def _between(first: Span | None, last: Span | None) -> Span | None:
    if first is None or last is None:
        return None
    start, end = first.first.first_day(), last.last.last_day()
    if start and end and start > end:
        return None
    return Span(first.first, last.last, first.approximate or last.approximate)


def _next_day(first: Span, second: Span) -> bool:
    if first.precision != "day" or second.precision != "day":
        return False
    day = first.first.first_day()
    return day is not None and shift_day(day, 1) == second.first.first_day()


def _mention(
    context: Context, start: int, end: int, span: Span | None, atom: Atom, interval: bool = False
) -> TimeMention:
    return TimeMention(
        start,
        end,
        context.text[start:end],
        span.iso() if span else None,
        span.precision if span else "interval" if interval else _written(atom),
        atom.approximate or (span is not None and span.approximate),
    )


def _written(atom: Atom) -> Precision:
    """The precision of the words themselves, for a time that stays open."""
    if atom.until_day or atom.until_month or atom.until_year or atom.unit or atom.part:
        return "interval" if atom.unit != "since" else "year"
    if atom.hour is not None:
        return "hour" if atom.minute is None else "minute"
    if atom.day is not None or atom.weekday is not None:
        return "day"
    if atom.week is not None:
        return "interval"
    return "month" if atom.month is not None else "year"
