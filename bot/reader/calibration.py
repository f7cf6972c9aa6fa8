"""From a span's margin and its window's place in the search to a probability of being right."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model fitted on held-out questions; ships with the reader.

    It knows how far a window's search score lies behind the best one, not the score
    itself: a question in other words or in another language than the article's
    scores low everywhere, and is no worse answered for it. `threshold` is the
    probability under which kiji says that it is not there.
    """

    margin: float
    behind: float
    bias: float
    threshold: float

    def probability(self, margin: float, behind: float) -> float:
        """The probability in [0, 1] that a span answers.

        `margin` is `Span.margin`; `behind` is how much lower its window's search
        score is than the best window's, in [0, 1].
        """
        logit = self.margin * margin + self.behind * behind + self.bias
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))
