"""From a span's margin and its window's search score to a probability of being right."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model fitted on held-out questions; ships with the reader.

    `threshold` is the probability under which kiji says that it is not there.
    """

    margin: float
    score: float
    bias: float
    threshold: float

    def probability(self, margin: float, score: float) -> float:
        """The probability in [0, 1] that a span answers.

        `margin` is `Span.margin`; `score` is the hit's fused score in [0, 1].
        """
        logit = self.margin * margin + self.score * score + self.bias
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))
