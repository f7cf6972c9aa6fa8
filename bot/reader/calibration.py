"""From a span's margin and its window's place in the search to a probability of being right."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model fitted on held-out questions; ships with the reader.

    It knows the best window's search score, but only where that tells something: not across
    languages, where all scores are low, nor among few articles, where none had to be beaten.
    `foreign` and `few` are what is added there instead. Under `threshold` kiji says that the
    answer is not there; among few articles under `few_threshold`; and across languages, where
    the reader is less often right, under `foreign_threshold`.
    """

    margin: float
    behind: float
    score: float
    foreign: float
    few: float
    bias: float
    threshold: float
    few_threshold: float
    foreign_threshold: float

    def probability(
        self, margin: float, score: float, best: float, *, foreign: bool, few: bool
    ) -> float:
        """The probability in [0, 1] that a span answers.

        `margin` is `Span.margin`; `score` its window's search score and `best` the best
        window's, in [0, 1]; `foreign` says that the question is in another language than
        the text, `few` that hardly any articles were there to be found.
        """
        logit = self.margin * margin + self.behind * (best - score) + self.bias
        logit += self.foreign if foreign else self.few if few else self.score * best
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))

    def least(self, *, foreign: bool, few: bool) -> float:
        """The least probability of a span that is to be said."""
        if foreign:
            return self.foreign_threshold
        return self.few_threshold if few else self.threshold
