"""The SQLite file of the Slack face: what was asked, what was answered, who may see what.

Several processes use it at the same time; each change is one transaction, on the
disk before Slack is told that an event was taken.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from retrieval.errors import StoreError
from retrieval.sqlite import Connections, transaction

NAME = "slack.sqlite3"
_VERSION = 1
# An event is acknowledged after its commit, and never comes again: FULL, so that not even a
# power cut forgets it.
_PRAGMAS = ("synchronous = FULL",)
_SCHEMA = """
CREATE TABLE IF NOT EXISTS events (id TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS questions (
    channel TEXT NOT NULL,
    ts TEXT NOT NULL,           -- of the message that asks; for a button, of the click
    thread TEXT NOT NULL,       -- ts of the thread's root
    person TEXT NOT NULL,
    team TEXT NOT NULL,
    text TEXT NOT NULL,         -- as Slack sent it
    clicked INTEGER NOT NULL DEFAULT 0,
    offers TEXT NOT NULL,       -- JSON list of files and links to offer for indexing
    state TEXT NOT NULL,        -- open, withdrawing | answered, stopped, withdrawn, failed
    revision INTEGER NOT NULL DEFAULT 0,
    edited TEXT NOT NULL DEFAULT '',
    owner TEXT,                 -- the instance that works on it now
    attempts INTEGER NOT NULL DEFAULT 0,
    due REAL NOT NULL,          -- not to be worked on before
    stop INTEGER NOT NULL DEFAULT 0,
    answer_ts TEXT,
    asked REAL NOT NULL,
    updated REAL NOT NULL,
    PRIMARY KEY (channel, ts)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS questions_of_thread ON questions (channel, thread, state);
CREATE INDEX IF NOT EXISTS questions_to_do ON questions (asked)
    WHERE state IN ('open', 'withdrawing');
CREATE UNIQUE INDEX IF NOT EXISTS one_question_an_answer ON questions (channel, answer_ts)
    WHERE answer_ts IS NOT NULL;
CREATE TABLE IF NOT EXISTS additions (
    id TEXT PRIMARY KEY,        -- Slack's trigger_id of the command, click or shortcut
    kind TEXT NOT NULL,         -- link, file, message
    value TEXT NOT NULL,        -- its URL, its id, its ts
    text TEXT NOT NULL,         -- a message's words, as Slack sent them
    channel TEXT NOT NULL,
    person TEXT NOT NULL,
    thread TEXT NOT NULL,       -- where it is told of; '': to the person alone
    response_url TEXT NOT NULL,
    owner TEXT,                 -- the instance that works on it now
    attempts INTEGER NOT NULL DEFAULT 0,
    due REAL NOT NULL,          -- not to be worked on before
    notice_ts TEXT,             -- the thread's message that tells of it
    told INTEGER NOT NULL DEFAULT 0,  -- bot.slack.additions.Told
    outcome TEXT,               -- the sentence of its end, once that is known
    asked REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS streams (at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS answers (
    channel TEXT NOT NULL,
    ts TEXT NOT NULL,
    thread TEXT NOT NULL,
    person TEXT NOT NULL,
    question TEXT NOT NULL,
    history TEXT NOT NULL,      -- JSON list of {question, answer}
    record TEXT NOT NULL,       -- JSON, bot.records.stored_answer
    hits TEXT NOT NULL,         -- JSON, bot.records.hits_record
    at REAL NOT NULL,
    PRIMARY KEY (channel, ts)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS answers_of_thread ON answers (channel, thread, ts);
CREATE TABLE IF NOT EXISTS votes (
    channel TEXT NOT NULL,
    ts TEXT NOT NULL,
    person TEXT NOT NULL,
    good INTEGER NOT NULL,
    at REAL NOT NULL,
    PRIMARY KEY (channel, ts, person)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS grants (
    article TEXT PRIMARY KEY,   -- id in the library
    place TEXT NOT NULL,        -- the channel, or the person, that it was added in
    shared INTEGER NOT NULL DEFAULT 0,
    person TEXT NOT NULL,       -- who added it
    at REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS bindings (
    place TEXT PRIMARY KEY,
    articles TEXT,              -- JSON list of ids, or NULL
    collection TEXT             -- or NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS greeted (person TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
"""


class Ledger:
    """`slack.sqlite3` of a folder. Any thread may use it. Raises StoreError."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / NAME
        self._connections = Connections(self.path, _PRAGMAS)
        self._writing = threading.Lock()
        with self._told():
            folder.mkdir(parents=True, exist_ok=True)
            with self.read() as db:
                db.execute("PRAGMA journal_mode = WAL")
                (version,) = db.execute("PRAGMA user_version").fetchone()
                if version > _VERSION:
                    raise StoreError("slack.ledger_newer", path=str(self.path))
                db.executescript(_SCHEMA)
                db.execute(f"PRAGMA user_version = {_VERSION:d}")

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise StoreError("slack.ledger_unusable", path=str(self.path)) from error

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection in autocommit."""
        with self._told(), self._connections.lent() as db:
            yield db

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or, on any error, nothing."""
        # SQLite lets those who wait for its lock sleep, longer each time, and in no order. The
        # threads of a process queue here instead, so that an acknowledgement is not held up.
        with self._writing, self.read() as db, transaction(db):
            yield db

    def close(self) -> None:
        """Close every connection; one that is lent is closed when it comes back."""
        self._connections.close()
