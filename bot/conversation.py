"""Talks, kept in a SQLite file: every question with its answer, so that one can go on.

A turn is committed as it is added; killing the process loses at most the turn
that was being answered.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.records import restored_answer, stored_answer
from bot.values import Answer, Scope, Turn
from retrieval.errors import StoreError

NAME = "talks.sqlite3"

# What of a talk goes back into understanding the next question: a follow-up leans on the
# last turns, and a long memory would only let an old subject back in.
HISTORY_TURNS = 6
HISTORY_CHARACTERS = 4000

_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS talks (
    id INTEGER PRIMARY KEY,
    collection TEXT NOT NULL,
    articles TEXT,          -- JSON list of ids when the talk is about these alone
    started TEXT NOT NULL   -- ISO 8601 with offset
);
CREATE TABLE IF NOT EXISTS turns (
    id INTEGER PRIMARY KEY,
    talk INTEGER NOT NULL REFERENCES talks(id) ON DELETE CASCADE,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,   -- JSON, bot.records.stored_answer
    asked TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS turns_of_talk ON turns (talk, id);
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """One turn as it was kept; `asked` is timezone-aware."""

    question: str
    answer: Answer
    asked: datetime


def history(turns: Sequence[Kept]) -> tuple[Turn, ...]:
    """The last turns as the chain takes them, oldest first, bounded in number and length.

    Thanks and greetings are left out: nothing can be asked about them.
    """
    chosen: list[Turn] = []
    length = 0
    asked = [kept for kept in turns if not kept.answer.social]
    for kept in reversed(asked[-HISTORY_TURNS:]):
        length += len(kept.question) + len(kept.answer.text)
        if length > HISTORY_CHARACTERS:
            break
        chosen.append(Turn(kept.question, kept.answer.text))
    return tuple(reversed(chosen))


def _written(scope: Scope) -> str | None:
    return None if scope.articles is None else json.dumps(sorted(scope.articles))


class Talks:
    """The talks of one store. Raises StoreError when the file can't be used."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        with self._told():
            folder.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(self.path, timeout=10, isolation_level=None)
        try:
            self._set_up()
        except StoreError:
            self.close()
            raise

    def _set_up(self) -> None:
        with self._told():
            self._db.execute("PRAGMA foreign_keys = ON")
            (version,) = self._db.execute("PRAGMA user_version").fetchone()
            if version > _VERSION:
                raise StoreError("chat.talks_newer", path=str(self.path))
            self._db.executescript(_SCHEMA)
            self._db.execute(f"PRAGMA user_version = {_VERSION:d}")

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError, ValueError) as error:
            raise StoreError("chat.talks_unusable", path=str(self.path)) from error

    def last(self, collection: str) -> int | None:
        """The talk of a collection that had the latest turn, or None."""
        with self._told():
            row = self._db.execute(
                "SELECT talks.id FROM talks JOIN turns ON turns.talk = talks.id"
                " WHERE collection = ? ORDER BY turns.id DESC LIMIT 1",
                (collection,),
            ).fetchone()
        return row[0] if row else None

    def start(self, collection: str, scope: Scope, at: datetime) -> int:
        """A new talk about a collection, in a scope; gives its id."""
        with self._told():
            cursor = self._db.execute(
                "INSERT INTO talks (collection, articles, started) VALUES (?, ?, ?)",
                (collection, _written(scope), at.isoformat()),
            )
        assert cursor.lastrowid is not None  # noqa: S101 - an INSERT always sets it
        return cursor.lastrowid

    def scope(self, talk: int) -> Scope:
        """The scope of a talk."""
        with self._told():
            (articles,) = self._db.execute(
                "SELECT articles FROM talks WHERE id = ?", (talk,)
            ).fetchone()
        return Scope(None if articles is None else frozenset(json.loads(articles)))

    def set_scope(self, talk: int, scope: Scope) -> None:
        """Change the articles that a talk is about."""
        with self._told():
            self._db.execute("UPDATE talks SET articles = ? WHERE id = ?", (_written(scope), talk))

    def add(self, talk: int, answer: Answer, at: datetime) -> None:
        """Keep one turn of a talk."""
        record = json.dumps(stored_answer(answer), ensure_ascii=False)
        with self._told():
            self._db.execute(
                "INSERT INTO turns (talk, question, answer, asked) VALUES (?, ?, ?, ?)",
                (talk, answer.question, record, at.isoformat()),
            )

    def turns(self, talk: int) -> list[Kept]:
        """The turns of a talk, oldest first."""
        with self._told():
            rows = self._db.execute(
                "SELECT question, answer, asked FROM turns WHERE talk = ? ORDER BY id", (talk,)
            ).fetchall()
            return [
                Kept(question, restored_answer(json.loads(answer)), datetime.fromisoformat(asked))
                for question, answer, asked in rows
            ]

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        self._db.close()
