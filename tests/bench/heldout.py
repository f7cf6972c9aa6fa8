"""A set's articles in two parts: those indexed first, and those kept back for a while.

Questions about what was kept back are asked first: nothing that is indexed holds
any of their accepted answers, so that each must be refused. Then the rest is
indexed, and every question is asked.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.values import Article
from tests.bench.data import Question

# A question whose answer stands in more articles than this is not used for refusing.
_MOST_KEPT_BACK = 3
_MOST_QUESTIONS = 100


@dataclass(frozen=True, slots=True)
class Parts:
    """The articles of the first and the second part, and what to ask between them."""

    first: list[Article]
    second: list[Article]
    unanswerable: list[Question]


def parts(articles: Sequence[Article], asked: Sequence[Question]) -> Parts:
    """Keep back the articles of up to a quarter of the questions (100 at most)."""
    wanted = min(_MOST_QUESTIONS, max(1, len(asked) // 4))
    order = list(asked)
    random.Random(7).shuffle(order)
    back: set[str] = set()
    chosen = []
    for question in order:
        if len(chosen) == wanted:
            break
        holding = question.right | {
            article.id
            for article in articles
            if any(answer in article.text for answer in question.answers)
        }
        if len(holding) <= _MOST_KEPT_BACK:
            back |= holding
            chosen.append(question)
    return Parts(
        [article for article in articles if article.id not in back],
        [article for article in articles if article.id in back],
        chosen,
    )


def fewer(articles: Sequence[Article], asked: Sequence[Question], most: int) -> list[Article]:
    """The questions' own articles and others up to `most`, in their order; all where it is 0."""
    if not most:
        return list(articles)
    needed = {name for question in asked for name in question.right}
    room = max(0, most - len(needed))
    others = [article.id for article in articles if article.id not in needed]
    kept = needed | set(random.Random(7).sample(others, min(room, len(others))))
    return [article for article in articles if article.id in kept]
