"""The sentence picker: the best sentence for a yes/no question, which has no span.

A sentence is scored by a logistic model over three signs. NOTE: the weights and the
threshold are set by hand, not yet fitted: JaQuAD has no yes/no questions to fit them on.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.phrase import phrase_sentence
from bot.values import Draft, DraftClaim, Quote
from retrieval.split import sentences
from retrieval.store.lexical import tokens
from retrieval.values import Hit, PassageKind, Query

# Sentences of so many of the best hits are looked at.
_READ = 6
# Sentences for a question that asks for several answers and does not say how many.
_LIST_MOST = 3


@dataclass(frozen=True, slots=True)
class Weights:
    """The logistic model, and the probability under which kiji refuses.

    `overlap` weighs the share of the question's words that a sentence holds, `score` its
    hit's score, `body` whether it stands in running text; all three lie in [0, 1].
    """

    overlap: float = 6.0
    score: float = 9.9
    body: float = 0.6
    bias: float = -11.1
    threshold: float = 0.30


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Pick:
    """A sentence of a hit: offsets into the article's text, and its probability.

    `hit` is an index into the hits that were looked at.
    """

    hit: int
    start: int
    end: int
    probability: float


def _candidates(hits: Sequence[Hit]) -> Iterator[tuple[int, int, int, str]]:
    for number, hit in enumerate(hits[:_READ]):
        for start, end in sentences(hit.article.text, hit.passage.start, hit.passage.end):
            yield number, start, end, hit.article.text[start:end]


def picks(query: Query, hits: Sequence[Hit], weights: Weights = WEIGHTS) -> list[Pick]:
    """Every sentence of the best hits with its probability of answering, best first."""
    found = list(_candidates(hits))
    words = [set(tokens(text)) for *_, text in found]
    spread = Counter(word for held in words for word in held)
    # A word that only one sentence holds tells more than one that all of them hold.
    worth = {word: math.log(1 + len(found) / (1 + spread[word])) for word in tokens(query.text)}
    whole = sum(worth.values()) or 1.0
    ranked = []
    for (number, start, end, _), held in zip(found, words, strict=True):
        overlap = sum(value for word, value in worth.items() if word in held) / whole
        in_body = hits[number].passage.kind is PassageKind.BODY
        logit = (
            weights.bias
            + weights.overlap * overlap
            + weights.score * hits[number].score
            + weights.body * in_body
        )
        ranked.append(Pick(number, start, end, 1 / (1 + math.exp(-logit))))
    return sorted(ranked, key=lambda pick: (-pick.probability, pick.hit, pick.start))


class SentencePicker:
    """An engine that quotes the best sentence."""

    name = "embedded"

    def warm_up(self) -> None:
        """Nothing to load."""

    def draft(self, query: Query, hits: Sequence[Hit]) -> Draft:
        """The best sentence, or several for a list; an empty draft below the threshold."""
        likely = [p for p in picks(query, hits) if p.probability >= WEIGHTS.threshold]
        count = (query.count or _LIST_MOST) if query.wants_list else 1
        return Draft(tuple(_claim(query, hits, pick) for pick in likely[:count]))


def _claim(query: Query, hits: Sequence[Hit], pick: Pick) -> DraftClaim:
    sentence = hits[pick.hit].article.text[pick.start : pick.end]
    return DraftClaim(
        text=phrase_sentence(query, sentence),
        quotes=(Quote(pick.hit, sentence, pick.start, (pick.start, pick.end)),),
        short=sentence,
        confidence=pick.probability,
    )
