"""Reads Japanese years, eras, decades, seasons, and whole dates in figures."""

from __future__ import annotations

import re

from retrieval.dates.atom import Atom, Base, Rank, Step
from retrieval.dates.japanese import DASH
from retrieval.dates.japanese_match import FIGURES, Match, Reader, belongs_to_noun, blank, numbers
from retrieval.dates.numerals import DIGIT, KANJI_NUMBER, number
from retrieval.dates.span import ERA_LETTERS, ERAS

_YEARS = {
    "一昨年": -2, "おととし": -2, "昨年": -1, "去年": -1, "今年": 0, "ことし": 0, "本年": 0,
    "来年": 1, "再来年": 2, "同年": 0, "翌年": 1, "前年": -1, "今": 0, "昨": -1, "来": 1,
    "同": 0, "翌": 1,
}  # fmt: skip
_PARTS = {
    "上旬": "early", "初旬": "early", "初め": "early", "はじめ": "early", "初頭": "early",
    "中旬": "middle", "半ば": "middle", "なかば": "middle", "中頃": "middle", "中ごろ": "middle",
    "下旬": "late", "末": "end", "前半": "first_half", "後半": "second_half",
    "春": "spring", "夏": "summer", "秋": "autumn", "冬": "winter",
}  # fmt: skip
_LISTED_YEAR = re.compile(
    r"年度?(?:[（(][^（()）\n]{0,12}[）)])?(?:から|より|[、・とや]|" + DASH + ")$"
)
_BEFORE_MONTH = re.compile(rf"[ 　]?(?:{DIGIT}{{1,2}}|{KANJI_NUMBER})[ 　]?月(?!間)")


def _ymd(match: Match, year: int, month: int, day: int) -> Atom | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    atom = blank(match, Rank.DAY)
    atom.year, atom.month = Step(Base.FIXED, year), Step(Base.FIXED, month)
    atom.day = Step(Base.FIXED, day)
    return atom


def _numeric(match: Match, _text: str) -> Atom | None:
    year, month, day = numbers(match)[:3]
    return _ymd(match, year, month, day)


def _slashed(match: Match, _text: str) -> Atom | None:
    month, day = numbers(match)[:2]
    atom = _ymd(match, 0, month, day)
    if atom:
        atom.year = None
    return atom


def _initial(match: Match, _text: str) -> Atom | None:
    year, month, day = numbers(match)
    return _ymd(match, ERA_LETTERS[match.group()[0]] + year - 1, month, day)


def _year(match: Match, _text: str) -> Atom:
    atom = blank(match, Rank.YEAR)
    atom.year = Step(Base.FIXED, numbers(match)[0])
    atom.unit = "fiscal" if match["fiscal"] else None
    return atom


def _three(match: Match, text: str) -> Atom | None:
    value = numbers(match)[0]
    # 「100年に一度」 is a count; a round hundred alone does not tell.
    if value % 100 == 0 and not text.startswith(("頃", "ごろ"), match.end()):
        return None
    return _year(match, text)


def _era(match: Match, _text: str) -> Atom:
    atom = blank(match, Rank.YEAR)
    year = ERAS[match["era_name"]] + number(match["era_year"]) - 1
    atom.year = Step(Base.FIXED, year)
    atom.unit = {"度": "fiscal", "代": "decade", None: None}[match["era_more"]]
    return atom


def _bc(match: Match, _text: str) -> Atom:
    atom = blank(match, Rank.YEAR)
    atom.year = Step(Base.FIXED, 1 - numbers(match)[-1])
    return atom


def _century(match: Match, _text: str) -> Atom:
    atom = blank(match, Rank.YEAR)
    count = numbers(match)[-1]
    first = 1 - 100 * count if match["century_bc"] else 100 * count - 99
    atom.year, atom.unit = Step(Base.FIXED, first), "century"
    return atom


