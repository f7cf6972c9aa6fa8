"""The figures of a set of outcomes, each None where nothing was there to measure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from bot.evaluate.metrics import f1
from bot.evaluate.outcome import RIGHT, Outcome

# Kinds that stand first, in this order, as people ask for them.
_FIRST = ("who", "when", "why", "where", "what", "how", "yesno")
_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Kind:
    """F1 and exact match of the questions of one kind that have an answer."""

    questions: int
    f1: float
    exact: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares lie in [0, 1], times are seconds, `quote_length` is in characters.

    `f1` and `exact` are over the questions with an answer, where a refusal counts 0;
    `f1_all` over all, where a question without an answer counts 1 when refused (as
    SQuAD 2.0 counts), and `f1_best` tells how good the best answer was, shown or refused.
    `answered` is the share of the questions with an answer that got one, right or
    wrong; `kept` the share of right answers that were not refused; `refused` the
    share of the questions without an answer that were. `citations` is the share of
    the quotes shown, under answers to questions with an answer, that stand in their
    article and hold an accepted answer.
    """

    questions: int
    unanswerable: int
    kinds: dict[str, Kind]
    f1: float | None
    exact: float | None
    f1_all: float | None
    f1_best: float | None
    recall_1: float | None
    recall_5: float | None
    mrr_10: float | None
    answered: float | None
    kept: float | None
    refused: float | None
    citations: float | None
    quote_length: float | None
    p50: float | None
    p95: float | None

    def record(self) -> dict[str, Any]:
        """The figures as JSON, rounded to what they can bear."""
        return {
            name: round(value, 4) if isinstance(value, float) else value
            for name, value in asdict(self).items()
        }


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """The figures of some outcomes, in any order."""
    asked = [each for each in outcomes if each.question.answers]
    none = [each for each in outcomes if not each.question.answers]
    silent = [each for each in none if each.short is not None]
    reads = [each for each in asked if each.short is not None]
    placed = [each for each in asked if each.question.articles]
    known = [(f1(o.best, o.question.answers), o) for o in asked if o.best is not None]
    right = [each for score, each in known if score >= RIGHT]
    quoted = [(each, quote) for each in asked for quote in each.quotes]
    seconds = [each.seconds for each in outcomes]
    return Figures(
        questions=len(outcomes),
        unanswerable=len(none),
        kinds=_kinds(reads),
        f1=_mean(each.f1 for each in reads),
        exact=_mean(each.exact for each in reads),
        f1_all=_mean([each.f1 for each in reads] + [float(not o.answered) for o in silent])
        if silent
        else None,
        f1_best=_mean(score for score, _ in known),
        recall_1=_mean(_within(each, 1) for each in placed),
        recall_5=_mean(_within(each, 5) for each in placed),
        mrr_10=_mean(_within(each, _DEPTH) and 1 / (each.rank or 1) for each in placed),
        answered=_mean(each.answered for each in reads),
        kept=_mean(each.answered for each in right),
        refused=_mean(not each.answered for each in silent),
        citations=_mean(each.bears(quote) for each, quote in quoted),
        quote_length=median(len(q.text) for _, q in quoted) if quoted else None,
        p50=percentile(seconds, 50),
        p95=percentile(seconds, 95),
    )


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value that `share` percent of some values do not exceed (nearest rank)."""
    if not values:
        return None
    return sorted(values)[max(0, math.ceil(share / 100 * len(values)) - 1)]


def _kinds(reads: Sequence[Outcome]) -> dict[str, Kind]:
    found = {each.kind for each in reads}
    ordered = [kind for kind in _FIRST if kind in found]
    ordered += sorted(found.difference(_FIRST))
    return {kind: _kind([o for o in reads if o.kind == kind]) for kind in ordered}


def _kind(some: Sequence[Outcome]) -> Kind:
    return Kind(
        len(some),
        round(_mean(each.f1 for each in some) or 0.0, 4),
        round(_mean(each.exact for each in some) or 0.0, 4),
        round(median(each.seconds for each in some), 4),
    )


def _within(outcome: Outcome, depth: int) -> bool:
    return outcome.rank is not None and outcome.rank <= depth


def _mean(values: Iterable[float]) -> float | None:
    given = list(values)
    return sum(given) / len(given) if given else None
