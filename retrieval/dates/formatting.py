"""Writes ISO 8601 times for people: 2025年9月20日〜21日, 20–21 September 2025."""

from __future__ import annotations

import re

from retrieval.dates.span import Point
from retrieval.values import Language

_POINT = re.compile(r"(-?\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2})(?::(\d{2}))?)?)?)?")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def parse_iso(iso: str) -> tuple[Point, Point]:
    """The first and last point of what `TimeMention.iso` holds.

    Raises ValueError for anything else.
    """
    first, _, last = iso.partition("/")
    return _point(first), _point(last or first)


def _point(iso: str) -> Point:
    match = _POINT.fullmatch(iso)
    if match is None:
        raise ValueError(f"not a time as kiji writes it: {iso!r}")
    year, *finer = (int(part) if part else None for part in match.groups())
    return Point(year or 0, *finer)


def format_iso(iso: str, language: Language) -> str:
    """A time or interval in words; the second of two leaves out what it shares.

    Raises ValueError when `iso` is not what `TimeMention.iso` holds.
    """
    first, last = parse_iso(iso)
    if first == last:
        return _japanese(first) if language is Language.JA else _english(first)
    if language is Language.JA:
        return f"{_japanese(first)}〜{_japanese(last, after=first)}"
    return _english_interval(first, last)


def _japanese(point: Point, after: Point | None = None) -> str:
    year = f"{point.year}年" if point.year > 0 else f"紀元前{1 - point.year}年"
    parts = [(point.year, year)]
    for value, unit in zip(
        (point.month, point.day, point.hour, point.minute), "月日時分", strict=True
    ):
        if value is not None:
            shown = f"{value:02d}" if unit == "分" else f"{value}"
            parts.append((value, f"{shown}{unit}"))
    shared = 0
    if after is not None:
        told = (after.year, after.month, after.day, after.hour, after.minute)
        while shared < len(parts) - 1 and parts[shared][0] == told[shared]:
            shared += 1
    return "".join(text for _, text in parts[shared:])


def _english(point: Point) -> str:
    day = [str(point.day)] if point.day is not None else []
    month = [_MONTHS[point.month - 1]] if point.month is not None else []
    date = " ".join([*day, *month, _english_year(point)])
    return f"{date}, {_clock(point)}" if point.hour is not None else date


def _english_year(point: Point) -> str:
    return str(point.year) if point.year > 0 else f"{1 - point.year} BC"


def _clock(point: Point) -> str:
    if point.minute is None:
        return f"{(point.hour or 0) % 12 or 12} {'am' if (point.hour or 0) < 12 else 'pm'}"
    return f"{point.hour:02d}:{point.minute:02d}"


def _english_interval(first: Point, last: Point) -> str:
    same_month = first.year == last.year and first.month == last.month
    if first.hour is None and last.hour is None and first.year == last.year:
        if first.day is not None and last.day is not None:
            if same_month:
                return f"{first.day}–{_english(last)}"
            return f"{first.day} {_MONTHS[(first.month or 1) - 1]} – {_english(last)}"
        if first.day is None and last.day is None and first.month and last.month:
            return f"{_MONTHS[first.month - 1]} – {_english(last)}"
    if first.hour is not None and last.hour is not None and same_month and first.day == last.day:
        return f"{_english(first)} – {_clock(last)}"
    if first.month is None and last.month is None and first.year > 0:
        return f"{first.year}–{last.year}"
    return f"{_english(first)} – {_english(last)}"
