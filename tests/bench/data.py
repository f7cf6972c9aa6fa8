"""The benchmark sets as they lie in a folder: SET_corpus.jsonl and SET_questions.jsonl."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SETS = ("jsquad", "jaquad", "wikinews")


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its accepted answers, its own article and others that also hold an answer."""

    id: str
    text: str
    answers: tuple[str, ...]
    article: str
    also: frozenset[str]
    qtype: str

    @property
    def right(self) -> frozenset[str]:
        """The ids of every article that counts as found."""
        return self.also | {self.article}


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSONL file, plain or gzipped."""
    packed = path.suffix == ".gz"
    with (
        gzip.open(path, "rt", encoding="utf-8") if packed else path.open(encoding="utf-8") as lines
    ):
        for line in lines:
            yield json.loads(line)


def corpus_file(folder: Path, name: str) -> Path:
    """The corpus of a set, as `kiji index` takes it."""
    return folder / f"{name}_corpus.jsonl"


def questions(folder: Path, name: str) -> list[Question]:
    """The questions of a set."""
    return [
        Question(
            id=record["id"],
            text=record["question"],
            answers=tuple(record["answers"]),
            article=record["article"],
            also=frozenset(record.get("alt_articles", ())),
            qtype=record["qtype"],
        )
        for record in records(folder / f"{name}_questions.jsonl")
    ]


def evenly(asked: list[Question], limit: int) -> list[Question]:
    """So many questions, evenly over all of them; all where `limit` is 0."""
    if not limit or limit >= len(asked):
        return asked
    return [asked[place * len(asked) // limit] for place in range(limit)]
