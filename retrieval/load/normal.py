"""One form for every text: NFC, line feeds, no control characters."""

from __future__ import annotations

import re
import unicodedata

# Everything that ends a line somewhere: CRLF, CR, VT, FF, NEL, and Unicode's separators.
_NEWLINES = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# C0 and C1 but tab and newline, and a byte order mark that was left inside.
_DROPPED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff]")
# JSON can spell half a character ("\ud83d"); it can't be stored as UTF-8.
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")
_BLANK_LINES = re.compile(r"\n{3,}")
_SPACES = re.compile(r"\s+")


def normalise(text: str) -> str:
    """A text as it is kept: NFC, line feeds, control characters dropped.

    Spaces at line ends go, runs of blank lines become one, and no blank line
    stands at either end. Words, emoji and indentation stay.
    """
    text = _DROPPED.sub("", _NEWLINES.sub("\n", text))
    text = _LONE_SURROGATES.sub("\ufffd", text)
    text = unicodedata.normalize("NFC", text)
    # Not a pattern ending in $: it takes time squared in a long run of spaces.
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", text).strip("\n")


def one_line(text: str) -> str:
    """A title or a name: normalised, on one line, without spaces around it."""
    return _SPACES.sub(" ", normalise(text)).strip()
