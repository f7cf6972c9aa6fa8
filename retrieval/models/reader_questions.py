"""Questions written for kiji about JaQuAD's contexts: in chat's words, in English, and unanswered.

Those who wrote JaQuAD's questions looked at the text and took its words. A line of
`reader_questions.jsonl` belongs to the question `id` of JaQuAD and holds, each where it
could be written,

japanese  a question with the same answer, as one would ask it in chat
english   the same in English
beside    a question that the text seems to answer and does not
beside_english  one in English
seen      the characters of the context that its writer saw: they answer neither of these
why       a question why, whose answer are the context's characters `cause`

It holds no text of JaQuAD.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from retrieval.models.reader_data import Dataset, Question, records

FILE = Path(__file__).with_suffix(".jsonl")


def with_questions(data: Dataset, ids: Mapping[str, int], path: Path = FILE) -> Dataset:
    """The data with kiji's questions beside its own; `ids` gives the index of a question's id.

    Raises KeyError for the id of a question that is not there.
    """
    questions = list(data.questions)
    whys: list[Question] = []
    for record in records(path):
        index = ids[record["id"]]
        question = questions[index]
        questions[index] = replace(
            question,
            said=tuple(record[key] for key in ("japanese", "english") if key in record),
            beside=record.get("beside"),
            beside_english=record.get("beside_english"),
            seen=tuple(record["seen"]),
        )
        whys += _why(data, question, record)
    return replace(data, questions=(*questions, *whys))


def _why(data: Dataset, question: Question, record: Mapping[str, Any]) -> Iterator[Question]:
    if "why" in record:
        start, end = record["cause"]
        cause = data.contexts[question.context].text[start:end]
        yield Question(record["why"], (cause,), "why", question.context, worded=True)
