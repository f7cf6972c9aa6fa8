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
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")

# FTS5 must not cut or fold what `tokens` made. Letters, marks (decomposed voiced kana),
# numbers and ー々〇 (letters of category Lm and Nl) are kept; the space alone separates.
_TOKENIZER = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co'"

PASSAGES, ARTICLES = "passages", "articles"

# Stored with an index: a change in what `tokens` gives, or in what is indexed, needs a new one.
VERSION = "2"

# How many passages the rarest words of a question may stand in, summed over the words, so
# that these alone choose what is scored. Of 36,568 passages the ten best stayed the same for
# 100 of 100 questions of 35 words, in less than half the time of scoring all.
_CHOSEN = 5000


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
        connection.execute(
            f"CREATE VIRTUAL TABLE {_vocabulary(collection, of)}"
            f" USING fts5vocab({table(collection, of)}, row)"
        )


def drop(connection: sqlite3.Connection, collection: int) -> None:
    """Drop a collection's FTS5 tables."""
    for of in (PASSAGES, ARTICLES):
        connection.execute(f"DROP TABLE IF EXISTS {_vocabulary(collection, of)}")
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
    frequencies = _frequencies(connection, _vocabulary(collection, of), words)
    if not frequencies or k < 1:
        return []
    rare, common = _parted(frequencies) if articles is None else (list(frequencies), [])
    if not common:
        matches = [_any(rare)]
    else:
        # Together: all that hold a rare word, once each, scored by all the words they hold.
        matches = [f"({_any(rare)}) {how} ({_any(common)})" for how in ("AND", "NOT")]
    name = table(collection, of)
    scope, values = _scope(articles, of)
    query = f"SELECT rowid, rank FROM {name} WHERE {name} MATCH ? {scope} ORDER BY rank LIMIT ?"  # noqa: S608
    found = [row for match in matches for row in connection.execute(query, (match, *values, k))]
    best = sorted(found, key=lambda row: float(row[1]))[:k]
    return [(int(rowid), -float(rank)) for rowid, rank in best]


def _vocabulary(collection: int, of: str) -> str:
    return f"{table(collection, of)}_vocabulary"


def _frequencies(
    connection: sqlite3.Connection, vocabulary: str, words: Sequence[str]
) -> dict[str, int]:
    """In how many rows each of the words stands, those that stand nowhere left out."""
    query = f"SELECT term, doc FROM {vocabulary} WHERE term IN (SELECT value FROM json_each(?))"  # noqa: S608
    return dict(tuple(row) for row in connection.execute(query, (json.dumps(list(words)),)))


def _parted(frequencies: dict[str, int]) -> tuple[list[str], list[str]]:
    """The rarest words, as many as `_CHOSEN` allows but at least one, and the others."""
    rarest = sorted(frequencies, key=frequencies.__getitem__)
    summed = 0
    for count, word in enumerate(rarest):
        summed += frequencies[word]
        if count and summed > _CHOSEN:
            return rarest[:count], rarest[count:]
    return rarest, []


def _any(words: Iterable[str]) -> str:
    return " OR ".join('"' + word.replace('"', '""') + '"' for word in words)


def _scope(articles: Sequence[int] | None, of: str) -> tuple[str, list[str]]:
    if articles is None:
        return "", []
    inner = "SELECT value FROM json_each(?)"
    if of == PASSAGES:
        inner = f"SELECT id FROM passages WHERE article IN ({inner})"  # noqa: S608
    return f"AND rowid IN ({inner})", [json.dumps(list(articles))]
