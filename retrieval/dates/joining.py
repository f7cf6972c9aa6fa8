"""Joins words that stand together into phrases: one time, or two with から or と."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from retrieval.dates import english, japanese, japanese_read
from retrieval.dates.atom import Atom, Base, Rank

_FINER: dict[Rank, frozenset[Rank]] = {
    Rank.YEAR: frozenset({Rank.YEAR, Rank.MONTH, Rank.PART}),
    Rank.MONTH: frozenset({Rank.MONTH, Rank.PART, Rank.DAY}),
    Rank.PART: frozenset({Rank.WEEKDAY}),
    Rank.DAY: frozenset({Rank.DAY, Rank.WEEKDAY, Rank.DAYPART, Rank.TIME}),
    Rank.WEEKDAY: frozenset({Rank.DAYPART, Rank.TIME, Rank.DAY}),
    Rank.DAYPART: frozenset({Rank.TIME}),
    Rank.TIME: frozenset({Rank.DAY, Rank.WEEKDAY}),
}
_FROM = re.compile(
    rf"(?:[（(][^（()）\n]{{0,16}}[）)])?\s?(?:から|より|{japanese.DASH})\s?|,? (?:to|until|till"
    rf"|through) (?:the )?"
)
_AND = re.compile(
    r"(?:[（(][^（()）\n]{0,16}[）)])?(?:と|・|及び|および|や)|,? and (?:the )?(?:on )?"
)
_UNTIL = re.compile(r"(?:[（(][^（()）\n]{0,16}[）)])?(?:まで|にかけて?)")
_ONE_OF_TWO = re.compile(r"\b[Bb]etween $")
# A gap longer than this joins nothing; it bounds the work for each pair of words.
_LONGEST_GAP = 40


@dataclass(frozen=True, slots=True)
class Phrase:
    """One atom, or two that `link` joins.

    `from`: an interval. `and`: two days. `later`: the last counts from the first
    (9月3日から3日後). `since`: the first says when it was (2018年以来7年ぶり).
    """

    first: Atom
    last: Atom | None = None
    link: str = ""
    end: int = 0


def atoms_of(text: str) -> list[Atom]:
    """Every atom of the text, folded from its words, in order and disjoint."""
    words = [*japanese_read.japanese_atoms(text), *english.english_atoms(text)]
    words.sort(key=lambda atom: (atom.start, -atom.end))
    return _fold(text, words)


def _fold(text: str, words: Iterable[Atom]) -> list[Atom]:
    folded: list[Atom] = []
    for word in words:
        if folded and word.start < folded[-1].end:
            continue
        if folded and _joins(text, folded[-1], word):
            bracketed = text[folded[-1].end : word.start] in ("(", "（")
            folded[-1].absorb(word)
            folded[-1].end += bracketed
        else:
            folded.append(word)
    kept = [atom for atom in folded if not atom.loose or atom.length is not None]
    for atom in kept:
        if atom.length is None and (around := japanese.AROUND.match(text, atom.end)):
            atom.end, atom.approximate = around.end(), True
    return kept


def _joins(text: str, atom: Atom, word: Atom) -> bool:
    if word.rank not in _FINER[atom.rank] or word.start - atom.end > _LONGEST_GAP:
        return False
    if atom.unit == "since" or word.unit == "since" or atom.length or word.length:
        return False
    gap = text[atom.end : word.start]
    if word.rank is Rank.DAY and atom.rank is Rank.DAY:
        closed = gap not in ("(", "（") or text[word.end : word.end + 1] in (")", "）")
        return gap in ("", "の", "(", "（") and closed and _restates(atom, word)
    if word.rank is Rank.YEAR or (word.rank is Rank.MONTH and atom.rank is Rank.MONTH):
        return gap in ("", "の") and _restates(atom, word)
    if atom.rank is Rank.TIME or (atom.rank is Rank.WEEKDAY and word.rank is Rank.DAY):
        return atom.day is None and bool(english.GAP.fullmatch(gap)) and gap != ""
    if atom.rank is Rank.PART and atom.part != "new_year":
        return False
    if word.rank is Rank.TIME and atom.until_day is not None:
        return False
    if english.GAP.fullmatch(gap) and gap.strip(" "):
        return word.rank in (Rank.WEEKDAY, Rank.TIME)
    pattern = japanese.TIME_GAP if word.rank in (Rank.TIME, Rank.DAYPART) else japanese.GAP
    return bool(pattern.fullmatch(gap)) and not (
        word.rank is Rank.PART and "の" in gap and word.part in ("spring", "summer", "autumn")
    )


def _restates(atom: Atom, word: Atom) -> bool:
    """昨年2015年, 来月12月, 明日5日: a relative word and the number that it comes to."""
    mine, other = {
        Rank.YEAR: (atom.year, word.year),
        Rank.MONTH: (atom.month, word.month),
    }.get(word.rank, (atom.day, word.day))
    if mine is None or other is None:
        return False
    return mine.base not in (Base.FIXED, Base.SHORT) and other.base is Base.FIXED


def phrases(text: str, atoms: list[Atom]) -> list[Phrase]:
    """The atoms in order, those joined by から, 〜, と … two by two."""
    found: list[Phrase] = []
    index = 0
    while index < len(atoms):
        first = atoms[index]
        last = atoms[index + 1] if index + 1 < len(atoms) else None
        index += 1
        if first.length is not None:
            continue
        link = _link(text, first, last) if last else ""
        if last is None or not link:
            found.append(Phrase(first, end=first.end))
            continue
        index += 1
        until = _UNTIL.match(text, last.end) if link == "from" else None
        found.append(Phrase(first, last, link, until.end() if until else last.end))
    return found


def _link(text: str, first: Atom, last: Atom) -> str:
    if last.start - first.end > _LONGEST_GAP or first.until_day or first.until_month:
        return ""
    gap = text[first.end : last.start]
    if last.unit == "since":
        return "since" if gap == "以来" or gap == "年以来" else ""
    if first.unit == "since":
        return ""
    if _FROM.fullmatch(gap):
        step = last.day or last.week or last.month or last.year
        return "later" if step is not None and step.base is Base.EITHER else "from"
    if last.length is None and _AND.fullmatch(gap):
        return "from" if _ONE_OF_TWO.search(text[max(0, first.start - 9) : first.start]) else "and"
    return ""
