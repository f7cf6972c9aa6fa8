"""The figures over many questions; those of one answer are kiji's own, as `kiji eval` has them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.evaluate.metrics import exact_match, f1, fold, rank

__all__ = [
    "bootstrap",
    "exact_match",
    "f1",
    "fold",
    "rank",
    "recall_at",
    "reciprocal",
]


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
