"""The lexical index: what counts as a word, and BM25 over it in SQLite's FTS5.

A collection has an FTS5 table of its own, so that one collection's words do
not weigh in another's scores.
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence

_JAPANESE = (
    "\u3005-\u3007\u3040-\u309f\u30a0-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
_RUNS = re.compile(rf"(?P<japanese>[{_JAPANESE}\U00020000-\U0003ffff]+)|\d+|[^\W\d_{_JAPANESE}]+")

# FTS5 must not cut or fold what `tokens` made. Letters, marks (decomposed voiced kana),
# numbers and ー々〇 (letters of category Lm and Nl) are kept; the space alone separates.
_TOKENIZER = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co'"


def tokens(text: str) -> list[str]:
    """The lexical units of a text, in order: words of Latin letters, numbers, and
    pairs of neighbouring Japanese characters (a lone character stands for itself).

    Written forms are folded first (NFKC, lower case): ＡＢＣ, ㌔ and ｶﾞ find abc, キロ and ガ.
    """
    units: list[str] = []
    for run in _RUNS.finditer(unicodedata.normalize("NFKC", text).lower()):
        word = run.group()
        if run.lastgroup == "japanese" and len(word) > 1:
            units += [word[i : i + 2] for i in range(len(word) - 1)]
        else:
            units.append(word)
    return units


def table(collection: int) -> str:
    """The name of a collection's FTS5 table."""
    return f"lexical_{int(collection)}"


def create(connection: sqlite3.Connection, collection: int) -> None:
    """Make a collection's FTS5 table."""
    connection.execute(
        f'CREATE VIRTUAL TABLE {table(collection)} USING fts5(words, tokenize = "{_TOKENIZER}")'
    )


def drop(connection: sqlite3.Connection, collection: int) -> None:
    """Drop a collection's FTS5 table."""
    connection.execute(f"DROP TABLE IF EXISTS {table(collection)}")


def add(connection: sqlite3.Connection, collection: int, rows: Iterable[tuple[int, str]]) -> None:
    """Add (passage rowid, text) rows."""
    connection.executemany(
        f"INSERT INTO {table(collection)} (rowid, words) VALUES (?, ?)",  # noqa: S608
        ((rowid, " ".join(tokens(text))) for rowid, text in rows),
    )


def remove(connection: sqlite3.Connection, collection: int, rowids: Iterable[int]) -> None:
    """Remove passages by rowid."""
    connection.executemany(
        f"DELETE FROM {table(collection)} WHERE rowid = ?",  # noqa: S608
        ((rowid,) for rowid in rowids),
    )


def search(
    connection: sqlite3.Connection,
    collection: int,
    words: Sequence[str],
    k: int,
    articles: Sequence[int] | None = None,
) -> list[tuple[int, float]]:
    """The k passages with the highest BM25 (k1 = 1.2, b = 0.75, FTS5's own) for any of the words.

    `articles` are rowids of the articles that may be used. Gives (passage
    rowid, score), best first; a score is positive and has no upper bound.
    """
    wanted = list(dict.fromkeys(word for word in words if word.strip()))
    if not wanted or k < 1:
        return []
    name = table(collection)
    match = " OR ".join('"' + word.replace('"', '""') + '"' for word in wanted)
    scope, values = "", [match]
    if articles is not None:
        inner = "SELECT value FROM json_each(?)"
        scope = f"AND rowid IN (SELECT id FROM passages WHERE article IN ({inner}))"  # noqa: S608
        values.append(json.dumps(list(articles)))
    rows = connection.execute(
        f"SELECT rowid, rank FROM {name} WHERE {name} MATCH ? {scope} "  # noqa: S608
        "ORDER BY rank LIMIT ?",
        (*values, k),
    )
    return [(int(rowid), -float(rank)) for rowid, rank in rows]
