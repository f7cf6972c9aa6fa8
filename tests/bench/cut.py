"""What the vocabulary cut costs: `python -m tests.bench.cut FOLDER MODEL_A MODEL_B`.

Dense retrieval alone, one embedding per article ("passage: " + title + newline +
text, truncated by the model at 512 tokens), against every question of three sets.
An article counts as right when it is the question's own or one of its
`alt_articles`. FOLDER holds SET_corpus.jsonl and SET_questions.jsonl.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

from retrieval.models import checksum
from tests.bench.data import SETS, Question, corpus_file, questions, records

DEPTHS = (1, 5, 10)
BLOCK = 256  # texts embedded and kept at a time

Vectors = NDArray[np.float32]


class Encoder:
    """A sentence-transformers folder that keeps what it has embedded.

    Embeddings are kept in blocks, so that a run cut short goes on where it stopped.
    """

    def __init__(self, folder: Path, cache: Path | None) -> None:
        self.folder = folder
        self._sums = checksum.measure(folder)
        self._cache = cache
        self._model: SentenceTransformer | None = None

    def embed(self, texts: list[str], prompt: str) -> Vectors:
        """Unit vectors, one row a text."""
        starts = range(0, len(texts), BLOCK)
        return np.concatenate([self._block(texts[i : i + BLOCK], prompt) for i in starts])

    def _block(self, texts: list[str], prompt: str) -> Vectors:
        kept = self._kept_as(texts, prompt)
        if kept and kept.exists():
            return np.asarray(np.load(kept), dtype=np.float32)
        if self._model is None:
            self._model = SentenceTransformer(str(self.folder), device="cpu")
        vectors = np.asarray(self._model.encode(texts, prompt_name=prompt), dtype=np.float32)
        if kept:
            np.save(kept, vectors)
        return vectors

    def _kept_as(self, texts: list[str], prompt: str) -> Path | None:
        if self._cache is None:
            return None
        key = json.dumps([self._sums, prompt, texts]).encode()
        return self._cache / f"{hashlib.sha256(key).hexdigest()[:32]}.npy"


def ranks(asked: Sequence[Question], ids: list[str], scores: Vectors) -> NDArray[np.int64]:
    """The rank (from 1) of each question's first right article; a row of scores a question."""
    row_of = {article: row for row, article in enumerate(ids)}
    best = np.empty(len(asked), dtype=np.int64)
    for row, question in enumerate(asked):
        own = max(scores[row, row_of[article]] for article in question.right)
        best[row] = 1 + int((scores[row] > own).sum())
    return best


def figures(best: NDArray[np.int64]) -> list[float]:
    """Recall at each depth and MRR@10, in percent."""
    recalls = [100 * float((best <= depth).mean()) for depth in DEPTHS]
    return [*recalls, 100 * float(np.where(best <= 10, 1 / best, 0).mean())]


def main() -> None:
    """Print a Markdown table: a row for each set and model, and the difference."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("models", type=Path, nargs=2, metavar="MODEL")
    parser.add_argument("--cache", type=Path, help="a folder that keeps embeddings between runs")
    given = parser.parse_args()
    encoders = [Encoder(folder, given.cache) for folder in given.models]
    heads = [f"Recall@{depth}" for depth in DEPTHS]
    print("| set | questions | model |", " | ".join([*heads, "MRR@10"]), "|")
    print("|---|---|---|" + "---|" * (len(DEPTHS) + 1))
    for name in SETS:
        corpus = list(records(corpus_file(given.folder, name)))
        asked = questions(given.folder, name)
        texts = [f"{article['title']}\n{article['text']}" for article in corpus]
        rows = []
        for encoder in encoders:
            passages = encoder.embed(texts, "passage")
            queries = encoder.embed([question.text for question in asked], "query")
            best = ranks(asked, [article["id"] for article in corpus], queries @ passages.T)
            rows.append(figures(best))
            shown = " | ".join(f"{value:.2f}" for value in rows[-1])
            print(f"| {name} | {len(asked):,} | {encoder.folder.name} | {shown} |", flush=True)
        change = " | ".join(f"{after - before:+.2f}" for before, after in zip(*rows, strict=True))
        print(f"| {name} | | difference | {change} |", flush=True)


if __name__ == "__main__":
    main()
