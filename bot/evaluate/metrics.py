"""What an answer is worth beside the accepted ones: character F1, exact match, rank."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence

_FOLDED = re.compile(r"[\s\W_]+")


def fold(text: str) -> str:
    """A text without white space and punctuation, NFKC, lower case."""
    return _FOLDED.sub("", unicodedata.normalize("NFKC", text)).lower()


def exact_match(answer: str, gold: Sequence[str]) -> float:
    """1.0 when the answer is one of the accepted ones, folded; else 0.0."""
    return float(any(fold(answer) == fold(accepted) for accepted in gold))


def f1(answer: str, gold: Sequence[str]) -> float:
    """Character F1 against the nearest accepted answer, folded (SQuAD's, by characters)."""
    best = 0.0
    given = Counter(fold(answer))
    for accepted in gold:
        wanted = Counter(fold(accepted))
        shared = sum((given & wanted).values())
        if shared:
            precision, recall = shared / sum(given.values()), shared / sum(wanted.values())
            best = max(best, 2 * precision * recall / (precision + recall))
    return best


def rank(found: Sequence[str], right: Collection[str]) -> int | None:
    """The rank (from 1) of the first right article among those found, or None."""
    return next((place for place, article in enumerate(found, 1) if article in right), None)


def holds(text: str, gold: Sequence[str]) -> bool:
    """Whether one of the accepted answers stands in a text, both folded."""
    folded = fold(text)
    return any(fold(accepted) in folded for accepted in gold if fold(accepted))
