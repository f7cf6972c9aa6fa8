"""Shares of a month, year, decade or century: 上旬, 年末, early, autumn.

They become intervals that surely hold what the word means, never a single day:
初め and 上旬 are a month's days 1-10, 中旬 and 半ば 11-20, 下旬 and 末 21 to the
end. Of a year, 初め is January to March and 末 December; 春, 夏 and 秋 are the
Meteorological Agency's (March to May …), while 冬 lies across two years and
leaves only the year.
"""

from __future__ import annotations

from retrieval.dates.span import Point, Span, at, month_end

_MONTH_PARTS = {"early": (1, 10), "middle": (11, 20), "late": (21, 0), "end": (21, 0)}
_HALVES = {"first_half": (1, 15), "second_half": (16, 0)}
_YEAR_PARTS = {
    "early": (1, 3), "middle": (5, 8), "late": (10, 12), "end": (12, 12),
    "first_half": (1, 6), "second_half": (7, 12),
    "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11),
}  # fmt: skip
# Tenths of a decade or century, in its own order: 1980年代 begins with 1980, 19世紀 with 1801.
_LONG_PARTS = {
    "early": (0, 3), "middle": (4, 7), "late": (7, 10), "end": (7, 10),
    "first_half": (0, 5), "second_half": (5, 10),
}  # fmt: skip
_SURE = {"first_half", "second_half"}


def month_part(year: int, month: int, part: str) -> Span:
    """上旬, 末 … of a month; the whole month for a part it has not."""
    bounds = _MONTH_PARTS.get(part) or _HALVES.get(part)
    if bounds is None:
        return at(Point(year, month))
    first, last = bounds
    last = last or month_end(year, month)
    return Span(Point(year, month, first), Point(year, month, last), approximate=part == "end")


def year_part(year: int, part: str) -> Span:
    """初め, 前半, 春, 末 … of a year; the whole year, roughly, for a part it has not."""
    if part not in _YEAR_PARTS:
        return at(Point(year)).roughly()
    first, last = _YEAR_PARTS[part]
    return Span(Point(year, first), Point(year, last), approximate=part not in _SURE)


def fiscal_year(year: int, part: str | None) -> Span:
    """A Japanese fiscal year, 1 April to 31 March, or its half or end."""
    first, last = Point(year, 4, 1), Point(year + 1, 3, 31)
    if part == "end":
        return at(Point(year + 1, 3)).roughly()
    if part == "first_half":
        last = Point(year, 9, 30)
    elif part == "second_half":
        first = Point(year, 10, 1)
    return Span(first, last, approximate=part in ("early", "middle", "late"))


def long_part(first: int, length: int, part: str | None) -> Span:
    """A decade or century (its first year, its years) or a share of it."""
    low, high = _LONG_PARTS.get(part or "", (0, 10))
    step = length // 10
    return Span(
        Point(first + low * step),
        Point(first + high * step - 1),
        approximate=part is not None and part not in _SURE,
    )
