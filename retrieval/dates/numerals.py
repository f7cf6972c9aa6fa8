"""Numbers as Japanese texts write them: 25, ２５, 二五, 二十五, 元."""

from __future__ import annotations

DIGIT = "[0-9０-９]"
KANJI = "[〇零一二三四五六七八九十]"
# What `number` takes, up to three characters: 二十五, 十, 二五, but not 十十 or 二五十.
KANJI_NUMBER = "(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[〇零一二三四五六七八九]{1,3})"

HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_FIGURES = {figure: value for value, figure in enumerate("〇一二三四五六七八九")} | {"零": 0}


def number(text: str) -> int:
    """The value of a numeral below ten thousand; 元 (of an era's first year) is 1.

    Raises ValueError for anything else.
    """
    plain = text.translate(HALF_WIDTH)
    if plain.isdecimal():
        return int(plain)
    if plain == "元":
        return 1
    if "十" not in plain:
        return int("".join(str(_figure(character)) for character in plain))
    tens, _, units = plain.partition("十")
    return (_figure(tens) if tens else 1) * 10 + (_figure(units) if units else 0)


def _figure(character: str) -> int:
    try:
        return _FIGURES[character]
    except KeyError:
        raise ValueError(f"not a numeral: {character!r}") from None
