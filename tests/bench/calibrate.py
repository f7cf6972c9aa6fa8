"""Fit the reader's calibration: `python -m tests.bench calibrate FOLDER [--work DIR]`.

On questions about the forty titles of JaQuAD's training set that the reader was
never trained on, among the articles of sixty further titles: searched, read, and
each question's best span labelled right (F1 at least .5) or wrong. Each is asked
as found, with the question's article taken out, and with every passage taken out
that holds the answer; where kiji has wordings of its own, in those, too, and the
question that only seems to be answered. Each is asked among all articles and of its
article alone, as one who has a single article asks; so are the questions about kiji's
own articles, which are written as news is, half of them in English. A logistic model
over the margin and where the span's window stands among those found (`Standing`) is fitted
to the labels; what it takes from the whole of them counts only where question and text are
of one language and there were many articles to find. The threshold is the highest hundredth
that keeps 96 in 100 right answers to JaQuAD's questions and 89 in chat's words; among few
articles, 94 in each Japanese wording; where question and text are of two languages, and the
reader is less often right, 80.
Prints the `calibration` of `reader.json`.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.embedded import of_few_articles
from bot.reader import Reader, Window, standings, windows
from retrieval.models import shipped
from retrieval.models.reader_articles import FILE as OWN_ARTICLES
from retrieval.models.reader_data import held_titles
from retrieval.models.reader_questions import FILE as OWN_QUESTIONS
from retrieval.models.reader_windows import is_japanese
from retrieval.search import search
from retrieval.store import Library, StoreOptions
from retrieval.values import Article, Intent, Language, Query
from tests.bench.data import records
from tests.bench.metrics import f1
from tests.bench.recall import query_of

_OTHER_TITLES = 60
_PASSAGES = 10
_FOUND = 40
_RIGHT = 0.5
_ROUNDS = 40
# The groups of right answers that decide a threshold, and the share of each to be kept. In
# chat's words among many articles of one subject much must be refused: keeping nearly all
# there would let through nearly all that nothing answers.
_MANY = {"plain": 0.96, "japanese": 0.89}
_FEW = {"plain, alone": 0.94, "japanese, alone": 0.94, "news, alone": 0.94}
_FOREIGN = {"english": 0.8, "english, alone": 0.8}
_WORDINGS = ("plain", "japanese", "english")
_NEWS = ("news", "english news", "foreign news")

Answers = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A question's best span in one setting: what is known of it, and whether it is right.

    `setting` is "found", "absent", "deleted" or "beside"; `wording` is "plain" (JaQuAD's),
    "japanese" or "english" (kiji's own), "news" or "english news" (kiji's own about its own
    articles, in their language), "foreign news" (in the other one). `alone` says that only
    the question's article was searched, `few` that few articles' windows were found.
    """

    setting: str
    wording: str
    alone: bool
    margin: float
    behind: float
    overlap_behind: float
    ahead: float
    overlap: float
    foreign: bool
    few: bool
    right: bool


def _records(folder: Path, kind: str) -> Iterator[dict[str, Any]]:
    return records(folder / f"jaquad_train_{kind}.jsonl.gz")


def _article(record: dict[str, Any]) -> Article:
    name, title = str(record["id"]), str(record["title"])
    return Article(name, name, title, f"{title}\n\n{record['text']}")


