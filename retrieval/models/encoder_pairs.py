"""What the encoder is tuned on: a question, the passage that answers it, and one that does not.

Questions and contexts are the reader's (`reader_data`), held-out titles left out; passages
are cut and written as kiji embeds them. What does not answer is among the passages nearest
to the question by the encoder as it is (hard negatives, Karpukhin et al. 2020), without the
answer in it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.models.reader_data import Context, Dataset
from retrieval.split import embedding_text, split
from retrieval.values import Article

_NEAREST = 30
# Nearer to the question than this, by cosine beyond the answering passage, may well answer it.
_TOO_NEAR = 0.02
_SEED = 29


class Encodes(Protocol):
    """What of `retrieval.embed.Embedder` is used."""

    def query(self, text: str) -> list[float]:
        """The unit vector of a question."""


@dataclass(frozen=True, slots=True)
class Triple:
    """A question, the passage that answers it, one that does not; passages as embedded."""

    question: str
    answering: str
    other: str


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages of all contexts.

    `texts` is what is embedded, `words` their own characters, `contexts` where each is from.
    """

    texts: tuple[str, ...]
    words: tuple[str, ...]
    contexts: NDArray[np.int64]

    @classmethod
    def of(cls, contexts: Sequence[Context]) -> Passages:
        """Cut each context as an article of its own, as the bench does."""
        texts, words, places = [], [], []
        for place, context in enumerate(contexts):
            text = f"{context.title}\n\n{context.text}"
            article = Article(str(place), str(place), context.title, text)
            for passage in split(article):
                texts.append(embedding_text(article, passage))
                words.append(text[passage.start : passage.end])
                places.append(place)
        return cls(tuple(texts), tuple(words), np.array(places))


def asked(data: Dataset, count: int) -> list[tuple[int, str]]:
    """Questions to tune on, with the index of each: half in words of kiji's own, at most `count`.

    Rule-made questions are left out: they repeat their context's words.
    """
    draw = random.Random(_SEED)  # noqa: S311 - a draw to repeat, not a secret
    plain: list[tuple[int, str]] = []
    said: list[tuple[int, str]] = []
    for index in sorted(set(data.training())):
        question = data.questions[index]
        if question.made:
            continue
        (said if question.worded else plain).append((index, question.text))
        said += [(index, words) for words in question.said]
    draw.shuffle(plain)
    draw.shuffle(said)
    said = said[: count // 2]
    chosen = said + plain[: count - len(said)]
    draw.shuffle(chosen)
    return chosen


def triples(
    data: Dataset, passages: Passages, vectors: NDArray[np.float32], encoder: Encodes, count: int
) -> Iterator[Triple]:
    """Triples for `count` questions; `vectors` has shape (passages, dimensions), unit rows.

    A question none of whose passages holds the whole answer is left out.
    """
    draw = random.Random(_SEED)  # noqa: S311 - a draw to repeat, not a secret
    held = np.array([context.held for context in data.contexts])[passages.contexts]
    for index, text in asked(data, count):
        question = data.questions[index]
        scores = vectors @ np.asarray(encoder.query(text), dtype=np.float32)
        own = [
            int(row)
            for row in np.flatnonzero(passages.contexts == question.context)
            if question.answer in passages.words[row]
        ]
        if not own:
            continue
        answering = max(own, key=lambda row: float(scores[row]))
        scores[held] = -1
        nearest = np.argsort(-scores)[: _NEAREST + len(own)]
        others = [
            int(row)
            for row in nearest
            if question.answer not in passages.texts[row]
            and scores[row] < scores[answering] + _TOO_NEAR
        ][:_NEAREST]
        if others:
            # The nearest are drawn most.
            other = others[int(len(others) * draw.random() ** 2)]
            yield Triple(text, passages.texts[answering], passages.texts[other])
