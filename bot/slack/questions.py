"""A question as it was asked, and what came with it that could be read in."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Offer:
    """Something in a message that could be indexed: a `file` (its id) or a `link` (its URL)."""

    kind: str
    value: str
    name: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was asked; `thread` is the ts of its thread's root.

    `text` is as Slack sent it. `clicked` says that it is a suggestion's button,
    and that no message of the thread holds it.
    """

    channel: str
    ts: str
    thread: str
    person: str
    team: str
    text: str
    clicked: bool = False
    offers: tuple[Offer, ...] = ()


def written_offers(offers: Iterable[Offer]) -> str:
    """Offers as the record holds them: a JSON list of lists."""
    return json.dumps([[o.kind, o.value, o.name] for o in offers], ensure_ascii=False)


def question_of(row: sqlite3.Row) -> Question:
    """The question of a row of `questions`."""
    return Question(
        channel=row["channel"],
        ts=row["ts"],
        thread=row["thread"],
        person=row["person"],
        team=row["team"],
        text=row["text"],
        clicked=bool(row["clicked"]),
        offers=tuple(Offer(*fields) for fields in json.loads(row["offers"])),
    )
