"""From a span's margin and its window's place in the search to a probability of being right."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model fitted on held-out questions; ships with the reader.

    It knows the best window's search score, but only where question and text are of one
    language: across languages all scores are low, and tell nothing. `foreign` is what is
    added there instead. Under `threshold` kiji says that the answer is not there; across
    languages, where the reader is less sure of what is right, under `foreign_threshold`.
    """

    margin: float
    behind: float
    score: float
    foreign: float
    bias: float
    threshold: float
    foreign_threshold: float

    def probability(self, margin: float, score: float, best: float, foreign: bool) -> float:
        """The probability in [0, 1] that a span answers.

        `margin` is `Span.margin`; `score` its window's search score and `best` the best
        window's, in [0, 1]; `foreign` says that the question is in another language than
        the text.
        """
        logit = self.margin * margin + self.behind * (best - score) + self.bias
        logit += self.foreign if foreign else self.score * best
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))

    def suffices(self, probability: float, foreign: bool) -> bool:
        """Whether a span of this probability is to be said."""
        return probability >= (self.foreign_threshold if foreign else self.threshold)
