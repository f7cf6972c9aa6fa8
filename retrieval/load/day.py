"""Days: read from metadata, or inferred from an article's text.

A dateline or byline date comes first. Without one it is the latest day that the
text gives in full (with its year) and that is not in the future, since news is
written after the latest past event that it dates precisely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from retrieval.dates.numerals import HALF_WIDTH, KANJI_NUMBER, number
from retrieval.dates.span import ERAS, day_or_none

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

_N = rf"(?:\d{{1,2}}|{KANJI_NUMBER})"
_NOTE = r"[（(][^（）()\n]{1,9}[）)]"
_YEAR = (
    rf"(?:(?P<y>\d{{4}}|[一二][〇零一二三四五六七八九]{{3}})"
    rf"|(?P<era>{'|'.join(ERAS)})\s?(?P<ey>元|{_N}))"
)
# The end day of a range or list goes with it: 2025年9月20日〜21日.
_JAPANESE = re.compile(
    rf"(?<![\d〇一二三四五六七八九]){_YEAR}\s?(?:年\s?(?:{_NOTE})?|{_NOTE}\s?年)\s?"
    rf"(?P<m>{_N})\s?月\s?(?P<d>{_N})\s?日"
    rf"(?:\s?(?:{_NOTE})?\s?[〜～~–—―－・、-]\s?(?:(?P<m2>{_N})月)?(?P<d2>{_N})日)?"
)
_NUMERIC = re.compile(
    r"(?<![\d/.-])(?P<y>\d{4})(?P<sep>[/.-])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?![\d]|[/.-]\d)"
)
_MONTH = r"(?P<mon>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_ENGLISH = (
    re.compile(
        rf"\b{_MONTH}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})\b", re.IGNORECASE
    ),
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+(?P<y>\d{{4}})\b",
        re.IGNORECASE,
    ),
)
_TIME = re.compile(
    r"\d{1,2}[:：時]\d{2}(?:[:：]\d{2}|分)?|[（(][月火水木金土日](?:曜日?)?[)）]|\b(?:JST|UTC)\b"
)
_FURNITURE = re.compile(
    r"(?:最終)?(?:配信|公開|掲載|更新|投稿|発表|公表|作成)(?:日時?)?|日時?|付け?|日付|"
    r"\b(?:published|posted|updated|date|on|at|by|last|mon|tue|wed|thu|fri|sat|sun)[a-z]*\b|"
    r"[\s:：|｜/／,，、。・()（）【】\[\]<>＜＞〈〉—–-]+",
    re.IGNORECASE,
)
# A date that prose goes on from: 1925年4月1日に建った。
_PROSE = re.compile(r"。|日(?:[にのはがをもで、]|から|まで|より)|\b(?:was|is|were|are|has|in)\b")
_PICTURE = re.compile(r"写真|撮影|画像|提供|photo|image|credit", re.IGNORECASE)
# 【ソウル 2025年9月3日】 or "TOKYO, September 27, 2025 (Agency) — " at a paragraph's head.
_BRACKET_HEAD = re.compile(r"[【［\[（(][^】］\]）)\n]{4,40}[】］\])）]")
_DASH_HEAD = re.compile(r"[^\n。]{8,70}?(?:\s[—–-]{1,2}\s|\s?―)")
_HEAD_LINES, _TAIL_LINES = 6, 3
_EARLIEST_YEAR = 1868
_LONGEST_METADATA = 60


def parse_day(value: object) -> str | None:
    """The ISO day of a metadata value, or None where it gives none.

    Takes dates, `2025-09-27`, times with or without a zone (the day is the one
    that the publisher wrote), and every form that a text may have.
    """
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = str(value).strip()
    try:
        return datetime.fromisoformat(text).date().isoformat()
    except ValueError:
        pass
    days = {day for day, _, _ in _days(text)} if len(text) <= _LONGEST_METADATA else set()
    return days.pop().isoformat() if len(days) == 1 else None


def infer_day(text: str, today: date) -> str | None:
    """The ISO day on which a text seems to have been written, not after `today`."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for line in (*lines[:_HEAD_LINES], *lines[-_TAIL_LINES:]):
        day = _dateline(line)
        if day is not None and day <= today:
            return day.isoformat()
    past = [day for day, _, _ in _days(text) if day <= today]
    return max(past).isoformat() if past else None


def is_dateline(line: str) -> bool:
    """Whether a line is about nothing but when (and by whom) an article came out."""
    return _only_date(line.strip()) is not None


def _dateline(line: str) -> date | None:
    if (day := _only_date(line)) is not None:
        return day
    for head in (_BRACKET_HEAD.match(line), _DASH_HEAD.match(line)):
        if head and not _PICTURE.search(head[0]):
            days = [day for day, _, _ in _days(head[0])]
            if len(days) == 1:
                return days[0]
    return None


def _only_date(line: str) -> date | None:
    """The first date of a line that holds little else: a source, a name, a time."""
    if len(line) > 80 or _PICTURE.search(line) or _PROSE.search(line):
        return None
    found = list(_days(line))
    if not found:
        return None
    rest = line
    for _, start, end in reversed(found):
        rest = rest[:start] + " " + rest[end:]
    rest = _FURNITURE.sub("", _TIME.sub("", rest.translate(HALF_WIDTH)))
    return found[0][0] if len(rest) <= 12 else None


def _days(text: str) -> Iterator[tuple[date, int, int]]:
    """Each full date of a text with its offsets; of a range, the last day."""
    plain = text.translate(HALF_WIDTH)
    found: list[tuple[date, int, int]] = []
    if "月" in plain:
        for match in _JAPANESE.finditer(plain):
            if (day := _japanese_day(match)) is not None:
                found.append((day, *match.span()))
    for pattern in (_NUMERIC, *_ENGLISH):
        for match in pattern.finditer(plain):
            groups = match.groupdict()
            name = groups.get("mon")
            month = _MONTHS.index(name[:3].lower()) + 1 if name else int(groups["m"])
            if (day := _valid(int(match["y"]), month, int(match["d"]))) is not None:
                found.append((day, *match.span()))
    yield from sorted(found, key=lambda item: item[1])


def _japanese_day(match: re.Match[str]) -> date | None:
    year = number(match["y"]) if match["y"] else ERAS[match["era"]] + number(match["ey"]) - 1
    month, day = number(match["m"]), number(match["d"])
    if match["d2"]:
        last = _valid(year, number(match["m2"]) if match["m2"] else month, number(match["d2"]))
        if last is not None:
            return last
    return _valid(year, month, day)


def _valid(year: int, month: int, day: int) -> date | None:
    return day_or_none(year, month, day) if year >= _EARLIEST_YEAR else None
