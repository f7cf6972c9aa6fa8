"""What search finds: `python -m tests.bench recall FOLDER [--sets …] [--work DIR]`.

Recall@1/5/10 and MRR@10 by article, over distinct articles, for the lexical part
alone, the dense part alone, both fused as kiji searches, and the plain LangChain
quickstart with the same encoder; then a paired bootstrap of the fused search
against each of the others. `--work` keeps the indexes, so that a second run is quick.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.understand import Social, understand
from retrieval.load import load
from retrieval.models import adapter
from retrieval.search import CANDIDATES, search
from retrieval.store import Library, StoreOptions
from retrieval.store.lexical import tokens
from retrieval.values import Intent, Language, Query
from tests.bench.data import SETS, Question, corpus_file, questions
from tests.bench.metrics import bootstrap, rank, recall_at, reciprocal
from tests.bench.quickstart import Quickstart

ASKED = datetime(2026, 1, 1, tzinfo=UTC)
_TYPES = ("who", "when", "why")


def query_of(text: str) -> Query:
    """The query that kiji makes of a question."""
    understood = understand(text, (), ASKED)
    if isinstance(understood, Social):
        return Query(text, text, Intent.OTHER, Language.JA, ASKED)
    return understood


def by_article(library: Library, rows: Sequence[tuple[int, float]]) -> list[str]:
    """The articles of passages, by id, each at its first passage."""
    passages = library.passages([row for row, _ in rows])
    return list(dict.fromkeys(passages[row].article_id for row, _ in rows if row in passages))


def _ways(library: Library, quickstart: Quickstart) -> dict[str, Callable[[str], Sequence[str]]]:
    def lexical(text: str) -> Sequence[str]:
        return by_article(library, library.lexical(tokens(text), CANDIDATES))

    def dense(text: str) -> Sequence[str]:
        return by_article(library, library.dense(library.embedder.query(text), CANDIDATES))

    def fused(text: str) -> Sequence[str]:
        hits = search(library, query_of(text), CANDIDATES)
        return list(dict.fromkeys(hit.article.id for hit in hits))

    return {
        "lexical": lexical,
        "dense": dense,
        "fused": fused,
        "quickstart": quickstart.search,
    }


def _row(name: str, asked: list[Question], ranks: list[int | None]) -> str:
    cells = [f"{name:<11}"]
    for k in (1, 5, 10):
        cells.append(f"{recall_at(ranks, k).mean():.4f}")
    cells.append(f"{reciprocal(ranks).mean():.4f}")
    for qtype in _TYPES:
        kept = [
            place for place, question in zip(ranks, asked, strict=True) if question.qtype == qtype
        ]
        cells.append(f"{recall_at(kept, 1).mean():.3f}/{reciprocal(kept).mean():.3f}")
    return "  ".join(cells)


def measure(folder: Path, name: str, work: Path, model: str = "") -> None:
    """Index one set, ask all its questions every way, print the table."""
    asked = questions(folder, name)
    articles = list(load(str(corpus_file(folder, name))))
    store = StoreOptions(folder=work / "kiji", collection=name, embedding_model=model)
    with Library.open(store) as library:
        library.index(articles)
        quickstart = Quickstart(work / f"quickstart-{name}", adapter.whole(work / "encoder"))
        quickstart.index(articles)
        print(f"\n{name}: {len(articles)} articles, {len(asked)} questions")
        print("way          R@1     R@5     R@10    MRR@10  who/when/why: R@1/MRR")
        ranks = {}
        for way, find in _ways(library, quickstart).items():
            ranks[way] = [rank(find(question.text)[:10], question.right) for question in asked]
            print(_row(way, asked, ranks[way]), flush=True)
        for way in ("lexical", "dense", "quickstart"):
            for label, figure in (("R@1", lambda r: recall_at(r, 1)), ("MRR", reciprocal)):
                mean, low, high = bootstrap(figure(ranks["fused"]), figure(ranks[way]))
                print(f"fused - {way} {label}: {mean:+.4f} [{low:+.4f}, {high:+.4f}]")


def main(arguments: Sequence[str]) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench recall", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sets", nargs="+", default=SETS, choices=SETS)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--model", default="", help="another encoder for kiji's own rows")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        for name in options.sets:
            measure(options.folder, name, options.work or Path(scratch), options.model)
