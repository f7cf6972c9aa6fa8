"""What is answered: `python -m tests.bench answers FOLDER [--sets …] [--work DIR] [--limit N]`.

Each question is put in four settings; F1 and EM are taken on `short`, over all questions:

reading  the question's own article alone, never refused: the reader by itself
whole    found in the whole set, read and verified as a person would get it
absent   the same without the question's articles and every article that holds the
         words of an accepted answer: refused, or not
deleted  the same without every passage that holds an accepted answer's words,
         the article still there: refused, or not

`kept` is the share of the right answers (F1 at least .5 when nothing is refused)
that the threshold lets through. Yes/no questions are answered by another part, and
are not among the three last. Times are of the setting "whole", search and all.
`--limit` takes every n-th question, for a quick look; `--answerable` leaves out the two
last settings, which take half of the time; `--out` writes what was answered, `--memory`
keeps what was read, so that another calibration of the same weights is measured sooner
(the times then are not a user's).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from bot.embedded import EmbeddedEngine, Reading
from bot.reader import Reader, Span
from bot.values import Draft
from bot.verify import verify
from retrieval.load import load
from retrieval.models import shipped
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
_RIGHT = 0.5


class RememberingReader(Reader):
    """A reader that reads a window once for a question, however many settings show it.

    With `memory`, a SQLite file, not even in the next run of the same weights.
    """

    def __init__(
        self, folder: Path, encoder: Path, threads: int = 0, memory: Path | None = None
    ) -> None:
        super().__init__(folder, encoder, threads)
        self._seen = sqlite3.connect(memory or ":memory:", isolation_level=None)
        self._seen.execute("PRAGMA synchronous = OFF")
        self._seen.execute("CREATE TABLE IF NOT EXISTS spans (key BLOB PRIMARY KEY, spans TEXT)")
        self._weights = hashlib.sha256((folder / "model.onnx").read_bytes()).digest()

    def read(self, question: str, texts: Sequence[str], count: int) -> list[list[Span]]:
        """As the reader reads."""
        keys = [self._key(question, text, count) for text in texts]
        found = {key: self._remembered(key) for key in keys}
        new = {key: text for key, text in zip(keys, texts, strict=True) if found[key] is None}
        if new:
            read = super().read(question, list(new.values()), count)
            for key, spans in zip(new, read, strict=True):
                found[key] = spans
                kept = json.dumps([[span.start, span.end, span.margin] for span in spans])
                self._seen.execute("INSERT OR REPLACE INTO spans VALUES (?, ?)", (key, kept))
        return [found[key] or [] for key in keys]

    def _key(self, question: str, text: str, count: int) -> bytes:
        said = f"{question}\0{text}\0{count}".encode()
        return hashlib.sha256(self._weights + said).digest()[:16]

    def _remembered(self, key: bytes) -> list[Span] | None:
        row = self._seen.execute("SELECT spans FROM spans WHERE key = ?", (key,)).fetchone()
        return None if row is None else [Span(*values) for values in json.loads(row[0])]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question's answers; "" where refused, None in settings that do not count for it."""

    id: str
    question: str
    answers: tuple[str, ...]
    qtype: str
    reading: str
    whole: str
    unrefused: str | None
    absent: str | None
    deleted: str | None
    seconds: float

    @property
    def right(self) -> bool:
        """Whether what was found answers, were nothing refused."""
        return self.unrefused is not None and f1(self.unrefused, self.answers) >= _RIGHT


def _short(draft: Draft, hits: Sequence[Hit]) -> str:
    """The short answer that would be shown, "" when refused."""
    return "、".join(dict.fromkeys(passed.draft.short for passed in verify(draft, hits)))


def _best(readings: Sequence[Reading]) -> str:
    """The best span whatever its probability; what the reader says when it may not refuse."""
    return readings[0].words if readings else ""


