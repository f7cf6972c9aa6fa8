"""The year of a bare 7月10日 and the month of a bare 7日.

What the text's order and tense leave open stays open (None). In order:

1. A time named earlier in the same sentence governs, where the clauses are
   chained (…し、, …され、) or listed; a year inside a relative clause does not
   (「2011年に発売された機種が7月22日」).
2. A reading within days of the article's date is the article's own news.
3. A date told right after an older one, in the next sentence, follows it.
4. News leaves its own year and month out: they are the article's. A past event
   that would lie ahead belongs to the year (month) before, an announced one that
   would lie far behind to the next.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from retrieval.dates.context import Context, Named
from retrieval.dates.span import Point, day_or_none, month_end, shift_month
from retrieval.dates.tense import Tense

_CHAINED = re.compile(r"(?:[しりきちいみびぎせけえれてでずめ]|ほか|のち|後)、")
_LISTED = re.compile(r"(?:と|、|・|や|および|及び|から|,? and |, )?(?:同|[（(][^（()）]{0,8})?")
_CLAUSES = 300  # characters over which chained clauses still share a year
_NEWS_BEFORE, _NEWS_AFTER = timedelta(days=14), timedelta(days=3)
_SOON, _FAR, _VERY_FAR = timedelta(days=92), timedelta(days=183), timedelta(days=270)
# A newspaper is dated the day it prints; time zones put an event a day or two later.
_DATELINE_SLACK = 2


def governs(context: Context, named: Named, offset: int) -> bool:
    """Whether a time of the same sentence lends its year or month to what follows it."""
    if offset - named.end > _CLAUSES:
        return False
    between = context.text[named.end : offset]
    return bool(_LISTED.fullmatch(between)) or (
        not between.startswith("の") and bool(_CHAINED.search(between))
    )


def is_news(anchor: date | None, day: date | None) -> bool:
    """Whether a day lies so near the article's date that the article is about it."""
    if anchor is None or day is None:
        return False
    return -_NEWS_BEFORE <= day - anchor <= _NEWS_AFTER


def _whole(year: int, month: int, day: int | None) -> date | None:
    return day_or_none(year, month, day or 1)


def year_of(context: Context, start: int, end: int, month: int, day: int | None) -> int | None:
    """The year of a month (and day) that stands without one at `[start, end)`."""
    usual = _usual_year(context, start, end, month, day)
    usual_day = _whole(usual, month, day) if usual is not None else None
    here = context.in_sentence(start)
    if here is not None and here.span.last.year != usual:
        return _year_in_sentence(context, here, (start, end), month, usual, usual_day)
    if is_news(context.anchor, usual_day):
        return usual
    before = context.last(start, "month", reach=1 if context.anchor else 3)
    if before is not None and not context.paragraph_break(before.end, start):
        if context.anchor is None:
            return _year_after(before, month, day)
        told = before.span.last
        follows = _whole(told.year, month, day)
        since = told.first_day()
        if follows and since and timedelta(0) < follows - since <= timedelta(days=31):
            return told.year
    return usual


def _year_in_sentence(
    context: Context,
    here: Named,
    place: tuple[int, int],
    month: int,
    usual: int | None,
    usual_day: date | None,
) -> int | None:
    told = here.span.last
    start, end = place
    between = context.text[here.end : start]
    orderly = told.month is None or month >= told.month
    if is_news(context.anchor, usual_day) and not _soon_after(told, month):
        return usual
    if governs(context, here, start) or context.anchor is None:
        return told.year if orderly else None
    # 「2010年の大会の決勝」 names a thing by its year; 「2005年7月6日の番組」 tells when.
    names_a_thing = told.month is None and between.startswith("の")
    if is_news(context.anchor, usual_day) or names_a_thing:
        return usual
    if usual_day and context.anchor < usual_day and context.tense(start, end) is Tense.FUTURE:
        return usual
    # An older year in a relative clause: the sentence may be about either.
    return usual if told.month is None or not orderly else None


def _soon_after(told: Point, month: int) -> bool:
    """Whether a month continues the time told: in its month or one of the next two."""
    return told.month is not None and 0 <= month - told.month <= 2


def _year_after(before: Named, month: int, day: int | None) -> int | None:
    """Without an article's date, a month goes on from the time before or stays open."""
    told = before.span.last
    if told.month is not None and (month, day or 31) < (told.month, told.day or 1):
        return None
    return told.year