class _Asker:
    """Searches and reads; what it gives is a best span in a setting."""

    def __init__(self, library: Library, reader: Reader) -> None:
        self._library, self._reader = library, reader

    def found(
        self, wording: str, text: str, article: str, answers: Answers, alone: bool
    ) -> Iterator[Reading]:
        """A question that is answered: as it is, and in the settings where it no longer is."""
        query = query_of(text)
        if query.intent is Intent.YESNO:
            return

        def holds(text: str) -> bool:
            return any(answer in text for answer in answers)

        hits = search(self._library, query, _FOUND, frozenset({article}) if alone else None)
        absent = [h for h in hits if h.article.id != article and not holds(h.article.text)]
        deleted = [h for h in hits if not holds(h.text)]
        for setting, some in (("found", hits), ("absent", absent), ("deleted", deleted)):
            views = [
                v for v in windows(some[:_PASSAGES]) if setting == "found" or not holds(v.text)
            ]
            yield from self._read(query, views, setting, wording, answers, alone)

    def beside(self, wording: str, text: str, article: str, alone: bool) -> Iterator[Reading]:
        """A question that nothing answers, though its article seems to."""
        query = query_of(text)
        if query.intent is not Intent.YESNO:
            only = frozenset({article}) if alone else None
            views = windows(search(self._library, query, _PASSAGES, only))
            yield from self._read(query, views, "beside", wording, (), alone)

    def _read(
        self,
        query: Query,
        views: Sequence[Window],
        setting: str,
        wording: str,
        answers: Answers,
        alone: bool,
    ) -> Iterator[Reading]:
        spans = self._reader.read(query.text, [view.text for view in views], 1)
        every = (
            (span, view, standing)
            for view, standing, some in zip(views, standings(views), spans, strict=True)
            for span in some
        )
        best = max(every, key=lambda one: (one[0].margin, one[2].behind), default=None)
        if best:
            span, view, standing = best
            words = view.text[span.start : span.end]
            yield Reading(
                setting,
                wording,
                alone,
                span.margin,
                *astuple(standing),
                foreign=(query.language is Language.JA) is not is_japanese(view.text),
                few=of_few_articles(views),
                right=setting == "found" and f1(words, answers) >= _RIGHT,
            )


def held_out(folder: Path) -> tuple[list[Article], list[dict[str, Any]]]:
    """The articles of the held-out titles and of sixty others; the questions about the former."""
    all_titles = {str(record["title"]) for record in _records(folder, "corpus")}
    held = held_titles(all_titles)
    titles = sorted(all_titles - held)
    random.Random(21).shuffle(titles)
    kept = held | set(titles[:_OTHER_TITLES])
    corpus = [_article(r) for r in _records(folder, "corpus") if r["title"] in kept]
    title_of = {article.id: article.title for article in corpus}
    asked = [r for r in _records(folder, "questions") if title_of.get(r["article"]) in held]
    return corpus, asked


def readings(folder: Path, work: Path, reader: Reader, step: int) -> list[Reading]:
    """Read every `step`-th held-out question in every setting, and all of kiji's own."""
    corpus, asked = held_out(folder)
    own = {record["id"]: record for record in records(OWN_QUESTIONS)}
    found: list[Reading] = []
    with Library.open(StoreOptions(folder=work, collection="calibration")) as library:
        library.index(corpus)
        asker = _Asker(library, reader)
        for number, record in enumerate(asked):
            article, answers = str(record["article"]), tuple(record["answers"])
            wordings = own.get(record["id"], {})
            for alone in (False, True):
                if number % step == 0:
                    found += asker.found("plain", record["question"], article, answers, alone)
                for wording in ("japanese", "english"):
                    if wording in wordings:
                        found += asker.found(wording, wordings[wording], article, answers, alone)
                for wording, key in (("japanese", "beside"), ("english", "beside_english")):
                    if key in wordings:
                        found += asker.beside(wording, wordings[key], article, alone)
    return found + _news({str(record["article"]) for record in asked}, work, reader)


def _news(held: set[str], work: Path, reader: Reader) -> list[Reading]:
    """Read kiji's own articles about what is `held` out, each alone."""
    written = [record for record in records(OWN_ARTICLES) if record["of"] in held]
    articles = [
        Article(r["of"], r["of"], r["title"], f"{r['title']}\n\n{r['text']}") for r in written
    ]
    found: list[Reading] = []
    with Library.open(StoreOptions(folder=work, collection="calibration-news")) as library:
        library.index(articles)
        asker = _Asker(library, reader)
        for record in written:
            japanese = is_japanese(record["text"])

            def wording(question: str, japanese: bool = japanese) -> str:
                if is_japanese(question) is not japanese:
                    return "foreign news"
                return "news" if japanese else "english news"

            for pair in record["qa"]:
                question = pair["q"]
                found += asker.found(
                    wording(question), question, record["of"], (pair["a"],), alone=True
                )
            for question in record["no"]:
                found += asker.beside(wording(question), question, record["of"], alone=True)
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


