"""Text from outside, made safe to show: nothing in it may steer the terminal.

An article or a question can hold ESC sequences (colours, cursor moves, OSC 8
links, window titles), 8-bit C1 controls that terminals read the same way, and
bidirectional overrides that make a line read otherwise than it is written. They
are shown, not dropped: a person sees that they were there.
"""

from __future__ import annotations

import re

# Bidirectional marks, embeddings, overrides and isolates: Unicode UAX #9.
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_ODD = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029{_BIDI}\ud800-\udfff]")

_BREAKS = re.compile(r"\s*\n\s*")
_SURROGATE = re.compile("[\ud800-\udfff]")


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)  # U+241B SYMBOL FOR ESCAPE, and so on
    if code == 0x7F:
        return "\u2421"
    if code in (0x85, 0x2028, 0x2029):
        return " "
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return f"<U+{code:04X}>"


def visible(text: str) -> str:
    """The text with control characters as pictures (␛) or code points (<U+202E>).

    Line feeds stay; tabs become spaces.
    """
    return _ODD.sub(_picture, text.replace("\r\n", "\n").replace("\t", "    "))


def one_line(text: str) -> str:
    """`visible` text on a single line, its runs of white space one space each."""
    return " ".join(visible(text).split())


def flowing(text: str) -> str:
    """`visible` text with its line breaks as single spaces, all else as it stands."""
    return _BREAKS.sub(" ", visible(text))


def well_formed(text: str) -> str:
    """The text without lone surrogates, which no file, terminal or database takes.

    Python makes them of bytes that are not UTF-8 (`surrogateescape`): such bytes are
    read again as UTF-8, and become U+FFFD where they are not.
    """
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:  # a surrogate that stands for no byte
        return _SURROGATE.sub("\ufffd", text)
