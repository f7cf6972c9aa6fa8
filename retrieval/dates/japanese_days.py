"""Reads Japanese months, weeks, days, and distances from them (3日後)."""

from __future__ import annotations

import re

from retrieval.dates.atom import Atom, Base, Rank, Step
from retrieval.dates.japanese_match import Match, Reader, belongs_to_noun, blank, numbers
from retrieval.dates.numerals import number

_RATE = re.compile(
    r"[0-9０-９約]|に(?:[0-9０-９約]|最大|平均)|最大|平均|中に?[0-9０-９]|だけ[で、]|も(?:早|欠)"
)
_TOTAL = re.compile("(?:[年月週]間|[^時会設統]計)$")
_RATION = re.compile("分(?!割)")
_MONTHS = {
    "先々月": -2,
    "先月": -1,
    "今月": 0,
    "来月": 1,
    "再来月": 2,
    "同月": 0,
    "翌月": 1,
    "前月": -1,
}
_DAYS = {
    "一昨日": -2, "おととい": -2, "昨日": -1, "きのう": -1, "昨夜": -1, "昨晩": -1, "昨夕": -1,
    "明日": 1, "あした": 1, "あす": 1, "明朝": 1, "明晩": 1, "明後日": 2, "あさって": 2,
    "翌々日": 2, "翌日": 1, "翌朝": 1, "翌晩": 1, "明くる日": 1, "前日": -1, "前夜": -1,
}  # fmt: skip
_WEEKS = {"先々週": -2, "先週": -1, "前週": -1, "今週": 0, "来週": 1, "翌週": 1, "再来週": 2}
# 今日 is "nowadays" more often than "today" before these.
_NOWADAYS = re.compile(
    r"の(?!午|朝|昼|夕|夜|試合|会見|会議|[0-9])|では|に至|的|において|まで(?:の|に)"
)


def _offset(match: Match, text: str) -> Atom:
    value = number(match["distance"]) * (1 if match["way"] == "後" else -1)
    base = Base.CONTEXT if match["that"] else Base.EITHER
    if not match["that"] and value < 0:
        base = Base.ANCHOR
    if not match["that"] and belongs_to_noun(match, text):
        base = Base.OPEN
    step = Step(base, value)
    if match["measure"] == "年":
        atom = blank(match, Rank.YEAR)
        atom.year = step
    elif match["measure"] == "週間":
        atom = blank(match, Rank.DAY)
        atom.week = step
    elif match["measure"] == "日":
        atom = blank(match, Rank.DAY)
        atom.day = step
    else:
        atom = blank(match, Rank.MONTH)
        atom.month = step
    atom.approximate = "約" in match.group() or "およそ" in match.group()
    return atom


def _length(match: Match, _text: str) -> Atom:
    atom = blank(match, Rank.DAY)
    atom.length, atom.loose = numbers(match)[0], True
    return atom


def _rel_month(match: Match, _text: str) -> Atom:
    atom = blank(match, Rank.MONTH)
    atom.month = Step(Base.ANCHOR, _MONTHS[match.group()])
    return atom


def _ctx_month(match: Match, text: str) -> Atom:
    atom = blank(match, Rank.MONTH)
    base = Base.OPEN if belongs_to_noun(match, text) else Base.CONTEXT
    atom.month = Step(base, _MONTHS[match.group()])
    return atom


def _month_pair(match: Match, _text: str) -> Atom | None:
    first, last = numbers(match)
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return None
    atom = blank(match, Rank.MONTH)
    atom.month, atom.until_month = Step(Base.FIXED, first), last
    return atom


def _month(match: Match, _text: str) -> Atom:
    value = numbers(match)[0]
    atom = blank(match, Rank.MONTH)
    atom.month = Step(Base.FIXED if 1 <= value <= 12 else Base.OPEN, value)
    if match["m_ctx"]:
        atom.year = Step(Base.CONTEXT, 0)
    return atom


def _day_pair(match: Match, _text: str) -> Atom | None:
    first, last = numbers(match)
    if not (1 <= first <= 31 and 1 <= last <= 31):
        return None
    atom = blank(match, Rank.DAY)
    atom.day, atom.until_day = Step(Base.FIXED, first), last
    if match["dp_ctx"]:
        atom.month = Step(Base.CONTEXT, 0)
    return atom


def _day(match: Match, text: str) -> Atom | None:
    figures = match["d_num"]
    value = number(figures)
    if not 1 <= value <= 31:
        return None
    after_month = text[match.start() - 1 : match.start()] in ("月", " ", "　") and match.start() > 0
    if not after_month and not match["d_ctx"]:
        if _TOTAL.search(text, max(0, match.start() - 2), match.start()):
            return None
        if (value == 1 and _RATE.match(text, match.end())) or _RATION.match(text, match.end()):
            return None
        # 二日酔い, 三日坊主, 十日町: a kanji day alone is a date only where it ends a phrase.
        if figures[0] in "一二三四五六七八九十" and text[match.end() : match.end() + 1] not in (
            "", "、", "午", "に",
        ):  # fmt: skip
            return None
    atom = blank(match, Rank.DAY)
    atom.day = Step(Base.FIXED, value)
    if match["d_ctx"]:
        atom.month = Step(Base.CONTEXT, 0)
    return atom


def _named_day(match: Match, text: str) -> Atom:
    atom = blank(match, Rank.DAY)
    word = match["nd"]
    nowadays = word in ("今日", "きょう") and _NOWADAYS.match(text, match.end())
    atom.day = Step(Base.OPEN if nowadays else Base.ANCHOR, _DAYS.get(word, 0))
    return atom


def _ctx_day(match: Match, text: str) -> Atom:
    atom = blank(match, Rank.DAY)
    word = match["cd"].removeprefix("その")
    own = word != "同日" and belongs_to_noun(match, text)
    atom.day = Step(Base.OPEN if own else Base.CONTEXT, _DAYS.get(word, 0))
    return atom


def _weekday(match: Match, _text: str) -> Atom:
    atom = blank(match, Rank.WEEKDAY)
    atom.weekday = "月火水木金土日".index(match["wd"] or match["wd2"])
    week = (match["wd_week"] or match["wd_week2"] or "").removesuffix("の")
    if week:
        atom.week = _week_step(week)
    return atom


def _week_step(word: str) -> Step:
    return Step(Base.CONTEXT if word in ("翌週", "前週") else Base.ANCHOR, _WEEKS[word])


def _weekend(match: Match, _text: str) -> Atom:
    atom = blank(match, Rank.WEEKDAY)
    atom.week, atom.part = _week_step(match.group()[:2]), "weekend"
    return atom


def _weeks(match: Match, text: str) -> Atom:
    atom = blank(match, Rank.DAY)
    step = _week_step(match["wk"])
    own = step.base is Base.CONTEXT and belongs_to_noun(match, text)
    atom.week = Step(Base.OPEN) if own else step
    return atom


READERS: dict[str, Reader] = {
    "offset": _offset,
    "length": _length,
    "rel_month": _rel_month,
    "ctx_month": _ctx_month,
    "month_pair": _month_pair,
    "month": _month,
    "day_pair": _day_pair,
    "day": _day,
    "named_day": _named_day,
    "ctx_day": _ctx_day,
    "weekday": _weekday,
    "weekend": _weekend,
    "weeks": _weeks,
}
