"""English questions to Japanese passages: `python -m tests.bench english FOLDER [--model …]`.

The questions are kiji's own (`retrieval/models/reader_questions.jsonl`) about the forty
titles of JaQuAD's training set that nothing is trained on, each in three wordings: JaQuAD's,
kiji's Japanese and kiji's English. They are asked among the articles of those titles and of
sixty others. Prints recall and MRR by article, dense alone and fused as kiji searches.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from retrieval.models.reader_questions import FILE
from retrieval.search import CANDIDATES, search
from retrieval.store import Library, StoreOptions
from tests.bench.calibrate import held_out
from tests.bench.data import records
from tests.bench.metrics import rank, recall_at, reciprocal
from tests.bench.recall import by_article, query_of

_WORDINGS = ("plain", "japanese", "english")


def measure(library: Library, folder: Path) -> None:
    """Index, ask in every wording, print a row for each and way."""
    corpus, asked = held_out(folder)
    library.index(corpus)
    own = {record["id"]: record for record in records(FILE)}
    several = [
        (own[r["id"]] | {"plain": r["question"]}, {r["article"]}) for r in asked if r["id"] in own
    ]
    several = [(words, right) for words, right in several if "english" in words]
    print(f"{len(corpus)} articles, {len(several)} questions")
    print("wording   way    R@1    R@5    MRR@10")
    for wording in _WORDINGS:
        places: dict[str, list[int | None]] = {"dense": [], "fused": []}
        for words, right in several:
            vector = library.embedder.query(words[wording])
            dense = by_article(library, library.dense(vector, CANDIDATES))
            hits = search(library, query_of(words[wording]), CANDIDATES)
            fused = list(dict.fromkeys(hit.article.id for hit in hits))
            places["dense"].append(rank(dense[:10], right))
            places["fused"].append(rank(fused[:10], right))
        for way, ranks in places.items():
            figures = (recall_at(ranks, 1), recall_at(ranks, 5), reciprocal(ranks))
            shown = "  ".join(f"{figure.mean():.3f}" for figure in figures)
            print(f"{wording:<9} {way}  {shown}", flush=True)


def main(arguments: Sequence[str]) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench english", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--work", type=Path, help="keeps the index")
    parser.add_argument("--model", default="", help="another encoder than the shipped one")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        store = StoreOptions(
            folder=options.work or Path(scratch),
            collection="calibration",
            embedding_model=options.model,
        )
        with Library.open(store) as library:
            measure(library, options.folder)
