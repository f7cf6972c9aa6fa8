"""The English words for times, read into atoms in one pass.

Months are capitalised; May, March and August alone need a word before them that
makes them a time (in, since, last …), and so does a bare year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from retrieval.dates.atom import Atom, Base, Rank, Step

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_MON = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_WD = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_D = r"\d{1,2}(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)"
_Y = r"[12]\d{3}(?!\d|[.,]\d)"
_TO = r"(?: ?[–—-] ?| to | and | & )"
_WAY = "(?P<{}>[Ll]ast|[Tt]his|[Nn]ext|[Pp]revious|[Ff]ollowing|[Ss]ame|[Tt]hat)"
_THE = "(?:[Tt]he )?"
_COUNT = rf"(?:\d{{1,3}}|(?i:{'|'.join(sorted(_COUNTS, key=len, reverse=True))}))"
# A bare year or month is a time only after one of these.
_LEADS = (
    "in", "since", "from", "until", "to", "by", "of", "during", "between", "and", "through",
    "after", "before", "around", "late", "early",
)  # fmt: skip
_LED = "|".join(rf"(?<=\b[{lead[0].upper()}{lead[0]}]{lead[1:]} )" for lead in _LEADS)
_PART = "[Ee]arly|[Mm]id|[Ll]ate"
_NOT_A_YEAR = r"(?! (?:people|euros|dollars|yen|km|m\b|miles|\w+s\b))"

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("mdy", rf"(?P<mdy_m>{_MON}) (?P<mdy_d>{_D})"
            rf"(?:{_TO}(?P<mdy_u>{_D})(?! ?(?:people|of|in )))?(?:,? (?P<mdy_y>{_Y}))?"),
    ("dmy", rf"{_THE}(?P<dmy_d>{_D})(?:{_TO}(?:the )?(?P<dmy_u>{_D}))?(?: of)? "
            rf"(?P<dmy_m>{_MON})(?:,? (?P<dmy_y>{_Y}))?"),
    ("my", rf"(?:(?P<my_p>{_PART}|[Tt]he end of|[Tt]he start of|[Tt]he beginning of)[ -])?"
           rf"(?P<my_m>{_MON})(?: ?[–—-] ?(?P<my_u>{_MON}))?,? (?P<my_y>{_Y})"),
    ("mon", rf"(?:{_LED}|(?P<mon_w>[Ll]ast|[Tt]his|[Nn]ext) |(?P<mon_p>{_PART})[ -]"
            rf"|(?P<mon_e>[Tt]he end of) )(?P<mon_m>{_MON})(?![a-z]| [A-Z][a-z])"),
    ("decade", rf"{_THE}(?:(?P<dec_p>{_PART})[ -])?(?P<dec_y>[12]\d\d0|[’'‘]?[2-9]0)s\b"),
    ("century", rf"{_THE}(?:(?P<cen_p>{_PART})[ -])?(?P<cen>\d{{1,2}})(?:st|nd|rd|th)[ -]"
                r"century(?P<cen_bc> B\.?C)?"),
    ("year", rf"(?:{_LED}|(?<=[–—-])|(?P<y_p>{_PART})[ -]"
             r"|(?P<y_s>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter) (?:of )?)"
             rf"(?P<y>{_Y})(?:[–-](?P<y_u>\d{{4}}|\d\d)(?!\d))?{_NOT_A_YEAR}"),
    ("rel_year", rf"{_THE}{_WAY.format('ry')} year\b(?! on year)"),
    ("rel_month", rf"{_THE}{_WAY.format('rm')} month\b"),
    ("rel_week", rf"{_THE}{_WAY.format('rw')} week(?:end)?\b"),
    ("weekday", rf"(?:(?P<wd_w>[Ll]ast|[Tt]his|[Nn]ext) )?(?P<wd>{_WD})\b"),
    ("named", r"(?i:the day before yesterday|the day after tomorrow|yesterday|today|tomorrow"
              r"|tonight|last night|this (?:morning|afternoon|evening))\b"),
    ("ctx_day", r"(?i:the same day|that (?:same )?day|(?:the )?(?:previous|next|following) day"
                r"|the day (?:before|after)(?= ?[,.;)]|$)|a day (?:later|earlier))\b"),
    ("offset", rf"(?i:(?:about|around|some) )?(?P<o_n>{_COUNT}) (?P<o_u>day|week|month|year)s? "
               r"(?P<o_w>ago|later|earlier|from now)\b"),
    ("half_clock", r"(?P<h_h>\d{1,2})(?:[:.](?P<h_m>\d{2}))? ?(?P<h_half>[ap])\.?m\b"
                   r"(?:\.(?! [A-Z]))?"),
    ("noon", r"(?:(?<=\b[Aa]t )|(?<=\b[Bb]y )|(?<=\b[Uu]ntil ))noon\b"),
)  # fmt: skip
# Every alternative begins at the start of a word.
_WORDS = re.compile(
    r"(?<![A-Za-z0-9])(?=[A-Za-z0-9’'‘])"
    f"(?:{'|'.join(f'(?P<{name}>{pattern})' for name, pattern in _PATTERNS)})"
)
_WAYS = {"last": -1, "this": 0, "next": 1, "previous": -1, "following": 1, "same": 0, "that": 0}
_PARTS = {
    "early": "early", "mid": "middle", "late": "late", "the end of": "end",
    "the start of": "early", "the beginning of": "early", "spring": "spring",
    "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter",
}  # fmt: skip
_NAMED = {
    "the day before yesterday": -2, "yesterday": -1, "last night": -1, "tomorrow": 1,
    "the day after tomorrow": 2,
}  # fmt: skip

Match = re.Match[str]
GAP = re.compile(r",? (?:at |on |about |around |at around |at about )?|, ")


def english_atoms(text: str) -> Iterator[Atom]:
    """The English time words of a text, in order."""
    for match in _WORDS.finditer(text):
        atom = _READERS[match.lastgroup or ""](match)
        if atom is not None:
            yield atom


def _atom(match: Match, rank: Rank) -> Atom:
    return Atom(match.start(), match.end(), rank)


def _fixed(value: str | int) -> Step:
    return Step(Base.FIXED, int(value))


def _month_number(name: str) -> Step:
    return _fixed(_NAMES.index(name[:3].lower()) + 1)


def _plain(day: str) -> int:
    return int(day.rstrip("stndrh"))


def _base(way: str) -> Base:
    return Base.ANCHOR if way.lower() in ("last", "this", "next") else Base.CONTEXT


def _full(match: Match, form: str) -> Atom | None:
    atom = _atom(match, Rank.DAY)
    day = _plain(match[f"{form}_d"])
    until = _plain(match[f"{form}_u"]) if match[f"{form}_u"] else None
    if not 1 <= day <= 31 or (until is not None and not day < until <= 31):
        return None
    atom.day, atom.until_day = _fixed(day), until
    atom.month = _month_number(match[f"{form}_m"])
    atom.year = _fixed(match[f"{form}_y"]) if match[f"{form}_y"] else None
    return atom


def _my(match: Match) -> Atom:
    atom = _atom(match, Rank.MONTH)
    atom.year, atom.month = _fixed(match["my_y"]), _month_number(match["my_m"])
    atom.until_month = _month_number(match["my_u"]).value if match["my_u"] else None
    atom.part = _PARTS.get((match["my_p"] or "").lower())
    return atom


def _mon(match: Match) -> Atom:
    atom = _atom(match, Rank.MONTH)
    atom.month = _month_number(match["mon_m"])
    if match["mon_w"]:
        # last September is the latest one gone by, next September the first to come.
        atom.unit = {"last": "latest", "next": "coming", "this": None}[match["mon_w"].lower()]
        atom.year = Step(Base.ANCHOR, 0) if match["mon_w"].lower() == "this" else None
    atom.part = _PARTS.get((match["mon_p"] or match["mon_e"] or "").lower())
    return atom


def _decade(match: Match) -> Atom:
    atom = _atom(match, Rank.YEAR)
    year = int(match["dec_y"].lstrip("’'‘"))
    atom.year = Step(Base.FIXED if year >= 100 else Base.SHORT, year)
    atom.unit, atom.part = "decade", _PARTS.get((match["dec_p"] or "").lower())
    return atom


def _century(match: Match) -> Atom:
    atom = _atom(match, Rank.YEAR)
    count = int(match["cen"])
    atom.year = _fixed(1 - 100 * count if match["cen_bc"] else 100 * count - 99)
    atom.unit, atom.part = "century", _PARTS.get((match["cen_p"] or "").lower())
    return atom


def _year(match: Match) -> Atom:
    atom = _atom(match, Rank.YEAR)
    atom.year = _fixed(match["y"])
    if match["y_u"]:
        last = int(match["y_u"])
        last += atom.year.value // 100 * 100 if last < 100 else 0
        atom.until_year = last if last > atom.year.value else None
    atom.part = _PARTS.get((match["y_p"] or match["y_s"] or "").lower())
    return atom


def _rel_year(match: Match) -> Atom:
    atom = _atom(match, Rank.YEAR)
    atom.year = Step(_base(match["ry"]), _WAYS[match["ry"].lower()])
    return atom


def _rel_month(match: Match) -> Atom:
    atom = _atom(match, Rank.MONTH)
    atom.month = Step(_base(match["rm"]), _WAYS[match["rm"].lower()])
    return atom


def _rel_week(match: Match) -> Atom:
    weekend = match.group().endswith("end")
    atom = _atom(match, Rank.WEEKDAY if weekend else Rank.DAY)
    atom.week = Step(_base(match["rw"]), _WAYS[match["rw"].lower()])
    atom.part = "weekend" if weekend else None
    return atom


def _weekday(match: Match) -> Atom:
    atom = _atom(match, Rank.WEEKDAY)
    atom.weekday = _DAYS.index(match["wd"][:3].lower())
    # 'last Tuesday' and 'next Tuesday' may skip a week or not: people differ.
    if match["wd_w"]:
        atom.week = Step(Base.ANCHOR, 0) if match["wd_w"].lower() == "this" else Step(Base.OPEN)
    return atom


def _named(match: Match) -> Atom:
    atom = _atom(match, Rank.DAY)
    atom.day = Step(Base.ANCHOR, _NAMED.get(match.group().lower(), 0))
    return atom


def _ctx_day(match: Match) -> Atom:
    atom = _atom(match, Rank.DAY)
    words = match.group().lower()
    later = any(word in words for word in ("next", "following", "after", "later"))
    earlier = any(word in words for word in ("previous", "before", "earlier"))
    atom.day = Step(Base.CONTEXT, later - earlier)
    return atom


def _offset(match: Match) -> Atom:
    count = _COUNTS.get(match["o_n"].lower()) or int(match["o_n"])
    way = match["o_w"]
    value = count if way in ("later", "from now") else -count
    step = Step(Base.ANCHOR if way in ("ago", "from now") else Base.CONTEXT, value)
    unit = match["o_u"]
    atom = _atom(match, {"year": Rank.YEAR, "month": Rank.MONTH}.get(unit, Rank.DAY))
    setattr(atom, unit, step)
    atom.approximate = match.group().lower().startswith(("about", "around", "some"))
    return atom


def _half_clock(match: Match) -> Atom | None:
    hour, minute = int(match["h_h"]), match["h_m"]
    if not 1 <= hour <= 12 or int(minute or 0) > 59:
        return None
    atom = _atom(match, Rank.TIME)
    atom.hour = hour % 12 + (12 if match["h_half"] == "p" else 0)
    atom.minute = int(minute) if minute else None
    return atom


def _noon(match: Match) -> Atom:
    atom = _atom(match, Rank.TIME)
    atom.hour, atom.minute = 12, 0
    return atom


_READERS: dict[str, Callable[[Match], Atom | None]] = {
    "mdy": lambda match: _full(match, "mdy"), "dmy": lambda match: _full(match, "dmy"),
    "my": _my, "mon": _mon, "decade": _decade, "century": _century, "year": _year,
    "rel_year": _rel_year, "rel_month": _rel_month, "rel_week": _rel_week,
    "weekday": _weekday, "named": _named, "ctx_day": _ctx_day, "offset": _offset,
    "half_clock": _half_clock, "noon": _noon,
}  # fmt: skip
