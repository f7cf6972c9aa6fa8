"""Copying: of the three best articles by BM25, the sentence that shares most with the question."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["bm25s==0.3.9"]
# ///

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cached_property

from bm25 import Bm25, pairs
from peer import Said, Text, serve

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_READ = 3


class BestSentence(Bm25):
    def index(self, articles: list[Text]) -> None:
        super().index(articles)
        self.__dict__.pop("_rarity", None)

    @cached_property
    def _rarity(self) -> dict[str, float]:
        held = Counter(pair for article in self.articles for pair in set(pairs(article.text)))
        return {pair: math.log(len(self.articles) / count + 1) for pair, count in held.items()}

    def ask(self, question: str) -> Said:
        asked = set(pairs(question))

        def worth(sentence: str) -> float:
            return sum(self._rarity.get(pair, 0.0) for pair in asked & set(pairs(sentence)))

        candidates = [
            (article.id, sentence)
            for article in self.best(question, _READ)
            # The title's line holds the question's words, never the answer alone.
            for sentence in _SENTENCE.findall(article.text.partition("\n")[2])
        ]
        article, sentence = max(candidates, key=lambda pair: worth(pair[1]))
        return Said(sentence, [(article, sentence)])


serve(BestSentence)