def _ask(engine: EmbeddedEngine, library: Library, question: Question, refusals: bool) -> Outcome:
    query: Query = query_of(question.text)
    begun = time.perf_counter()
    hits = search(library, query, _PASSAGES)
    whole = _short(engine.draft(query, hits), hits)
    seconds = time.perf_counter() - begun

    def holds(text: str) -> bool:
        return any(answer in text for answer in question.answers)

    def without(kept: Callable[[Hit], bool]) -> str:
        some = [hit for hit in wide if kept(hit)][:_PASSAGES]
        # The sentence before a passage is read with it, and may hold the answer.
        readings = [r for r in engine.readings(query, some) if not holds(r.window.text)]
        return _short(engine.proposed(query, readings), some)

    unrefused = absent = deleted = None
    if query.intent is not Intent.YESNO:
        unrefused = _best(engine.readings(query, hits))
    if refusals and query.intent is not Intent.YESNO:
        wide = search(library, query, _FOUND)
        absent = without(
            lambda hit: hit.article.id not in question.right and not holds(hit.article.text)
        )
        deleted = without(lambda hit: not holds(hit.text))
    article = library.article(question.article)
    own = [Hit(passage, article, 0.8) for passage in split(article)]
    reading = _best(engine.readings(query, own))
    return Outcome(
        question.id,
        question.text,
        question.answers,
        question.qtype,
        reading,
        whole,
        unrefused,
        absent,
        deleted,
        round(seconds, 4),
    )


def outcomes(
    engine: EmbeddedEngine, folder: Path, name: str, work: Path, step: int, refusals: bool
) -> Iterator[Outcome]:
    """Ask every `step`-th question of one set."""
    with Library.open(StoreOptions(folder=work / "kiji", collection=name)) as library:
        library.index(load(str(corpus_file(folder, name))))
        library.warm_up()
        for question in questions(folder, name)[::step]:
            yield _ask(engine, library, question, refusals)


def _row(found: Sequence[Outcome], said: Callable[[Outcome], str]) -> str:
    """F1/EM over all, and of who, when and why."""
    cells = []
    for kind in ("all", *_TYPES):
        some = [o for o in found if kind in ("all", o.qtype)]
        score = np.mean([f1(said(o), o.answers) for o in some] or [0])
        match = np.mean([exact_match(said(o), o.answers) for o in some] or [0])
        cells.append(f"{kind} {score:.3f}/{match:.3f}")
    return "  ".join(cells)


def _share(of: Sequence[bool]) -> str:
    return f"{np.mean(of or [False]):.3f}"


def report(name: str, found: Sequence[Outcome]) -> None:
    """Print the rows of one set."""
    counted = [o for o in found if o.unrefused is not None]
    seconds = [o.seconds for o in found]
    print(f"\n{name}: {len(found)} questions, F1/EM")
    print(f"reading  {_row(found, lambda o: o.reading)}")
    print(f"whole    {_row(found, lambda o: o.whole)}")
    print(f"right answers kept       {_share([o.whole != '' for o in counted if o.right])}")
    if any(o.absent is not None for o in counted):
        print(f"refused, article absent  {_share([o.absent == '' for o in counted])}")
        print(f"refused, answer deleted  {_share([o.deleted == '' for o in counted])}")
    p50, p95 = np.percentile(seconds, [50, 95])
    print(f"seconds  p50 {p50:.3f}  p95 {p95:.3f}", flush=True)


def main(arguments: Sequence[str]) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench answers", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sets", nargs="+", default=SETS, choices=SETS)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--limit", type=int, default=1, metavar="N")
    parser.add_argument("--reader", type=Path, help="the reader's folder (the shipped one)")
    parser.add_argument("--answerable", action="store_true", help="without the last settings")
    parser.add_argument("--threads", type=int, default=0, help="for reading (0: all cores)")
    parser.add_argument("--memory", type=Path, help="a SQLite file of what was read")
    parser.add_argument("--out", type=Path, help="a JSONL file to write")
    options = parser.parse_args(arguments)
    reader = options.reader or shipped("reader")
    engine = EmbeddedEngine(
        RememberingReader(reader, shipped("encoder"), options.threads, options.memory)
    )
    engine.warm_up()
    refusals = not options.answerable
    with (
        tempfile.TemporaryDirectory() as scratch,
        options.out.open("w", encoding="utf-8") if options.out else nullcontext() as out,
    ):
        for name in options.sets:
            work = options.work or Path(scratch)
            found = []
            asked = outcomes(engine, options.folder, name, work, options.limit, refusals)
            for outcome in asked:
                found.append(outcome)
                if out:
                    out.write(json.dumps(asdict(outcome), ensure_ascii=False) + "\n")
            report(name, found)
