"""From a span's margin and its window's standing in the search to a probability of being right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bot.reader.windows import Window

# More overlap than this, and whether the answer is there is for the reader to tell: a question
# in a text's own words is as easily one that only seems to be answered.
ENOUGH = 0.7


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a window stands among all that were found for a question.

    `behind` and `overlap_behind` are how far its similarity and overlap lie under the best
    window's; `ahead` is how far the best similarity stands above the median one, and
    `overlap` the best overlap, up to `ENOUGH`: both are the same for all windows, and tell
    whether anything was found at all.
    """

    behind: float
    overlap_behind: float
    ahead: float
    overlap: float


def standings(windows: Sequence[Window]) -> list[Standing]:
    """The standing of each of the windows of a question."""
    if not windows:
        return []
    nearest = max(window.similarity for window in windows)
    overlap = max(window.overlap for window in windows)
    ahead = nearest - median(window.similarity for window in windows)
    return [
        Standing(
            behind=nearest - window.similarity,
            overlap_behind=overlap - window.overlap,
            ahead=ahead,
            overlap=min(overlap, ENOUGH),
        )
        for window in windows
    ]


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model fitted on held-out questions; ships with the reader.

    It knows what the search tells of the whole, but only where that tells something: not
    across languages, where all are far, nor among few articles, where none had to be beaten.
    `foreign` and `few` are what is added there instead. Under `threshold` kiji says that the
    answer is not there; among few articles under `few_threshold`; and across languages, where
    the reader is less often right, under `foreign_threshold`.
    """

    margin: float
    behind: float
    overlap_behind: float
    ahead: float
    overlap: float
    foreign: float
    few: float
    bias: float
    threshold: float
    few_threshold: float
    foreign_threshold: float

    def probability(self, margin: float, standing: Standing, *, foreign: bool, few: bool) -> float:
        """The probability in [0, 1] that a span answers.

        `margin` is `Span.margin`; `foreign` says that the question is in another language
        than the text, `few` that hardly any articles were there to be found.
        """
        logit = self.bias + self.margin * margin
        logit += self.behind * standing.behind + self.overlap_behind * standing.overlap_behind
        if foreign:
            logit += self.foreign
        elif few:
            logit += self.few
        else:
            logit += self.ahead * standing.ahead + self.overlap * standing.overlap
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))

    def least(self, *, foreign: bool, few: bool) -> float:
        """The least probability of a span that is to be said."""
        if foreign:
            return self.foreign_threshold
        return self.few_threshold if few else self.threshold
