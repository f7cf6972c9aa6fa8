"""What the reader is trained on: contexts and questions, as they are read and as they are kept.

Read from a bench folder in the form of JaQuAD (So et al. 2022): `jaquad_train_corpus.jsonl.gz`
with `id, title, text`, and `jaquad_train_questions.jsonl.gz` with `question, answers, qtype,
article`. Kept as `contexts.jsonl` and `questions.jsonl` of the dataclasses below.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

_HELD_TITLES, _HELD_SEED = 40, 7
_WORDED = 0.45


@dataclass(frozen=True, slots=True)
class Context:
    """A stretch of an article; `held` contexts only measure, their titles are never trained on."""

    title: str
    text: str
    held: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question whose first answer stands in its context.

    `context` and `near` are indices of contexts: its own, and those that share
    most words with it without holding the answer, the most misleading first. `kind` is "who",
    "when", "where", "why", "how", "what" or "other". `english` says the same,
    word by word; `made` questions come from a rule, not from a person. `said` are
    other wordings, Japanese and English, and `beside` and `beside_english` are questions
    that the context's characters `seen` seem to answer and do not: all written for kiji
    (`reader_questions`), as was the whole question where `worded` says so.
    """

    text: str
    answers: tuple[str, ...]
    kind: str
    context: int
    near: tuple[int, ...] = ()
    english: str | None = None
    made: bool = False
    said: tuple[str, ...] = ()
    beside: str | None = None
    beside_english: str | None = None
    seen: tuple[int, int] = (0, 0)
    worded: bool = False

    @property
    def answer(self) -> str:
        """The answer that is trained on."""
        return self.answers[0]


@dataclass(frozen=True, slots=True)
class Dataset:
    """Contexts, and questions about them."""

    contexts: tuple[Context, ...]
    questions: tuple[Question, ...]

    def training(self) -> list[int]:
        """The questions to train on, by index.

        Those of people that ask why stand twice; those with words of kiji's own as often as
        makes them `_WORDED` of all.
        """
        indices = [
            i
            for i, question in enumerate(self.questions)
            if not self.contexts[question.context].held
        ]
        rare = [
            i for i in indices if self.questions[i].kind == "why" and not self.questions[i].made
        ]
        worded = [i for i in indices if self.questions[i].said or self.questions[i].worded]
        plain = len(indices) + len(rare) - len(worded)
        times = round(plain * _WORDED / (1 - _WORDED) / len(worded)) if worded else 1
        return indices + rare + max(0, times - 1) * worded

    def held_out(self) -> list[int]:
        """The questions to measure on, by index: people's, about held contexts."""
        return [
            i
            for i, question in enumerate(self.questions)
            if not (question.made or question.worded) and self.contexts[question.context].held
        ]

    def save(self, folder: Path) -> None:
        """Write the two files into a folder, which is made when it is not there."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, records in (("contexts", self.contexts), ("questions", self.questions)):
            lines = (json.dumps(asdict(record), ensure_ascii=False) + "\n" for record in records)
            with (folder / f"{name}.jsonl").open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(lines)

    @classmethod
    def load(cls, folder: Path) -> Dataset:
        """Read what `save` wrote."""
        contexts = tuple(Context(**record) for record in records(folder / "contexts.jsonl"))
        questions = tuple(
            Question(
                **record | {key: tuple(record[key]) for key in ("answers", "near", "said", "seen")}
            )
            for record in records(folder / "questions.jsonl")
        )
        return cls(contexts, questions)


def read_bench(folder: Path) -> Dataset:
    """The training split in a bench folder, forty of its titles held out."""
    corpus = list(records(folder / "jaquad_train_corpus.jsonl.gz"))
    place = {record["id"]: i for i, record in enumerate(corpus)}
    held = held_titles(record["title"] for record in corpus)
    return Dataset(
        tuple(
            Context(record["title"], record["text"], record["title"] in held) for record in corpus
        ),
        tuple(
            Question(
                record["question"],
                tuple(record["answers"]),
                record["qtype"],
                place[record["article"]],
            )
            for record in records(folder / "jaquad_train_questions.jsonl.gz")
        ),
    )


def question_ids(folder: Path) -> dict[str, int]:
    """The index, in `read_bench`, of each question's id in a bench folder."""
    questions = records(folder / "jaquad_train_questions.jsonl.gz")
    return {record["id"]: i for i, record in enumerate(questions)}


def context_ids(folder: Path) -> dict[str, int]:
    """The index, in `read_bench`, of each context's id in a bench folder."""
    contexts = records(folder / "jaquad_train_corpus.jsonl.gz")
    return {record["id"]: i for i, record in enumerate(contexts)}


def by_title(contexts: Sequence[Context]) -> dict[str, list[int]]:
    """The contexts of each title, by index."""
    found: dict[str, list[int]] = {}
    for i, context in enumerate(contexts):
        found.setdefault(context.title, []).append(i)
    return found


def held_titles(titles: Iterable[str]) -> set[str]:
    """The titles that are never trained on: the same forty of the same titles each time."""
    order = sorted(set(titles))
    random.Random(_HELD_SEED).shuffle(order)  # noqa: S311 - a draw to repeat, not a secret
    return set(order[:_HELD_TITLES])


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSONL file, plain or gzipped."""
    with path.open("rb") as file, gzip.open(file) if path.suffix == ".gz" else file as lines:
        for line in lines:
            yield json.loads(line)
