"""What the readers of Japanese words share: a match, made into an atom."""

from __future__ import annotations

import re
from collections.abc import Callable

from retrieval.dates.atom import Atom, Rank
from retrieval.dates.numerals import DIGIT, KANJI, number

Match = re.Match[str]
Reader = Callable[[Match, str], "Atom | None"]

FIGURES = re.compile(f"元|{DIGIT}+|{KANJI}+")
# A date right before, or a word for the time just told, is what 翌日 counts from.
_DATED = re.compile(f"(?:(?:{DIGIT}|{KANJI}|同)[ 　]?[年月日]|[そこ])の?$")


def blank(match: Match, rank: Rank) -> Atom:
    """An atom where the match stands, with no fields yet."""
    return Atom(match.start(), match.end(), rank)


def numbers(match: Match) -> list[int]:
    """Every numeral of the match, in order."""
    return [number(figures) for figures in FIGURES.findall(match.group())]


def belongs_to_noun(match: Match, text: str) -> bool:
    """Whether a noun says what the word counts from: 開会式の翌日, 事件翌日.

    Then the context does not; その翌日 and 7日の翌日 do count from it.
    """
    start = match.start()
    if _DATED.search(text, max(0, start - 6), start):
        return False
    before = text[start - 1 : start]
    return before == "の" or (bool(before) and "一" <= before <= "龯")
