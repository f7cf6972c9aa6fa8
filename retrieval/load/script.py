"""Which characters are written without spaces between words, and how lines join."""

from __future__ import annotations

import re

# Kana, kanji, CJK punctuation and full-width forms: no space stands between two of them.
SPACELESS = "\u3000-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"

_ENDS_SPACELESS = re.compile(rf"[{SPACELESS}]\Z")
_STARTS_SPACELESS = re.compile(rf"[{SPACELESS}]")
_HYPHENATED = re.compile(r"[A-Za-z]-\Z")
_SPACELESS_ANYWHERE = re.compile(rf"[{SPACELESS}]")


def is_spaceless(text: str) -> bool:
    """Whether a text holds Japanese (or other CJK) writing."""
    return _SPACELESS_ANYWHERE.search(text) is not None


def join_lines(left: str, right: str) -> str:
    """Two lines of one broken sentence as one.

    Nothing goes between two Japanese sides, a word hyphenated at the line's end
    is closed, everything else gets a space.
    """
    if not left or not right:
        return left + right
    if _ENDS_SPACELESS.search(left) and _STARTS_SPACELESS.match(right):
        return left + right
    if _HYPHENATED.search(left) and right[0].islower():
        return left[:-1] + right
    return f"{left.rstrip()} {right.lstrip()}"


def display_width(text: str) -> int:
    """Columns that a text takes where a Japanese character takes two."""
    return len(text) + len(_SPACELESS_ANYWHERE.findall(text))
