"""BM25 alone, over whole articles by pairs of characters."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["bm25s==0.3.9"]
# ///

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import bm25s
from peer import Said, System, Text, serve


def pairs(text: str) -> list[str]:
    """The pairs of neighbouring characters, folded, without white space."""
    packed = "".join(unicodedata.normalize("NFKC", text).lower().split())
    return [packed[place : place + 2] for place in range(len(packed) - 1)]


class Bm25(System):
    def __init__(self, work: Path, encoder: Path, reader: Path) -> None:
        self._file, self._work = work / "articles.json", work
        self.articles: list[Text] = []
        if self._file.exists():
            self.articles = [Text(*each) for each in json.loads(self._file.read_text("utf-8"))]
            self._bm25 = bm25s.BM25.load(str(work))

    def index(self, articles: list[Text]) -> None:
        self.articles += articles
        # It can't be added to: it is made again.
        self._bm25 = bm25s.BM25(k1=0.9, b=0.4)
        self._bm25.index([pairs(article.text) for article in self.articles], show_progress=False)
        self._bm25.save(str(self._work))
        kept = [[each.id, each.title, each.text] for each in self.articles]
        self._file.write_text(json.dumps(kept, ensure_ascii=False), "utf-8")

    def best(self, question: str, k: int) -> list[Text]:
        """The articles that share most with a question."""
        numbers, _ = self._bm25.retrieve(
            [pairs(question)], k=min(k, len(self.articles)), show_progress=False
        )
        return [self.articles[number] for number in numbers[0]]

    def find(self, question: str) -> list[str]:
        return [article.id for article in self.best(question, 10)]

    def ask(self, question: str) -> Said:
        (best,) = self.best(question, 1)
        return Said(None, [(best.id, best.text)])


if __name__ == "__main__":
    serve(Bm25)
