"""Articles and passages as rows: reading them, and putting them in and out."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from retrieval.store import lexical
from retrieval.store.reports import ArticleInfo
from retrieval.store.window import Cut
from retrieval.values import Article, Passage, PassageKind

Connection = sqlite3.Connection

# CROSS JOIN keeps the order of the tables as written: left to itself SQLite walked through
# all passages of a collection to find sixty of them by rowid, 70 ms instead of 0.3.


def hashes(connection: Connection, collection: int) -> dict[str, str]:
    """The content hash of each article by its id."""
    query = "SELECT name, hash FROM articles WHERE collection = ?"
    return dict(tuple(row) for row in connection.execute(query, (collection,)))


def article(connection: Connection, collection: int, name: str) -> Article | None:
    """The article of that id."""
    query = "SELECT * FROM articles WHERE collection = ? AND name = ?"
    row = connection.execute(query, (collection, name)).fetchone()
    return None if row is None else _article(row)


def articles(connection: Connection, collection: int, wanted: Iterable[str]) -> dict[str, Article]:
    """The articles of those ids that are there, by id."""
    query = (
        "SELECT * FROM articles WHERE collection = ? AND name IN (SELECT value FROM json_each(?))"
    )
    found = connection.execute(query, (collection, _array(wanted)))
    return {row["name"]: _article(row) for row in found}


def by_rowid(connection: Connection, rowids: Iterable[int]) -> dict[int, str]:
    """The ids of the articles among those rowids that are there, by rowid."""
    query = "SELECT id, name FROM articles WHERE id IN (SELECT value FROM json_each(?))"
    return {row[0]: row[1] for row in connection.execute(query, (_array(rowids),))}


def names(connection: Connection, collection: int) -> list[str]:
    """The ids of all articles, in the order they were indexed."""
    query = "SELECT name FROM articles WHERE collection = ? ORDER BY id"
    return [row[0] for row in connection.execute(query, (collection,))]


def rowids(connection: Connection, collection: int, wanted: Iterable[str]) -> list[int]:
    """The rowids of the articles among those ids that are there."""
    query = (
        "SELECT id FROM articles WHERE collection = ? AND name IN (SELECT value FROM json_each(?))"
    )
    return [row[0] for row in connection.execute(query, (collection, _array(wanted)))]


def infos(connection: Connection, collection: int) -> list[ArticleInfo]:
    """What the list of articles shows, in the order they were indexed."""
    query = (
        "SELECT a.name, a.title, a.date, a.date_inferred, a.source, a.indexed_at,"
        " (SELECT count(*) FROM passages p WHERE p.article = a.id) AS passages"
        " FROM articles a WHERE collection = ? ORDER BY a.id"
    )
    return [
        ArticleInfo(
            id=row["name"],
            title=row["title"],
            date=row["date"],
            date_inferred=bool(row["date_inferred"]),
            source=row["source"],
            passages=row["passages"],
            indexed_at=datetime.fromisoformat(row["indexed_at"]),
        )
        for row in connection.execute(query, (collection,))
    ]


def passages(connection: Connection, collection: int, ids: Iterable[int]) -> dict[int, Passage]:
    """The passages among those rowids that are there and are this collection's."""
    query = (
        "SELECT p.*, a.name FROM json_each(?) AS wanted"
        " CROSS JOIN passages p ON p.id = wanted.value"
        " CROSS JOIN articles a ON a.id = p.article WHERE a.collection = ?"
    )
    return {
        row["id"]: Passage(
            article_id=row["name"],
            start=row["start"],
            end=row["stop"],
            kind=PassageKind(row["kind"]),
            heading=row["heading"],
            context_start=row["context_start"],
        )
        for row in connection.execute(query, (_array(ids), collection))
    }


def candidates(
    connection: Connection, collection: int, articles: Sequence[int] | None, most: int
) -> list[int]:
    """The rowids of a collection's passages, or of some articles', but at most `most`."""
    query = "SELECT p.id FROM passages p JOIN articles a ON a.id = p.article WHERE a.collection = ?"
    values: list[object] = [collection]
    if articles is not None:
        query += " AND a.id IN (SELECT value FROM json_each(?))"
        values.append(_array(articles))
    return [row[0] for row in connection.execute(f"{query} LIMIT ?", (*values, most))]


def existing(connection: Connection, collection: int, ids: Iterable[int]) -> set[int]:
    """Those among passage rowids that are there and are this collection's."""
    query = (
        "SELECT p.id FROM json_each(?) AS wanted"
        " CROSS JOIN passages p ON p.id = wanted.value"
        " CROSS JOIN articles a ON a.id = p.article WHERE a.collection = ?"
    )
    return {row[0] for row in connection.execute(query, (_array(ids), collection))}


