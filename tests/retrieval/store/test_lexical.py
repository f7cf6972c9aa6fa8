"""The words of the index, and that SQLite keeps them as they are."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from retrieval.store import lexical
from retrieval.store.lexical import tokens


@pytest.fixture
def connection():
    with closing(sqlite3.connect(":memory:")) as opened:
        lexical.create(opened, 1)
        yield opened


@pytest.mark.parametrize(
    ("text", "some"),
    [
        ("東京都", ["東京", "京都"]),
        ("ＡＢＣ放送", ["abc", "放送"]),
        ("2025年度", ["2025", "年度"]),
        ("ｶﾞｲﾄﾞ", ["ガイ", "イド"]),
        ("か\u3099くせい", ["がく", "くせ", "せい"]),  # a voiced kana in two code points
        ("ラーメン", ["ラー", "ーメ", "メン"]),
        ("佐々木", ["佐々", "々木"]),
        ("二〇二五", ["二〇", "〇二", "二五"]),
        ("𠮷野家", ["𠮷野", "野家"]),
        ("Café résumé", ["café", "résumé"]),
        ("市", ["市"]),
    ],
)
def test_tokens(text, some):
    assert [token for token in tokens(text) if token in some] == some


@pytest.mark.parametrize("text", ["", " \n", "、。「」!?", "😀…—"])
def test_there_are_no_words_in_signs(text):
    assert tokens(text) == []


@pytest.mark.parametrize(
    "word",
    ["がく", "ラー", "ーメ", "佐々", "々木", "〇二", "𠮷野", "café", "2025", "ヷ", "が", "ｘ"],
)
def test_sqlite_neither_cuts_nor_folds_a_token(connection, word):
    lexical.add(connection, 1, [(7, word)])
    terms = connection.execute("SELECT term FROM lexical_passages_1_vocabulary")
    kept = {row[0] for row in terms}
    assert kept == set(tokens(word))
    assert [row[0] for row in lexical.search(connection, 1, tokens(word), 5)] == [7]


def test_accents_tell_words_apart(connection):
    lexical.add(connection, 1, [(1, "résumé"), (2, "resume")])
    assert [row[0] for row in lexical.search(connection, 1, ["resume"], 5)] == [2]


def test_rare_words_weigh_more_and_removed_passages_are_gone(connection):
    lexical.add(connection, 1, [(n, "町の祭り") for n in range(1, 9)] + [(9, "町の選挙")])
    assert lexical.search(connection, 1, tokens("町の選挙"), 3)[0][0] == 9
    lexical.remove(connection, 1, [9])
    assert 9 not in [row[0] for row in lexical.search(connection, 1, tokens("町の選挙"), 20)]


@pytest.mark.parametrize("words", [[], [" "], ["無"], ['"'], ["a OR b"], ["NEAR(x"], ["*"]])
def test_words_that_are_not_there_find_nothing(connection, words):
    lexical.add(connection, 1, [(1, "町の祭り")])
    assert lexical.search(connection, 1, words, 5) == []


def test_choosing_by_rare_words_keeps_order_and_scores(connection, monkeypatch):
    days = "月火水木金土日"
    texts = [f"町の{days[n % 7]}曜の祭り {n % 11} {n % 13} 第{n}回" for n in range(400)]
    lexical.add(connection, 1, enumerate([*texts, "選挙"]))
    questions = [f"町の{days[n % 7]}曜の祭り {n} 選挙" for n in range(13)]
    monkeypatch.setattr(lexical, "_CHOSEN", 10**9)
    full = [lexical.search(connection, 1, tokens(question), 10) for question in questions]
    monkeypatch.setattr(lexical, "_CHOSEN", 120)
    quick = [lexical.search(connection, 1, tokens(question), 10) for question in questions]
    for one, other in zip(full, quick, strict=True):
        assert [score for _, score in one] == pytest.approx([score for _, score in other])
    assert any(400 in dict(found) for found in quick)  # it holds no common word at all
