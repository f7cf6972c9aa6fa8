"""The figures: recall@k, MRR, character F1, exact match, and a paired bootstrap."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

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


def rank(found: Sequence[str], right: frozenset[str]) -> int | None:
    """The rank (from 1) of the first right article among those found, or None."""
    return next((place for place, article in enumerate(found, 1) if article in right), None)


def recall_at(ranks: Sequence[int | None], k: int) -> NDArray[np.float64]:
    """For each question 1.0 when a right article stands in the first k."""
    return np.array([float(place is not None and place <= k) for place in ranks])


def reciprocal(ranks: Sequence[int | None], k: int = 10) -> NDArray[np.float64]:
    """For each question 1/rank within the first k, else 0; its mean is MRR@k."""
    return np.array([1 / place if place is not None and place <= k else 0.0 for place in ranks])


def bootstrap(
    one: NDArray[np.float64], other: NDArray[np.float64], rounds: int = 2000, seed: int = 0
) -> tuple[float, float, float]:
    """The mean difference one - other over the same questions, with its 95 % interval."""
    difference = one - other
    random = np.random.default_rng(seed)
    drawn = random.integers(0, len(difference), size=(rounds, len(difference)))
    means = difference[drawn].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(difference.mean()), float(low), float(high)
