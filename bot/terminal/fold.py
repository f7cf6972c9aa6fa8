"""Folding text to a width in terminal cells, as Japanese is set.

A line may break between any two full-width characters, but not before closing
punctuation or small kana and not after an opening bracket (kinsoku, JIS X 4051),
and not inside a Latin word unless the word alone is wider than the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len
from rich.text import Text

_OPENING = "「『（【〈《〔［｛“‘"
_CLOSING = (
    "、。，．・：；？！」』）】〉》〕］｝”’ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々〜…‥％"
)
_MARK = "[\u0300-\u036f\u3099\u309a\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]*"
_UNIT = re.compile(
    rf"[{_OPENING}]*(?:[!-~\u00a1-\u10ff]+|[^\s{_OPENING}]{_MARK}(?:\u200d.{_MARK})*)?"
    rf"[{_CLOSING}]*[^\S\n]*|\n"
)


def _units(text: str) -> Iterator[str]:
    for match in _UNIT.finditer(text):
        if match[0]:
            yield match[0]


def breaks(text: str, width: int) -> list[int]:
    """Offsets into `text` at which a new line begins, so that no line is wider than `width`.

    Line feeds break too; they and trailing spaces belong to the line before.
    """
    offsets: list[int] = []
    position = used = 0
    for unit in _units(text):
        if unit == "\n":
            position += 1
            offsets.append(position)
            used = 0
            continue
        size = cell_len(unit.rstrip())
        if used and used + size > width:
            offsets.append(position)
            used = 0
        if size > width:
            for character in unit:
                cells = cell_len(character)
                if used and used + cells > width and not character.isspace():
                    offsets.append(position)
                    used = 0
                used += cells
                position += 1
        else:
            position += len(unit)
            used += cell_len(unit)
    return offsets


def fold(text: Text, width: int | None, indent: int = 0) -> Text:
    """The text folded to `width` cells, each line `indent` cells in; None folds nothing."""
    offsets = breaks(text.plain, max(width - indent, 2) if width else 10**9)
    lines = text.divide(offsets)
    for line in lines:
        line.rstrip()
        line.pad_left(indent)
    return Text("\n").join(lines)
