"""Reads each Japanese word of `japanese.WORDS` into an atom."""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.dates import japanese_days, japanese_times, japanese_years
from retrieval.dates.atom import Atom
from retrieval.dates.japanese import WORDS

_READERS = japanese_years.READERS | japanese_days.READERS | japanese_times.READERS


def japanese_atoms(text: str) -> Iterator[Atom]:
    """The time words of a text in order; words that name no time are left out."""
    for match in WORDS.finditer(text):
        reader = _READERS.get(match.lastgroup or "")
        atom = reader(match, text) if reader else None
        if atom is not None:
            yield atom
