"""How likely a text is as Japanese or as English prose, to choose between encodings.

Each model says how often each class of characters occurs (shares counted
roughly off news text) and spreads a class evenly over its members. It is crude
and enough: a wrong decoding turns kana into rare kanji, half-width katakana or
unassigned code points, each thousands of times less likely.
"""

from __future__ import annotations

import math
from functools import lru_cache

# class: (members, share in Japanese prose, share in Western prose)
_CLASSES: dict[str, tuple[int, float, float]] = {
    "hiragana": (83, 0.40, 1e-5),
    "katakana": (88, 0.09, 1e-5),
    "kanji_common": (2965, 0.30, 1e-5),
    "kanji_rare": (3390, 0.004, 1e-6),
    "kanji_other": (20000, 5e-4, 1e-7),
    "cjk_mark": (40, 0.10, 1e-5),
    "latin": (52, 0.03, 0.76),
    "digit": (10, 0.02, 0.02),
    "space": (3, 0.03, 0.17),
    "ascii_mark": (32, 0.01, 0.03),
    "full_width": (100, 0.02, 1e-6),
    "half_katakana": (63, 0.001, 1e-7),
    "latin_accented": (64, 5e-5, 0.01),
    "symbol": (2000, 0.003, 0.02),
    "letter": (2000, 0.001, 1e-4),
    "emoji": (4000, 1e-4, 1e-4),
    "other": (50000, 1e-6, 1e-6),
    "private": (6400, 1e-8, 1e-8),
    "control": (62, 1e-5, 1e-5),
}
_JAPANESE = {name: math.log(share / size) for name, (size, share, _) in _CLASSES.items()}
_WESTERN = {name: math.log(share / size) for name, (size, _, share) in _CLASSES.items()}
_SWITCH = math.log(1 / 20)


def _kanji(character: str) -> str:
    try:
        lead = character.encode("euc_jp")[0]
    except UnicodeEncodeError:
        return "kanji_other"
    # JIS X 0208 puts the 2,965 kanji of everyday use in rows 16 to 47.
    return "kanji_common" if lead <= 0xCF else "kanji_rare"


@lru_cache(maxsize=8192)
def _class_of(character: str) -> str:
    code = ord(character)
    if code < 0x80:
        if character.isalpha():
            return "latin"
        if character.isdigit():
            return "digit"
        if character in " \n\r\t":
            return "space"
        return "control" if code < 0x20 or code == 0x7F else "ascii_mark"
    if code < 0xA0:
        return "control"
    if code < 0x100:
        return "latin_accented" if code >= 0xC0 else "symbol"
    if 0x3041 <= code <= 0x309F:
        return "hiragana"
    if 0x30A0 <= code <= 0x30FF:
        return "katakana"
    if 0x3000 <= code <= 0x303F or character in "（）！？：；，．":
        return "cjk_mark"
    if 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF:
        return _kanji(character)
    if 0xFF01 <= code <= 0xFF5E:
        return "full_width"
    if 0xFF61 <= code <= 0xFF9F:
        return "half_katakana"
    if 0x2010 <= code <= 0x2BFF or 0x3200 <= code <= 0x33FF or 0xFFE0 <= code <= 0xFFE6:
        return "symbol"
    if code < 0x0500:
        return "letter"
    if 0x1F000 <= code <= 0x1FAFF or 0xFE00 <= code <= 0xFE0F:
        return "emoji"
    if 0xD800 <= code <= 0xF8FF or code >= 0xF0000:
        return "private"
    return "other"


def log_likelihood(text: str) -> float:
    """The natural logarithm of a text's probability, as runs of Japanese and Western.

    The likeliest way (Viterbi's) through two states, so that English names in
    Japanese prose count as English.
    """
    japanese, western = 0.0, 0.0
    for character in text:
        name = _class_of(character)
        japanese, western = (
            max(japanese, western + _SWITCH) + _JAPANESE[name],
            max(western, japanese + _SWITCH) + _WESTERN[name],
        )
    return max(japanese, western)
