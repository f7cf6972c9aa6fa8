"""Finding a quote's words in an article: folded for finding, original for showing."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


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
            for piece in unicodedata.normalize("NFKD", character).casefold():
                if not piece.isspace():
                    folded.append(piece)
                    origin.append(offset)
        self.text = "".join(folded)
        self._origin = origin
        self._length = len(text)

    def position(self, offset: int) -> int:
        """The first folded position at or after an offset of the original text."""
        low, high = 0, len(self._origin)
        while low < high:
            middle = (low + high) // 2
            if self._origin[middle] < offset:
                low = middle + 1
            else:
                high = middle
        return low

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


def find_quote(text: str, quote: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a quote stands in `text`, as offsets with `text[a:b]` its exact words.

    The passage `start..end` is looked at first, then the whole text: an engine
    may quote a sentence that runs past its passage. None when it stands nowhere.
    """
    place = folded(text)
    return place.find(quote, start, end) or place.find(quote)