def _usual_year(context: Context, start: int, end: int, month: int, day: int | None) -> int | None:
    anchor = context.anchor
    if anchor is None:
        return None
    this = _whole(anchor.year, month, day)
    if this is None:
        return anchor.year if month == 2 and day == 29 else None
    tense = context.tense(start, end)
    ahead = this - anchor
    if day is None and month == anchor.month:
        return anchor.year
    if ahead > timedelta(days=_DATELINE_SLACK):
        if tense is Tense.FUTURE:
            return anchor.year
        if tense is Tense.PAST:
            # Soon to come, in a sentence about the past: 「3月31日の閉幕を決めた」.
            return anchor.year - 1 if ahead > _SOON else None
        if ahead > _VERY_FAR:
            return anchor.year - 1
        return anchor.year if ahead <= _FAR else None
    if -ahead > _VERY_FAR and tense is not Tense.PAST:
        return anchor.year + 1
    if -ahead > _FAR and tense is Tense.FUTURE:
        return anchor.year + 1
    return anchor.year


def month_of(context: Context, start: int, end: int, day: int) -> tuple[int, int] | None:
    """Year and month of a day that stands without them at `[start, end)`."""
    usual = _usual_month(context, start, end, day)
    usual_day = day_or_none(*usual, day) if usual else None
    here = context.last(start, "month", reach=0)
    if here is not None:
        return _month_in_sentence(context, here, (start, end), day, usual, usual_day)
    if is_news(context.anchor, usual_day):
        return usual
    before = context.last(start, "month", reach=1 if context.anchor else 2)
    if before is not None and not context.paragraph_break(before.end, start):
        told = before.span.last
        if _ahead(context, before) and context.tense(start, end) is not Tense.FUTURE:
            return usual
        if day >= (told.day or 1):
            return told.year, told.month or 1
        return None if context.anchor is None else usual
    return usual


def _month_in_sentence(
    context: Context,
    here: Named,
    place: tuple[int, int],
    day: int,
    usual: tuple[int, int] | None,
    usual_day: date | None,
) -> tuple[int, int] | None:
    told = here.span.last
    inside = here.span.first if here.span.first.month == told.month else told
    carried: tuple[int, int] | None = (told.year, told.month or 1)
    rolled = day < (inside.day or 1)
    if rolled:
        carried = shift_month(told.year, told.month or 1, 1)
    if carried == usual or (usual is None and not rolled):
        return carried
    start, end = place
    news = is_news(context.anchor, usual_day)
    if governs(context, here, start) or (not news and not rolled and _this_month(context, told)):
        return None if rolled else carried
    if _ahead(context, here) and context.tense(start, end) is not Tense.PAST:
        # 「20日、9月の…」 is the news itself; 「9月の大会は20日に始まる」 may be either.
        dateline = news and context.text.startswith("、", end)
        return usual if dateline else None if rolled or news else carried
    return usual if news else None


def _this_month(context: Context, told: Point) -> bool:
    anchor = context.anchor
    return anchor is not None and (told.year, told.month) == (anchor.year, anchor.month)


def _ahead(context: Context, named: Named) -> bool:
    first = named.span.first.first_day()
    return context.anchor is not None and first is not None and first > context.anchor


def _usual_month(context: Context, start: int, end: int, day: int) -> tuple[int, int] | None:
    anchor = context.anchor
    if anchor is None:
        return None
    by = 0
    tense = context.tense(start, end)
    if day > anchor.day + _DATELINE_SLACK and tense is not Tense.FUTURE:
        by = -1
    elif day < anchor.day - _DATELINE_SLACK and tense is Tense.FUTURE and _only_next(anchor, day):
        by = 1
    year, month = shift_month(anchor.year, anchor.month, by)
    # 「31日」 in an article of early March: February has none, January is meant.
    if by == -1 and day > month_end(year, month):
        year, month = shift_month(year, month, -1)
    return (year, month) if day <= month_end(year, month) else None


def _only_next(anchor: date, day: int) -> bool:
    """Whether a day to come is so near, across the month's end, that nothing else is meant."""
    return month_end(anchor.year, anchor.month) - anchor.day + day <= 15
