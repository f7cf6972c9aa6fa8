"""The tables of `kiji.sqlite3`, their version, and how an empty file becomes a store."""

from __future__ import annotations

import sqlite3
import uuid

from retrieval.errors import StoreError

SCHEMA_VERSION = 1
APPLICATION_ID = 0x6B696A69  # "kiji", so that `file` and we can tell it from other SQLite files

# AUTOINCREMENT: a rowid is never used twice, so that it can name a vector.
_TABLES = """
CREATE TABLE store (id TEXT NOT NULL);
CREATE TABLE collections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    model TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    query_prompt TEXT NOT NULL,
    passage_prompt TEXT NOT NULL,
    splitter TEXT NOT NULL,
    place TEXT NOT NULL,
    generation INTEGER NOT NULL DEFAULT 0,
    dead INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    collection INTEGER NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    hash TEXT NOT NULL,
    source TEXT NOT NULL,
    title TEXT NOT NULL,
    date TEXT,
    date_inferred INTEGER NOT NULL,
    author TEXT,
    indexed_at TEXT NOT NULL,
    text TEXT NOT NULL, -- last, so that a list need not read past it
    UNIQUE (collection, name)
);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    kind TEXT NOT NULL,
    heading TEXT,
    context_start INTEGER NOT NULL
);
CREATE INDEX passages_by_article ON passages (article);
CREATE TABLE aliases (
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    other TEXT NOT NULL
);
CREATE INDEX aliases_by_article ON aliases (article);
-- Vectors that may be on a server without a passage: added before a commit that
-- never came, or of an article that was replaced. The next writer deletes them.
CREATE TABLE stray_vectors (place TEXT NOT NULL, vector INTEGER NOT NULL);
-- Places that a reader in another process may have just begun to open.
CREATE TABLE retired_places (place TEXT NOT NULL, at REAL NOT NULL);
"""


def prepare(connection: sqlite3.Connection, path: str) -> None:
    """Make the tables where there are none; safe when several processes do it at once.

    Raises StoreError when the file is another program's or a newer kiji's.
    """
    version, application = _marks(connection)
    if version == 0:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        version, application = _marks(connection)  # another process may have been first
        tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        if version == 0 and tables == 0:
            for statement in _TABLES.split(";\n"):
                connection.execute(statement)
            connection.execute("INSERT INTO store (id) VALUES (?)", (uuid.uuid4().hex[:12],))
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            version, application = SCHEMA_VERSION, APPLICATION_ID
        connection.execute("COMMIT")
    if application != APPLICATION_ID:
        raise StoreError("store.foreign", path=path)
    if version > SCHEMA_VERSION:
        raise StoreError("store.newer", path=path)


def _marks(connection: sqlite3.Connection) -> tuple[int, int]:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    return version, application