def _decade(match: Match, _text: str) -> Atom:
    atom = blank(match, Rank.YEAR)
    year = numbers(match)[0]
    atom.year = Step(Base.FIXED if year >= 100 else Base.SHORT, year)
    atom.unit = "decade"
    return atom


def _year_pair(match: Match, _text: str) -> Atom | None:
    first, last = numbers(match)
    last += first // 100 * 100 if last < 100 else 0
    if last <= first:
        return None
    atom = blank(match, Rank.YEAR)
    atom.year, atom.until_year = Step(Base.FIXED, first), last
    return atom


def _short(match: Match, text: str) -> Atom | None:
    """97年, only where it can be no count: ’97年, after 1987年から, or before a month.

    An unknown era's year (元禄16年11月) is a time that can't be resolved.
    """
    start = match.start()
    figures = numbers(match)[0]
    atom = blank(match, Rank.YEAR)
    atom.unit = "fiscal" if match["short_fiscal"] or match.group().endswith("度") else None
    atom.year = Step(Base.SHORT, figures)
    listed = _LISTED_YEAR.search(text, max(0, start - 18), start)
    if match.group()[0] in "’'‘" or (listed and figures >= 1 and _two_figures(match)):
        return atom
    if not _BEFORE_MONTH.match(text, match.end()):
        return None
    before = text[start - 1 : start]
    if not _two_figures(match) or (before and "一" <= before <= "龯" and before not in "同計"):
        atom.year = Step(Base.OPEN)
    return atom


def _two_figures(match: Match) -> bool:
    found = FIGURES.search(match.group())
    return found is not None and len(found.group()) == 2


def _since(match: Match, _text: str) -> Atom:
    atom = blank(match, Rank.YEAR)
    atom.year, atom.unit = Step(Base.ANCHOR, -numbers(match)[0]), "since"
    atom.approximate = True
    return atom


def _rel_year(match: Match, _text: str) -> Atom:
    atom = blank(match, Rank.YEAR)
    atom.year = Step(Base.ANCHOR, _YEARS[match["ry"]])
    atom.unit = "fiscal" if match["ry_fiscal"] else None
    return atom


def _ctx_year(match: Match, text: str) -> Atom:
    atom = blank(match, Rank.YEAR)
    base = Base.OPEN if match["cy"] != "同年" and belongs_to_noun(match, text) else Base.CONTEXT
    atom.year = Step(base, _YEARS[match["cy"]])
    atom.unit = "fiscal" if match["cy_fiscal"] else None
    return atom


def _yearly(match: Match, _text: str) -> Atom:
    word = match.group()
    atom = blank(match, Rank.PART)
    if word == "年内":
        atom.rank, atom.year = Rank.YEAR, Step(Base.ANCHOR, 0)
    else:
        # Without a year these lean on the season that the article was written in.
        atom.part = {"年度末": "fiscal_end", "年末": "end"}.get(word, "new_year")
        atom.approximate = True
    return atom


def _season(match: Match, _text: str) -> Atom:
    atom = blank(match, Rank.PART)
    base = Base.CONTEXT if match["s_year"] in "同翌" else Base.ANCHOR
    atom.year = Step(base, _YEARS[match["s_year"]])
    atom.part, atom.approximate = _PARTS[match["s_name"]], True
    return atom


def _part(match: Match, _text: str) -> Atom:
    atom = blank(match, Rank.PART)
    atom.part, atom.loose = _PARTS[match.group()], True
    return atom


READERS: dict[str, Reader] = {
    "numeric": _numeric,
    "slashed": _slashed,
    "initial": _initial,
    "year": _year,
    "three": _three,
    "era": _era,
    "bc": _bc,
    "century": _century,
    "decade": _decade,
    "year_pair": _year_pair,
    "short": _short,
    "since": _since,
    "rel_year": _rel_year,
    "ctx_year": _ctx_year,
    "yearly": _yearly,
    "season": _season,
    "part": _part,
}
