"""A question with the answers that are accepted, as one record of a JSONL file.

    {"id", "question", "answers": ["…"], "article", "alt_articles", "qtype", "history"}

`question` and `answers` are needed; `"answers": []` says that no article answers it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.values import Turn
from retrieval.errors import InputError


@dataclass(frozen=True, slots=True)
class Question:
    """One question to measure.

    `answers` are the accepted ones; none means that it must be refused. `articles`
    are the ids of those that hold an answer, where that is known. `kind` is who,
    when, why …, or "" where the record does not say.
    """

    id: str | int
    text: str
    answers: tuple[str, ...]
    articles: frozenset[str] = frozenset()
    kind: str = ""
    history: tuple[Turn, ...] = ()


def question_of(
    name: str | int, text: str, history: tuple[Turn, ...], record: dict[str, Any]
) -> Question:
    """A question from what any batch has (`name`, `text`, `history`) and the rest of its record.

    Raises InputError for answers, articles or a kind that can't be used.
    """
    answers = _texts(record.get("answers"))
    if answers is None or not all(answer.strip() for answer in answers):
        raise InputError("evaluate.bad_answers")
    article, others = record.get("article"), _texts(record.get("alt_articles") or [])
    if not isinstance(article, str | None) or others is None:
        raise InputError("evaluate.bad_article")
    kind = record.get("qtype") or ""
    if not isinstance(kind, str):
        raise InputError("evaluate.bad_kind")
    articles = frozenset([article, *others] if article else ())
    return Question(name, text, tuple(answers), articles, kind, history)


def _texts(value: object) -> list[str] | None:
    """A list of strings as it is, None for anything else."""
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return None
    return value
