"""Numbers in words and digits, Japanese and English, with what they count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.bearing.units import COUNTERS, MEASURES, canonical, other_currency

_DIGIT = {"〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_TEN = {"十": 10, "百": 100, "千": 1000}
_MYRIAD = {"万": 10**4, "億": 10**8, "兆": 10**12}
_SMALL_WORDS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen
"""
_SMALL = _SMALL_WORDS.split()
_TENS_WORDS = """
twenty thirty forty fifty sixty seventy eighty ninety
"""
_TENS = _TENS_WORDS.split()
_SCALE = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_ORDINALS_WORDS = """
zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
"""
_ORDINALS = _ORDINALS_WORDS.split()
_WORDS = (
    {word: number for number, word in enumerate(_SMALL)}
    | {word: 10 * number for number, word in enumerate(_TENS, 2)}
    | {"dozen": 12}
)
_SHARES = {
    "half": Fraction(1, 2), "halves": Fraction(1, 2), "quarter": Fraction(1, 4),
    "twice": Fraction(2), "double": Fraction(2), "doubled": Fraction(2), "半分": Fraction(1, 2),
    "半数": Fraction(1, 2), "倍増": Fraction(2),
}  # fmt: skip
_JAPANESE = re.compile(
    r"(?P<mixed>\d[\d,]*(?:\.\d+)?(?:[十百千万億兆]+\d*(?:\.\d+)?)*)"
    rf"(?P<unit>{COUNTERS})?|(?P<kanji>[〇一二三四五六七八九十百千万億兆]+)(?P<counter>{COUNTERS})"
)
_NUMBER_WORD = "|".join([*_WORDS, *_SCALE])
_ENGLISH = re.compile(
    rf"\b(?:(?P<digits>\d[\d,]*(?:\.\d+)?)(?:st|nd|rd|th)?|(?P<words>(?:{_NUMBER_WORD})"
    rf"(?:(?:[\s-]+|\s+and\s+)(?:{_NUMBER_WORD}))*))\b"
    r"(?:[\s-]*(?P<scale>hundred|thousand|million|billion|trillion|bn|m)\b)?(?P<percent>\s?%)?"
    r"(?:[\s-]+(?P<next>[a-z]+))?",
    re.IGNORECASE,
)
_ENGLISH_FOLLOWS = re.compile(r"[\s-]*[A-Za-z]")
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)})\b", re.IGNORECASE)
_SHARE = re.compile("|".join(rf"\b{word}\b" if word.isascii() else word for word in _SHARES))
_NO_UNIT_WORDS = """
of and to the a an in on at or by per more less other from that who is was
"""
_NO_UNIT = frozenset(_NO_UNIT_WORDS.split())


@dataclass(frozen=True, slots=True)
class Number:
    """A number and what it counts: a counter (人, %) or the next word, empty where unknown."""

    value: Fraction
    unit: str = ""


def numbers(text: str) -> list[Number]:
    """Every number of a text: 3,100, 二十人, 3.1 million, twenty-five, 4th, half."""
    folded = unicodedata.normalize("NFKC", text)
    return [*_japanese(folded), *_english(folded), *_others(folded)]


def _plain(digits: str) -> Fraction:
    return Fraction(digits.replace(",", "").rstrip(".") or "0")


def _japanese(text: str) -> Iterator[Number]:
    for match in _JAPANESE.finditer(text):
        if match["kanji"]:
            before = text[match.start() - 1] if match.start() else ""
            # 統一 and 唯一 are words; 第一 and a number after kana are numbers.
            if "一" <= before <= "鿿" and before not in "第約計全":
                continue
            yield Number(Fraction(_kanji(match["kanji"])), match["counter"])
        elif not _ENGLISH_FOLLOWS.match(text, match.end()):
            yield Number(_mixed(match["mixed"]), match["unit"] or "")


def _kanji(word: str) -> int:
    if not any(character in _TEN or character in _MYRIAD for character in word):
        return int("".join(str(_DIGIT[character]) for character in word))
    total = part = digit = 0
    for character in word:
        if character in _DIGIT:
            digit = digit * 10 + _DIGIT[character]
        elif character in _TEN:
            part += (digit or 1) * _TEN[character]
            digit = 0
        else:
            total += (part + digit or 1) * _MYRIAD[character]
            part = digit = 0
    return total + part + digit


def _mixed(word: str) -> Fraction:
    """Digits with kanji scales: 1億2000万, 3千, 310万."""
    total = part = Fraction(0)
    for digits, scale in re.findall(r"(\d[\d,]*(?:\.\d+)?)|([十百千万億兆])", word):
        if digits:
            part += _plain(digits)
        elif scale in _TEN:
            part = (part or Fraction(1)) * _TEN[scale]
        else:
            total += (part or Fraction(1)) * _MYRIAD[scale]
            part = Fraction(0)
    return total + part


def _english(text: str) -> Iterator[Number]:
    for match in _ENGLISH.finditer(text):
        if match["digits"] and not match["scale"] and not match["percent"] and not match["next"]:
            continue  # read as Japanese digits already, with no unit
        following = (match["next"] or "").lower()
        if match["words"]:
            words = re.split(r"[\s-]+", match["words"].lower())
            # "one of them", "no one": a pronoun, not a count.
            if words == ["one"] and (not following or following in _NO_UNIT):
                continue
            value = _spelled(words)
        else:
            value = _plain(match["digits"])
        scale = (match["scale"] or "").lower()
        value *= _SCALE.get({"m": "million", "bn": "billion"}.get(scale, scale), 1)
        unit = "%" if match["percent"] or following == "percent" else following
        yield Number(value, "" if unit in _NO_UNIT else unit.removesuffix("s"))


def _spelled(words: Sequence[str]) -> Fraction:
    total = part = 0
    for word in words:
        if word in _WORDS:
            part = part * 12 if word == "dozen" and part else part + _WORDS[word]
        elif word == "hundred":
            part = (part or 1) * 100
        elif word in _SCALE:
            total += (part or 1) * _SCALE[word]
            part = 0
    return Fraction(total + part)


def _others(text: str) -> Iterator[Number]:
    for match in _ORDINAL.finditer(text):
        yield Number(Fraction(_ORDINALS.index(match[1].lower())))
    for match in _SHARE.finditer(text.lower()):
        yield Number(_SHARES[match.group()])


def missing_number(claim: str, quotes: str) -> str | None:
    """A number of the claim that the quotes do not give, or give to something else; or None.

    Both texts are without their times.
    """
    given, said = numbers(quotes), numbers(claim)
    for number in said:
        same = [other for other in given if other.value == number.value]
        # 2対2 on 5対2: what the quotes say once, the claim may not say twice.
        if same and len(same) < sum(other == number for other in said):
            return _shown(number)
        if not same and not (number.value == 1 and re.search(r"\ban?\b", quotes)):
            return _shown(number)
        units, unit = {canonical(other.unit) for other in same}, canonical(number.unit)
        counted = any(canonical(other.unit) == unit for other in given)
        measured = unit in MEASURES and units <= MEASURES
        if unit and same and (counted or measured) and not units & {"", unit}:
            return _shown(number)
    return other_currency(claim, quotes)


def _shown(number: Number) -> str:
    value = number.value
    figure = str(value.numerator) if value.denominator == 1 else f"{float(value):g}"
    return f"{figure} {number.unit}".strip() if number.unit.isascii() else f"{figure}{number.unit}"


def without_numbers(text: str) -> str:
    """A text with its numbers and counters blanked: 2年遅れた has no word 年遅."""
    return _JAPANESE.sub(lambda match: " " * len(match.group()), text)
