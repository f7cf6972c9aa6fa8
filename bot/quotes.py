"""Finding a quote's words in an article: folded for finding, original for showing."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from functools import lru_cache

# Marks that a model writes one for another: curly and straight quotation marks, dashes.
_SAME = dict.fromkeys("“”„‟″", '"') | dict.fromkeys("‘’‚‛′", "'") | dict.fromkeys("‐‑‒–—−", "-")
# Words left out of a quote: …, ..., [...], （中略）.
_ELLIPSIS = re.compile(
    r"\s*[\[(（［〔]?\s*(?:…+|\.{3,}|・{3,}|。{3,}|(?:中略|後略|前略))\s*[\])）］〕]?\s*"
)
# The parts of a quote may lie so far apart, in characters, and must hold so many each.
_GAP = 240
_SHORTEST_PART = 2
# What a model puts round a quote, or adds or drops at its end.
_OUTER = " \t\n\"'“”„‘’「」『』*_`"
_FINAL = "。．.,、;；:："


class Folded:
    """A text folded for comparison, with the way back to its own offsets.

    Folding is NFKD, case folding, and dropping white space, character by
    character, so that each folded character knows the one it came from; composed
    and decomposed writings (バ, ﾊﾞ) come out the same.
    """

    def __init__(self, text: str) -> None:
        folded: list[str] = []
        origin: list[int] = []
        for offset, character in enumerate(text):
            if character.isspace():
                continue
            for piece in unicodedata.normalize("NFKD", _SAME.get(character, character)).casefold():
                if not piece.isspace():
                    folded.append(piece)
                    origin.append(offset)
        self.text = "".join(folded)
        self._origin = origin

    def position(self, offset: int) -> int:
        """The first folded position at or after an offset of the original text."""
        return bisect_left(self._origin, offset)

    def find(self, words: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
        """Where `words` stand between two original offsets, as original offsets, or None."""
        wanted = Folded(words).text
        if not wanted:
            return None
        stop = len(self.text) if end is None else self.position(end)
        found = self.text.find(wanted, self.position(start), stop)
        if found < 0:
            return None
        return self._origin[found], self._origin[found + len(wanted) - 1] + 1


@lru_cache(maxsize=64)
def folded(text: str) -> Folded:
    """The folding of a text, kept for the articles asked about most recently."""
    return Folded(text)


def find_quote(
    text: str, quote: str, start: int, end: int, *, within: bool = False
) -> tuple[int, int] | None:
    """Where a quote stands in `text`, as offsets with `text[a:b]` its exact words.

    The passage `start..end` is looked at first, then (unless `within`) the whole
    text: an engine may quote a sentence that runs past its passage. A quote with an
    ellipsis is all from its first part to its last, which must lie near each other
    in this order. None when it stands nowhere.
    """
    for words in (quote, quote.strip(_OUTER), quote.strip(_OUTER).rstrip(_FINAL)):
        place = _find(text, words, start, end)
        if place is None and not within:
            place = _find(text, words, 0, len(text))
        if place is not None:
            return place
    return None


def _find(text: str, quote: str, start: int, end: int) -> tuple[int, int] | None:
    place = folded(text).find(quote, start, end)
    if place is not None or not _ELLIPSIS.search(quote):
        return place
    parts = [part for part in _ELLIPSIS.split(quote) if part]
    if not parts or any(len(part) < _SHORTEST_PART for part in parts):
        return None
    return _in_order(text, parts, start, end)


def _in_order(text: str, parts: list[str], start: int, end: int) -> tuple[int, int] | None:
    """From the first part to the last, each of them soon after the one before."""
    first = folded(text).find(parts[0], start, end)
    while first is not None:
        last = first
        for part in parts[1:]:
            found = folded(text).find(part, last[1], min(end, last[1] + _GAP + len(part)))
            if found is None:
                break
            last = found
        else:
            return first[0], last[1]
        first = folded(text).find(parts[0], first[0] + 1, end)
    return None
