"""kiji's own rows of the table in small: 200 questions among the articles of a part of each set.

The floors stand a margin below what was measured when they were set, so that a worse
model, search or threshold is seen. The whole table is `make bench`.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.chain import Kiji
from bot.embedded import embedded_engine
from bot.evaluate import Figures, Measure
from bot.evaluate import Question as Asked
from bot.evaluate.figures import figures
from retrieval.load import load
from retrieval.search import search
from retrieval.store import Library, StoreOptions
from tests.bench.data import Question, corpus_file, evenly, questions
from tests.bench.heldout import fewer, parts
from tests.bench.recall import ASKED, query_of

pytestmark = [pytest.mark.bench, pytest.mark.models, pytest.mark.slow]

# Questions of each set, and articles they are asked among.
SIZES = {"jsquad": (80, 60), "jaquad": (80, 50), "wikinews": (40, 45)}
# Neighbours ask about the same article, so that fewer have to be embedded.
_BLOCK = 10
_UNANSWERABLE = 10
# recall_1, recall_5, f1, exact, citations, refused
FLOORS = {
    "jsquad": (0.92, 0.97, 0.64, 0.54, 0.87, 0.7),
    "jaquad": (0.92, 0.97, 0.68, 0.58, 0.87, 0.7),
    "wikinews": (0.92, 0.97, 0.64, 0.5, 0.87, 0.7),
}


def _blocks(asked: list[Question], limit: int) -> list[Question]:
    """So many questions, in blocks of neighbours that stand evenly over all.

    Only of those that one article answers, for the others need many more of them.
    """
    asked = [each for each in asked if not each.also]
    starts = evenly(asked[:-_BLOCK], limit // _BLOCK)
    return [each for start in starts for each in asked[asked.index(start) :][:_BLOCK]]


@pytest.fixture(scope="module")
def measured(bench_folder, tmp_path_factory) -> Iterator[dict[str, Figures]]:
    engine = embedded_engine()
    work = tmp_path_factory.mktemp("bench")
    found = {}
    for name, (limit, most) in SIZES.items():
        asked = _blocks(questions(bench_folder, name), limit)
        articles = fewer(list(load(str(corpus_file(bench_folder, name)))), asked, most)
        split = parts(articles, asked)
        with Library.open(StoreOptions(folder=work, collection=name)) as library:
            measure = Measure(
                Kiji(library, engine),
                library,
                lambda text, _, k, library=library: search(library, query_of(text), k),
                ASKED,
            )
            library.index(split.first)
            outcomes = [
                measure(Asked(q.id, q.text, ())) for q in split.unanswerable[:_UNANSWERABLE]
            ]
            library.index(split.second)
            outcomes += [measure(Asked(q.id, q.text, q.answers, q.right, q.qtype)) for q in asked]
        found[name] = figures(outcomes)
    return found


def test_two_hundred_questions_were_asked(measured):
    assert sum(each.questions - each.unanswerable for each in measured.values()) == 200
    assert all(each.unanswerable for each in measured.values())


@pytest.mark.parametrize("name", FLOORS)
def test_kiji_is_not_below_its_floors(measured, name):
    each = measured[name]
    got = (
        each.recall_1, each.recall_5, each.f1, each.exact, each.citations, each.refused,
    )  # fmt: skip
    print(name, [round(value, 3) for value in got])
    assert all(value >= floor for value, floor in zip(got, FLOORS[name], strict=True)), got
