"""Articles written for kiji, and questions about them: JaQuAD's facts retold as news is written.

JaQuAD is an encyclopedia's Japanese, so a reader trained on it alone knows no news and no
English text. A line of `reader_articles.jsonl` retells what the context `of` of JaQuAD tells,
in words of kiji's own, and holds

title, text  the article, in Japanese or in English
qa           questions `q` with their answers `a`, which stand in the text
no           questions that the text seems to answer and does not

Questions are in either language. It holds no text of JaQuAD.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from retrieval.models.reader_data import Context, Dataset, Question, records
from retrieval.models.reader_neighbours import Neighbours
from retrieval.models.reader_windows import is_japanese

FILE = Path(__file__).with_suffix(".jsonl")

_WHY = re.compile(r"why|what (?:caused|led|made)|なぜ|なんで|何で|どうして|理由|わけ|原因", re.I)


def with_articles(data: Dataset, ids: Mapping[str, int], path: Path = FILE) -> Dataset:
    """The data with kiji's articles behind its own; `ids` gives the index of a context's id.

    An article is held out where the context that it retells is. Raises KeyError for the id of a
    context that is not there.
    """
    written = list(records(path))
    contexts = [
        Context(record["title"], record["text"], data.contexts[ids[record["of"]]].held)
        for record in written
    ]
    before = len(data.contexts)
    questions: list[Question] = []
    for japanese in (True, False):
        places = [i for i, c in enumerate(contexts) if is_japanese(c.text) is japanese]
        neighbours = Neighbours([contexts[i] for i in places])
        for place, i in enumerate(places):
            for question in _questions(written[i], place):
                near = neighbours.given(question).near
                questions.append(
                    replace(
                        question,
                        context=before + i,
                        near=tuple(before + places[other] for other in near),
                    )
                )
    return Dataset((*data.contexts, *contexts), (*data.questions, *questions))


def _questions(record: Mapping[str, Any], context: int) -> Iterator[Question]:
    """The questions of an article, each beside one in each language that it does not answer."""
    japanese = [question for question in record["no"] if is_japanese(question)]
    english = [question for question in record["no"] if not is_japanese(question)]
    for number, pair in enumerate(record["qa"]):
        yield Question(
            pair["q"],
            (pair["a"],),
            "why" if _WHY.search(pair["q"]) else "other",
            context,
            beside=_in_turn(japanese, number),
            beside_english=_in_turn(english, number),
            seen=(0, len(record["text"])),
            worded=True,
        )


def _in_turn(questions: Sequence[str], number: int) -> str | None:
    return questions[number % len(questions)] if questions else None