def passage_ids(connection: Connection, collection: int, wanted: Iterable[str]) -> list[int]:
    """The rowids of the passages of the articles of those ids."""
    query = (
        "SELECT p.id FROM passages p JOIN articles a ON a.id = p.article"
        " WHERE a.collection = ? AND a.name IN (SELECT value FROM json_each(?))"
    )
    return [row[0] for row in connection.execute(query, (collection, _array(wanted)))]


def numbers(
    connection: Connection, collection: int, without: Sequence[int]
) -> list[tuple[int, int]]:
    """(passage rowid, article rowid) of a collection's passages but some."""
    query = (
        "SELECT p.id, p.article FROM passages p JOIN articles a ON a.id = p.article"
        " WHERE a.collection = ?"
    )
    gone = set(without)
    return [
        (row[0], row[1]) for row in connection.execute(query, (collection,)) if row[0] not in gone
    ]


def aliases(
    connection: Connection, collection: int, wanted: Iterable[str] | None = None
) -> list[tuple[str, str]]:
    """(name, other writing) pairs of all articles, or of those of the ids given."""
    query = "SELECT DISTINCT l.name, l.other FROM aliases l JOIN articles a ON a.id = l.article"
    values: tuple[object, ...] = (collection,)
    where = " WHERE a.collection = ?"
    if wanted is not None:
        where += " AND a.name IN (SELECT value FROM json_each(?))"
        values = (collection, _array(wanted))
    return [(row[0], row[1]) for row in connection.execute(query + where, values)]


def reserve(connection: Connection, table: str, count: int) -> int:
    """The first of `count` rowids that no row of a table has had or will be given."""
    query = "SELECT seq FROM sqlite_sequence WHERE name = ?"
    row = connection.execute(query, (table,)).fetchone()
    if row is None:
        connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, count))
        return 1
    connection.execute("UPDATE sqlite_sequence SET seq = seq + ? WHERE name = ?", (count, table))
    return int(row[0]) + 1


def insert(connection: Connection, collection: int, rowid: int, first: int, cut: Cut) -> None:
    """Put an article in; its passages get the rowids from `first` on."""
    one = cut.article
    stored = (one.source, one.title, one.text, one.date)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute(
        "INSERT INTO articles (id, collection, name, hash, source, title, text, date,"
        " date_inferred, author, indexed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (rowid, collection, one.id, cut.hash, *stored, one.date_inferred, one.author, now),
    )
    connection.executemany(
        "INSERT INTO passages (id, article, start, stop, kind, heading, context_start)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (id_, rowid, p.start, p.end, p.kind.value, p.heading, p.context_start)
            for id_, p in enumerate((piece.passage for piece in cut.pieces), first)
        ],
    )
    connection.executemany(
        "INSERT INTO aliases (article, name, other) VALUES (?, ?, ?)",
        [(rowid, name, other) for name, other in cut.aliases],
    )
    words = (
        (rowid_, piece.text + others(piece.text, cut.aliases))
        for rowid_, piece in enumerate(cut.pieces, first)
    )
    lexical.add(connection, collection, words)
    lexical.add(connection, collection, [(rowid, one.text)], of=lexical.ARTICLES)


def others(text: str, pairs: Iterable[tuple[str, str]]) -> str:
    """The other writings of the names in a text, so that a question in either finds it."""
    found = [
        other
        for pair in pairs
        for name, other in (pair, pair[::-1])
        if name in text and other not in text
    ]
    return "".join(f"\n{other}" for other in found)


def delete(connection: Connection, collection: int, wanted: Sequence[str]) -> None:
    """Take the articles of those ids out, with all that hangs on them."""
    lexical.remove(connection, collection, passage_ids(connection, collection, wanted))
    lexical.remove(connection, collection, rowids(connection, collection, wanted), lexical.ARTICLES)
    query = "DELETE FROM articles WHERE collection = ? AND name IN (SELECT value FROM json_each(?))"
    connection.execute(query, (collection, _array(wanted)))


def _article(row: sqlite3.Row) -> Article:
    return Article(
        id=row["name"],
        source=row["source"],
        title=row["title"],
        text=row["text"],
        date=row["date"],
        date_inferred=bool(row["date_inferred"]),
        author=row["author"],
    )


def _array(values: Iterable[object]) -> str:
    return json.dumps(list(values))
