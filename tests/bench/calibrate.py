"""Fit the reader's calibration: `python -m tests.bench calibrate FOLDER [--work DIR]`.

On questions about the forty titles of JaQuAD's training set that the reader was
never trained on, among the articles of sixty further titles: searched, read, and
each question's best span labelled right (F1 at least .5) or wrong; once as found,
once with the question's article taken out, once with every passage taken out
that holds the answer. A logistic model over the margin and how far the search
score lies behind the best one is fitted to the labels; the threshold is the one with
the best mean of right answers kept and unanswerable questions refused. Prints the
`calibration` of `reader.json`.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.reader import Reader, windows
from retrieval.models import shipped
from retrieval.models.reader_data import held_titles
from retrieval.search import search
from retrieval.store import Library, StoreOptions
from retrieval.values import Article, Hit, Intent
from tests.bench.data import records
from tests.bench.metrics import f1
from tests.bench.recall import query_of

_OTHER_TITLES = 60
_PASSAGES = 10
_FOUND = 40
_RIGHT = 0.5
_ROUNDS = 40


@dataclass(frozen=True, slots=True)
class Reading:
    """A question's best span in one setting: what is known of it, and whether it is right."""

    setting: str
    margin: float
    behind: float
    right: bool


def _records(folder: Path, kind: str) -> Iterator[dict[str, Any]]:
    return records(folder / f"jaquad_train_{kind}.jsonl.gz")


def _article(record: dict[str, Any]) -> Article:
    name, title = str(record["id"]), str(record["title"])
    return Article(name, name, title, f"{title}\n\n{record['text']}")


def _settings(
    hits: Sequence[Hit], article: str, answers: Sequence[str]
) -> Iterator[tuple[str, Sequence[Hit]]]:
    """The hits as found, without the question's article, and without what holds the answer."""

    def holds(text: str) -> bool:
        return any(answer in text for answer in answers)

    yield "found", hits[:_PASSAGES]
    absent = [h for h in hits if h.article.id != article and not holds(h.article.text)]
    yield "absent", absent[:_PASSAGES]
    yield "deleted", [h for h in hits if not holds(h.text)][:_PASSAGES]


def readings(folder: Path, work: Path, reader: Reader, step: int) -> list[Reading]:
    """Read every `step`-th held-out question in every setting."""
    all_titles = {str(record["title"]) for record in _records(folder, "corpus")}
    held = held_titles(all_titles)
    titles = sorted(all_titles - held)
    random.Random(21).shuffle(titles)
    kept = held | set(titles[:_OTHER_TITLES])
    corpus = [_article(r) for r in _records(folder, "corpus") if r["title"] in kept]
    title_of = {article.id: article.title for article in corpus}
    found = []
    with Library.open(StoreOptions(folder=work, collection="calibration")) as library:
        library.index(corpus)
        asked = [r for r in _records(folder, "questions") if title_of.get(r["article"]) in held]
        for record in asked[::step]:
            article = str(record["article"])
            query = query_of(str(record["question"]))
            answers = list(record["answers"])
            if query.intent is Intent.YESNO:
                continue
            hits = search(library, query, _FOUND)
            for setting, some in _settings(hits, article, answers):
                views = [
                    view
                    for view in windows(some)
                    if setting == "found" or not any(answer in view.text for answer in answers)
                ]
                spans = reader.read(query.text, [view.text for view in views], 1)
                top = max((view.score for view in views), default=0.0)
                best = max(
                    (
                        (span.margin, top - view.score, view.text[span.start : span.end])
                        for view, few in zip(views, spans, strict=True)
                        for span in few
                    ),
                    default=None,
                )
                if best:
                    margin, behind, words = best
                    right = setting == "found" and f1(words, answers) >= _RIGHT
                    found.append(Reading(setting, margin, behind, right))
    return found


def fit(values: NDArray[np.float64], labels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logistic regression by Newton's method: (n, d) values give d weights and the constant."""
    x = np.c_[values, np.ones(len(values))]
    weights = np.zeros(x.shape[1])
    for _ in range(_ROUNDS):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (labels - p) - 1e-3 * weights
        curve = (x * (p * (1 - p))[:, None]).T @ x + 1e-3 * np.eye(x.shape[1])
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def report(found: Sequence[Reading]) -> None:
    """Fit, choose the threshold, print both and what they give."""
    values = np.array([[reading.margin, reading.behind] for reading in found])
    labels = np.array([float(reading.right) for reading in found])
    margin, behind, bias = fit(values, labels)
    p = 1 / (1 + np.exp(-(values @ [margin, behind] + bias)))
    setting = np.array([reading.setting for reading in found])
    right = labels > 0

    def outcome(threshold: float) -> tuple[float, float, float]:
        return (
            float((p[right] >= threshold).mean()),
            float((p[setting == "absent"] < threshold).mean()),
            float((p[setting == "deleted"] < threshold).mean()),
        )

    def mean(threshold: float) -> float:
        kept, absent, deleted = outcome(threshold)
        return kept + (absent + deleted) / 2

    grid = np.linspace(0.02, 0.9, 89)
    best = float(max(grid, key=mean))
    print("threshold  kept  absent refused  deleted refused")
    for threshold in (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, best):
        print(f"{threshold:9.2f}  " + "  ".join(f"{v:.3f}" for v in outcome(threshold)))
    names = ("margin", "behind", "bias", "threshold")
    fitted = [round(float(v), 4) for v in (margin, behind, bias, best)]
    print(json.dumps({"calibration": dict(zip(names, fitted, strict=True))}))


def main(arguments: Sequence[str]) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench calibrate", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--limit", type=int, default=1, metavar="N", help="every N-th question")
    parser.add_argument("--reader", type=Path, help="another reader's folder than the shipped one")
    options = parser.parse_args(arguments)
    reader = Reader(options.reader or shipped("reader"), shipped("encoder"))
    with tempfile.TemporaryDirectory() as scratch:
        report(readings(options.folder, options.work or Path(scratch), reader, options.limit))
