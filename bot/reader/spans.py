"""From a reader's logits to spans of text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# No answer is longer than so many tokens, and so many starts are tried.
LONGEST = 48
_STARTS = 12


@dataclass(frozen=True, slots=True)
class Span:
    """A candidate answer: character offsets into its window's text, and its margin.

    `margin` is the span's logit (start + end) less the logit of "not here" of the
    same window, unbounded; above 0 the reader prefers the span to no answer.
    """

    start: int
    end: int
    margin: float


def best_spans(
    start_logits: NDArray[np.float32],
    end_logits: NDArray[np.float32],
    offsets: list[tuple[int, int]],
    inside: NDArray[np.bool_],
    count: int,
) -> list[Span]:
    """The best spans of one window, best first, no two of them overlapping.

    The logits have shape (tokens,); position 0 is "not here". `offsets` are each
    token's characters in the window's text; `inside` marks the text's tokens.
    """
    none_here = float(start_logits[0] + end_logits[0])
    positions = np.flatnonzero(inside)
    if positions.size == 0:
        return []
    starts = positions[np.argsort(-start_logits[positions], kind="stable")[:_STARTS]]
    last = int(positions[-1]) + 1
    candidates = []
    for start in starts.tolist():
        ends = end_logits[start : min(start + LONGEST, last)]
        for length in np.argsort(-ends, kind="stable")[:3].tolist():
            score = float(start_logits[start] + ends[length])
            candidates.append((score - none_here, start, start + length))
    candidates.sort(reverse=True)
    spans: list[Span] = []
    for margin, first, final in candidates:
        start, end = offsets[first][0], offsets[final][1]
        if end <= start or any(start < span.end and span.start < end for span in spans):
            continue
        spans.append(Span(start, end, margin))
        if len(spans) == count:
            break
    return spans
