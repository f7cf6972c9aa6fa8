"""What is answered: `python -m tests.bench answers FOLDER [--sets …] [--work DIR] [--limit N]`.

Three readings of each set, F1 and EM on `short`, over all its questions:

reading  the question's own article alone, never refused: the reader by itself
whole    found in the whole set, read and verified as a person would get it
absent   the same with the question's articles (and every article that holds an
         accepted answer's words) taken out of what was found: refused, or not

`kept` is the share of the right answers (F1 at least .5 when nothing is refused)
that the threshold lets through. `--limit` takes every n-th question, for a quick look.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bot.embedded import EmbeddedEngine, embedded_engine
from bot.verify import verify
from retrieval.load import load
from retrieval.search import search
from retrieval.split import split
from retrieval.store import Library, StoreOptions
from retrieval.values import Hit, Intent, Query
from tests.bench.data import SETS, Question, corpus_file, questions
from tests.bench.metrics import exact_match, f1
from tests.bench.recall import query_of

_TYPES = ("who", "when", "why")
_PASSAGES = 10
_FOUND = 40


@dataclass
class Tally:
    """F1 and EM by question type, and what was refused."""

    f1: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    em: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, question: Question, short: str) -> float:
        """Count an answer; gives its F1."""
        score = f1(short, question.answers)
        match = exact_match(short, question.answers)
        for kind in ("all", question.qtype):
            self.f1[kind].append(score)
            self.em[kind].append(match)
        return score

    def row(self) -> str:
        """F1/EM over all, and of who, when and why."""
        kinds = ("all", *_TYPES)
        return "  ".join(
            f"{kind} {np.mean(self.f1[kind] or [0]):.3f}/{np.mean(self.em[kind] or [0]):.3f}"
            for kind in kinds
        )


def _short(engine: EmbeddedEngine, query: Query, hits: Sequence[Hit]) -> str:
    """The short answer that would be shown, "" when refused."""
    shown = [passed.draft.short for passed in verify(engine.draft(query, hits), hits)]
    return "、".join(dict.fromkeys(shown))


def _unrefused(engine: EmbeddedEngine, query: Query, hits: Sequence[Hit]) -> str:
    """The best span whatever its probability; what the reader says when it may not refuse."""
    best = engine.readings(query, hits)[:1]
    return best[0].words if best else ""


def measure(folder: Path, name: str, work: Path, step: int) -> None:
    """Ask one set's questions and print its rows."""
    asked = questions(folder, name)[::step]
    engine = embedded_engine()
    with Library.open(StoreOptions(folder=work / "kiji", collection=name)) as library:
        library.index(load(str(corpus_file(folder, name))))
        reading, whole = Tally(), Tally()
        right = kept = absent = refused = 0
        seconds = []
        for question in asked:
            query = query_of(question.text)
            article = library.article(question.article)
            own = [Hit(passage, article, 0.8) for passage in split(article)]
            reading.add(question, _unrefused(engine, query, own))
            begun = time.perf_counter()
            hits = search(library, query, _PASSAGES)
            short = _short(engine, query, hits)
            seconds.append(time.perf_counter() - begun)
            score = whole.add(question, short)
            if query.intent is Intent.YESNO:
                continue
            if f1(_unrefused(engine, query, hits), question.answers) >= 0.5:
                right += 1
                kept += short != "" and score > 0
            elsewhere = [
                hit
                for hit in search(library, query, _FOUND)
                if hit.article.id not in question.right
                and not any(answer in hit.article.text for answer in question.answers)
            ][:_PASSAGES]
            absent += 1
            refused += _short(engine, query, elsewhere) == ""
    print(f"\n{name}: {len(asked)} questions, F1/EM")
    print(f"reading  {reading.row()}")
    print(f"whole    {whole.row()}")
    print(f"refused when the article is absent {refused / max(absent, 1):.3f}", end=", ")
    print(f"right answers kept {kept / max(right, 1):.3f}")
    print(
        f"seconds  p50 {np.median(seconds):.3f}  p95 {np.percentile(seconds, 95):.3f}", flush=True
    )


def main(arguments: Sequence[str]) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench answers", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sets", nargs="+", default=SETS, choices=SETS)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--limit", type=int, default=1, metavar="N")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        for name in options.sets:
            measure(options.folder, name, options.work or Path(scratch), options.limit)
