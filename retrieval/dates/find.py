"""Finds the times of a text: words into phrases, phrases into the calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from retrieval.dates.atom import Atom
from retrieval.dates.context import Context
from retrieval.dates.joining import Phrase, atoms_of, phrases
from retrieval.dates.mention import Precision, TimeMention
from retrieval.dates.pairs import between, borrow_year, inherit, next_day, spread
from retrieval.dates.resolve import resolve
from retrieval.dates.span import Span


def find_times(text: str, anchor: date | None) -> list[TimeMention]:
    """Every time that a text names, in reading order, without overlaps.

    `text` is a whole article, so that 同日 and 翌月 find what they point at;
    `anchor` is the article's date. Without it only absolute times, and those
    carried from an absolute one before them, have an `iso`. Durations, ages and
    counts (3年間, 40歳, 3日連続) are not times.
    """
    return mentions_of(text, anchor)


def mentions_of(
    text: str, anchor: date | None, settle: Callable[[Atom], None] | None = None
) -> list[TimeMention]:
    """As `find_times`, after `settle` has changed each atom as its reader knows better."""
    context = Context(text, anchor)
    atoms = atoms_of(text)
    if settle is not None:
        for atom in atoms:
            settle(atom)
    found: list[TimeMention] = []
    for phrase in phrases(text, atoms):
        found.extend(_mentions(phrase, context))
    return found


def _mentions(phrase: Phrase, context: Context) -> list[TimeMention]:
    first, last = phrase.first, phrase.last
    if last is not None and phrase.link == "from" and first.year is None:
        borrow_year(first, last)
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
    if phrase.link == "later":
        return [_mention(context, first.start, phrase.end, second, last)]
    if phrase.link == "from":
        whole = between(span, second)
        if whole is not None:
            context.join(first.start, last.end, whole)
        return [_mention(context, first.start, phrase.end, whole, first, interval=True)]
    if span and second and next_day(span, second):
        whole = Span(span.first, second.last, span.approximate or second.approximate)
        context.join(first.start, last.end, whole)
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
    if atom.until_day or atom.until_month or atom.until_year or atom.part:
        return "interval"
    if atom.unit in ("fiscal", "decade", "century"):
        return "interval"
    if atom.hour is not None:
        return "hour" if atom.minute is None else "minute"
    if atom.day is not None or atom.weekday is not None:
        return "day"
    if atom.week is not None:
        return "interval"
    return "month" if atom.month is not None else "year"
