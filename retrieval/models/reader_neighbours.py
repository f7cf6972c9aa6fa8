"""Contexts that look like the answer's and are not: BM25 over character bigrams.

BM25 as in Robertson & Zaragoza 2009, with the k1 and b of Anserini. Bigrams need no
dictionary, and on questions that share words with their context they are hard to beat.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from retrieval.models.reader_data import Context, Question

_K1, _B = 0.9, 0.4
_LOOKED_AT, _KEPT = 30, 12
_SPACE = re.compile(r"\s+")


class Neighbours:
    """An index of contexts: title and text, by character bigrams."""

    def __init__(self, contexts: Sequence[Context]) -> None:
        self._contexts = contexts
        counts = [Counter(_bigrams(f"{c.title}\n{c.text}")) for c in contexts]
        sizes = np.array([count.total() for count in counts], dtype=np.float64)
        rows: dict[str, list[int]] = {}
        uses: dict[str, list[int]] = {}
        for row, count in enumerate(counts):
            for gram, times in count.items():
                rows.setdefault(gram, []).append(row)
                uses.setdefault(gram, []).append(times)
        norm = _K1 * (1 - _B + _B * sizes / sizes.mean())
        self._postings: dict[str, tuple[NDArray[np.int64], NDArray[np.float32]]] = {}
        for gram, found in rows.items():
            at, times_there = np.array(found), np.array(uses[gram], dtype=np.float64)
            rarity = np.log(1 + (len(contexts) - len(at) + 0.5) / (len(at) + 0.5))
            weight = rarity * times_there * (_K1 + 1) / (times_there + norm[at])
            self._postings[gram] = at, weight.astype(np.float32)

    def nearest(self, text: str, count: int = _LOOKED_AT) -> list[int]:
        """The `count` contexts nearest to a text, by index, nearest first."""
        scores = np.zeros(len(self._contexts), dtype=np.float32)
        for gram in sorted(set(_bigrams(text)) & self._postings.keys()):
            at, weight = self._postings[gram]
            scores[at] += weight
        if count < len(scores):
            top = np.argpartition(-scores, count)[:count]
        else:
            top = np.arange(len(scores))
        return [int(i) for i in top[np.argsort(-scores[top])]]

    def given(self, question: Question) -> Question:
        """The question with its neighbours: other contexts, without the answer in text or title."""
        near = [
            i
            for i in self.nearest(question.text)
            if i != question.context
            and question.answer not in self._contexts[i].text
            and question.answer not in self._contexts[i].title
        ]
        return replace(question, near=tuple(near[:_KEPT]))


def _bigrams(text: str) -> list[str]:
    folded = _SPACE.sub("", unicodedata.normalize("NFKC", text).lower())
    return [folded[i : i + 2] for i in range(len(folded) - 1)]