def _highest(p: NDArray[np.float64], kept: Sequence[tuple[NDArray[np.bool_], float]]) -> float:
    """The highest hundredth that at least the given share of each group reaches."""
    hundredths = np.arange(100) / 100
    return float(max(t for t in hundredths if all((p[g] >= t).mean() >= s for g, s in kept)))


def report(found: Sequence[Reading]) -> None:
    """Fit, choose the threshold, print both and what they give."""
    values = np.array(
        [
            [
                r.margin,
                r.behind,
                r.overlap_behind,
                0.0 if r.foreign or r.few else r.ahead,
                0.0 if r.foreign or r.few else r.overlap,
                float(r.foreign),
                float(r.few and not r.foreign),
            ]
            for r in found
        ]
    )
    labels = np.array([float(reading.right) for reading in found])
    *weights, bias = fit(values, labels)
    p = 1 / (1 + np.exp(-(values @ weights + bias)))
    settings = np.array([reading.setting for reading in found])
    asked = np.array([f"{r.wording}{', alone' * r.alone}" for r in found])
    right, unanswered = labels > 0, settings != "found"
    wordings = [
        *(f"{name}{alone}" for alone in ("", ", alone") for name in _WORDINGS),
        *(f"{name}, alone" for name in _NEWS),
    ]
    groups = {
        f"{name} {wording}": mask & (asked == wording)
        for name, mask in (("kept", right), ("refused", unanswered))
        for wording in wordings
    } | {setting: settings == setting for setting in ("absent", "deleted", "beside")}

    best, few, foreign = (
        _highest(p, [(groups[f"kept {name}"], share) for name, share in deciding.items()])
        for deciding in (_MANY, _FEW, _FOREIGN)
    )
    thresholds = (0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.5, best, few, foreign)
    print(" " * 24 + "".join(f"{threshold:6.2f}" for threshold in thresholds))
    for name, mask in groups.items():
        shares = [((p[mask] >= t) == name.startswith("kept")).mean() for t in thresholds]
        print(f"{name:24}" + "".join(f"{share:6.3f}" for share in shares) + f"  of {mask.sum()}")
    for wording in wordings:
        of = [r for r, name in zip(found, asked, strict=True) if name == wording]
        shares = [r.right for r in of if r.setting == "found"]
        print(f"best span right, {wording}: {np.mean(shares):.3f} of {len(shares)}")
    names = (
        *("margin", "behind", "overlap_behind", "ahead", "overlap", "foreign", "few", "bias"),
        *("threshold", "few_threshold", "foreign_threshold"),
    )
    fitted = [round(float(v), 4) for v in (*weights, bias, best, few, foreign)]
    print(json.dumps({"calibration": dict(zip(names, fitted, strict=True))}))


def main(arguments: Sequence[str]) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench calibrate", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--limit", type=int, default=1, metavar="N", help="every N-th question")
    parser.add_argument("--reader", type=Path, help="another reader's folder than the shipped one")
    parser.add_argument("--out", type=Path, help="a JSONL file of what was read, to fit again")
    options = parser.parse_args(arguments)
    reader = Reader(options.reader or shipped("reader"), shipped("encoder"))
    with tempfile.TemporaryDirectory() as scratch:
        found = readings(options.folder, options.work or Path(scratch), reader, options.limit)
    if options.out:
        lines = (json.dumps(asdict(reading)) + "\n" for reading in found)
        options.out.write_text("".join(lines), "utf-8")
    report(found)
