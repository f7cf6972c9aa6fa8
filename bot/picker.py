"""The sentence picker: the best sentence of the expected kind, where no span will do.

It answers yes/no questions, which have no span. A sentence is scored by a logistic
model over four signs. NOTE: the weights and the threshold are set by hand, not yet
fitted: JaQuAD has no yes/no questions to fit them on.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.causes import causal_clause
from bot.kinds import holds
from bot.phrase import phrase_sentence
from bot.values import Draft, DraftClaim, Quote
from retrieval.split import sentences
from retrieval.store.lexical import tokens
from retrieval.values import Hit, Intent, PassageKind, Query

# Sentences of so many of the best hits are looked at.
_READ = 6


@dataclass(frozen=True, slots=True)
class Signs:
    """What a sentence shows of being the answer; each in [0, 1] but for `score`."""

    overlap: float
    score: float
    kind: float
    body: float


@dataclass(frozen=True, slots=True)
class Weights:
    """The logistic model over the signs, and the probability under which kiji refuses."""

    overlap: float = 6.0
    score: float = 12.0
    kind: float = 1.2
    body: float = 0.6
    bias: float = -14.5
    threshold: float = 0.30


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Pick:
    """A sentence of a hit: offsets into the article's text, and its probability."""

    hit: int
    start: int
    end: int
    signs: Signs
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
    for (number, start, end, text), held in zip(found, words, strict=True):
        signs = Signs(
            overlap=sum(value for word, value in worth.items() if word in held) / whole,
            score=hits[number].score,
            kind=float(holds(text, query.intent)),
            body=float(hits[number].passage.kind is PassageKind.BODY),
        )
        logit = (
            weights.bias
            + weights.overlap * signs.overlap
            + weights.score * signs.score
            + weights.kind * signs.kind
            + weights.body * signs.body
        )
        ranked.append(Pick(number, start, end, signs, 1 / (1 + math.exp(-logit))))
    return sorted(ranked, key=lambda pick: (-pick.probability, pick.hit, pick.start))


class SentencePicker:
    """An engine that quotes the best sentence of the expected kind."""

    name = "embedded"

    def warm_up(self) -> None:
        """Nothing to load."""

    def draft(self, query: Query, hits: Sequence[Hit]) -> Draft:
        """The best sentence, or several for a list; an empty draft below the threshold."""
        likely = [p for p in picks(query, hits) if p.probability >= WEIGHTS.threshold]
        count = (query.count or 3) if query.wants_list else 1
        claims = []
        for pick in likely[:count]:
            article = hits[pick.hit].article
            sentence = article.text[pick.start : pick.end]
            clause = causal_clause(sentence) if query.intent is Intent.WHY else None
            a, b = clause or (0, len(sentence))
            focus = (pick.start + a, pick.start + b)
            claims.append(
                DraftClaim(
                    text=phrase_sentence(query, article, focus, sentence),
                    quotes=(Quote(pick.hit, sentence, pick.start, focus),),
                    short=sentence[a:b],
                    confidence=pick.probability,
                )
            )
        return Draft(tuple(claims))
