"""The lexical index: what counts as a word, and BM25 over it in SQLite's FTS5.

A collection has FTS5 tables of its own, one over passages and one over whole
articles, so that one collection's words do not weigh in another's scores.
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


_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")

PASSAGES, ARTICLES = "passages", "articles"

# Stored with an index: a change in what `tokens` gives, or in what is indexed, needs a new one.
VERSION = "1"


def tokens(text: str) -> list[str]:
    """The lexical units of a text: words of Latin letters, numbers, pairs of neighbouring
    Japanese characters (a lone character stands for itself), and single Chinese characters.

    Written forms are folded first (NFKC, lower case): ＡＢＣ, ㌔ and ｶﾞ find abc, キロ and ガ.
    On a part of JaQuAD's training set BM25 over these units has Recall@1 .854, over pairs
    alone .833, over a morphological analyser's content words (SudachiPy, mode A) .859: not
    worth its 200 MB.
    """
    units: list[str] = []
    for run in _RUNS.finditer(unicodedata.normalize("NFKC", text).lower()):
        word = run.group()
        if run.lastgroup == "japanese" and len(word) > 1:
            units += [word[i : i + 2] for i in range(len(word) - 1)]
            units += _HAN.findall(word)
        else:
            units.append(word)
    return units


def table(collection: int, of: str = PASSAGES) -> str:
    """The name of a collection's FTS5 table over passages or over articles."""
    return f"lexical_{of}_{int(collection)}"


def create(connection: sqlite3.Connection, collection: int) -> None:
    """Make a collection's FTS5 tables."""
    for of in (PASSAGES, ARTICLES):
        connection.execute(
            f"CREATE VIRTUAL TABLE {table(collection, of)} USING fts5"
            f'(words, tokenize = "{_TOKENIZER}")'
        )


def drop(connection: sqlite3.Connection, collection: int) -> None:
    """Drop a collection's FTS5 tables."""
    for of in (PASSAGES, ARTICLES):
        connection.execute(f"DROP TABLE IF EXISTS {table(collection, of)}")


def add(
    connection: sqlite3.Connection,
    collection: int,
    rows: Iterable[tuple[int, str]],
    of: str = PASSAGES,
) -> None:
    """Add (rowid of the passage or article, text) rows."""
    connection.executemany(
        f"INSERT INTO {table(collection, of)} (rowid, words) VALUES (?, ?)",  # noqa: S608
        ((rowid, " ".join(tokens(text))) for rowid, text in rows),
    )


def remove(
    connection: sqlite3.Connection, collection: int, rowids: Iterable[int], of: str = PASSAGES
) -> None:
    """Remove passages or articles by rowid."""
    connection.executemany(
        f"DELETE FROM {table(collection, of)} WHERE rowid = ?",  # noqa: S608
        ((rowid,) for rowid in rowids),
    )


def search(
    connection: sqlite3.Connection,
    collection: int,
    words: Sequence[str],
    k: int,
    articles: Sequence[int] | None = None,
    of: str = PASSAGES,
) -> list[tuple[int, float]]:
    """The k passages or articles with the highest BM25 for any of the words.

    k1 = 1.2 and b = 0.75, FTS5's own. `articles` are rowids of the articles that
    may be used. Gives (rowid, score), best first; a score is positive and has no
    upper bound.
    """
    wanted = list(dict.fromkeys(word for word in words if word.strip()))
    if not wanted or k < 1:
        return []
    name = table(collection, of)
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
