"""Structured output: its JSON schema, and a parser that reads the JSON as it is written.

    {"claims": [{"quotes": [{"passage": 2, "quote": "…"}], "claim": "…"}]}

Quotes come before their claim, so that a claim can be checked the moment it ends.
Tolerant: other orders, a single quote beside its claim, raw line breaks and
unescaped quotation marks in strings, a stream that breaks off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.llm.reply import Said, SaidClaim, SaidNothing, SaidQuote, SaidWords


def _object(**properties: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON schemas
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


# At most so many claims are asked for, and taken.
MOST_CLAIMS = 6


def schema(passages: int) -> dict[str, Any]:
    """The JSON schema of claims on passages 1 to `passages`: no other number can be given."""
    numbers = {"type": "integer", "enum": list(range(1, passages + 1))}
    quotes = {
        "type": "array",
        "maxItems": 2,
        "items": _object(passage=numbers, quote={"type": "string"}),
    }
    claims = {
        "type": "array",
        "maxItems": MOST_CLAIMS,
        "items": _object(quotes=quotes, claim={"type": "string"}),
    }
    return {
        "title": "claims",
        "description": "Claims that answer the question, each after the quotes it rests on.",
        **_object(claims=claims),
    }


_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": ""}
_HEX = re.compile(r"[0-9a-fA-F]{4}")
_NUMBERS = ("passage", "number", "id")
_AFTER_STRING = frozenset(",:}]")


class JsonParser:
    """Feeds on a reply piece by piece; a claim is whole when something follows its string."""

    def __init__(self) -> None:
        self._text = ""  # what has come and is not read yet
        self._string: list[str] | None = None
        self._ended = False  # the string met a quotation mark: its end, or a stray one
        self._after = ""  # white space met behind that mark
        self._nest: list[str] = []
        self._value = False  # whether a string here is a value, not a key
        self._key = ""
        self._number = ""
        self._passage = 0
        self._quote: str | None = None
        self._quotes: list[SaidQuote] = []
        # A claim that came before its quotes, and how deep its object lies.
        self._claim: tuple[str, int] | None = None
        self._said: list[Said] = []
        self._claims = 0

    def feed(self, text: str) -> Iterator[Said]:
        """What one more piece of the reply says."""
        self._text += text
        position = 0
        while position < len(self._text) and (taken := self._take(position)):
            position += taken
        self._text = self._text[position:]
        yield from self._told()
        if self._string and self._value and not self._ended and self._key == "claim":
            yield SaidWords("".join(self._string), tuple(self._quotes))

    def close(self, whole: bool) -> Iterator[Said]:
        """The end of the reply; a string that a broken stream cut off is not taken."""
        if whole and self._ended:
            self._end_string()
        if whole and self._claim is not None:
            self._tell(self._claim[0])
        if whole and not self._claims and not self._nest:
            self._said.append(SaidNothing())
        yield from self._told()

    def _told(self) -> Iterator[Said]:
        said, self._said = self._said, []
        yield from said

    def _tell(self, claim: str) -> None:
        self._said.append(SaidClaim(claim, tuple(self._quotes)))
        self._claims += 1
        self._claim, self._quotes = None, []

    def _quoted(self) -> None:
        """The quote that has just become whole."""
        assert self._quote is not None  # noqa: S101 - called where it is
        quote = SaidQuote(self._passage, self._quote)
        self._quotes.append(quote)
        self._said.append(quote)
        self._quote, self._passage = None, 0

    def _take(self, position: int) -> int:
        """Read one character, or one escape; gives how many were read, 0 to wait for more."""
        character = self._text[position]
        if self._string is None:
            return self._outside(character)
        if self._ended:
            if character.isspace():
                self._after += character
                return 1
            if character in _AFTER_STRING:
                self._end_string()
                return self._outside(character)
            # The mark was one of the string's own, left unescaped.
            self._string.append('"' + self._after)
            self._ended, self._after = False, ""
        if character == '"':
            self._ended = True
            return 1
        if character != "\\":
            self._string.append(character)
            return 1
        return self._escape(position)

    def _escape(self, position: int) -> int:
        assert self._string is not None  # noqa: S101 - only called inside a string
        rest = self._text[position + 1 : position + 6]
        if not rest or (rest[0] == "u" and len(rest) < 5):
            return 0
        if rest[0] != "u":
            self._string.append(_ESCAPES.get(rest[0], rest[0]))
            return 2
        if not _HEX.fullmatch(rest[1:]):
            self._string.append("u")
            return 2
        unit = int(rest[1:], 16)
        last = ord(self._string[-1]) if self._string and len(self._string[-1]) == 1 else 0
        if 0xDC00 <= unit < 0xE000 and 0xD800 <= last < 0xDC00:
            self._string[-1] = chr(0x10000 + ((last - 0xD800) << 10) + unit - 0xDC00)
        else:
            self._string.append(chr(unit))
        return 6

    def _outside(self, character: str) -> int:
        if character.isdecimal():
            self._number += character
            return 1
        if self._number:
            if self._value and self._key in _NUMBERS:
                self._number_read(self._number)
            self._number = ""
        if character == '"':
            self._string, self._ended, self._after = [], False, ""
        elif character in "{[":
            self._nest.append(character)
            # In an array strings are values, under the array's own key.
            self._value = character == "["
        elif character in "}]":
            if character == "}":
                self._end_object()
            if self._nest:
                self._nest.pop()
            self._value = bool(self._nest) and self._nest[-1] == "["
        elif character == ":":
            self._value = True
        elif character == ",":
            self._value = bool(self._nest) and self._nest[-1] == "["
        return 1

    def _end_string(self) -> None:
        words = (
            "".join(self._string or ())
            .encode("utf-16", "surrogatepass")
            .decode("utf-16", "replace")
        )
        self._string, self._ended = None, False
        if not self._value:
            self._key = words.lower()
        elif self._key in ("quote", "quotes"):
            self._quote = words
            if self._passage:
                self._quoted()
        elif self._key in _NUMBERS:
            self._number_read(re.sub(r"\D", "", words))
        elif self._key == "claim":
            if self._quotes:
                self._tell(words)
            else:
                self._claim = (words, len(self._nest))

    def _number_read(self, digits: str) -> None:
        self._passage = int(digits[:9]) if digits else 0
        if self._quote is not None:
            self._quoted()

    def _end_object(self) -> None:
        if self._quote is not None:
            # A quote without a number stays one, of no passage.
            self._quoted()
        if self._claim is not None and self._claim[1] >= len(self._nest):
            self._tell(self._claim[0])
