import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from retrieval.models.reader_romaji import romaji


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        ("キョウト", "kyouto"),
        ("シャカイ", "shakai"),
        ("ニッポン", "nippon"),
        ("トーキョー", "tokyo"),
        ("フォト", "foto"),
        ("ジュン", "jun"),
        ("ッ", "ッ"),
        ("A社", "A社"),
    ],
)
def test_romaji(kana: str, latin: str) -> None:
    assert romaji(kana) == latin


def draws(seed: int) -> random.Random:
    return random.Random(seed)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """The tables of jamdict.db that are read, with four entries."""
    path = tmp_path / "jamdict.db"
    with closing(sqlite3.connect(path)) as target, target:
        target.executescript(
            """
            create table Sense (ID integer, idseq integer);
            create table SenseGloss (sid integer, lang text, text text);
            create table Kanji (ID integer, idseq integer, text text);
            create table Kana (ID integer, idseq integer, text text);
            create table NETranslation (ID integer, idseq integer);
            create table NETransGloss (tid integer, text text);
            create table NEKanji (ID integer, idseq integer, text text);
            create table NEKana (ID integer, idseq integer, text text);
            insert into Sense values (1, 10), (2, 10), (3, 20), (4, 30);
            insert into SenseGloss values (1, 'ger', 'Sitzung'), (1, 'eng', 'a meeting (of many)'),
              (2, 'eng', 'party'), (3, 'eng', 'to be held'), (4, 'eng', 'more than four words are');
            insert into Kanji values (1, 10, '会議'), (2, 20, '開く'), (3, 30, '空港');
            insert into NETranslation values (1, 50);
            insert into NETransGloss values (1, 'Beijing (China)'), (1, 'Peking');
            insert into NEKanji values (1, 50, '北京');
            """
        )
    return path


def test_words_and_names_make_a_question(database: Path) -> None:
    pytest.importorskip("sudachipy", reason="of the extra `models`")
    from retrieval.models.reader_gloss import Glosser

    glosser = Glosser(database)
    asked = {
        glosser.question("北京の会議はいつ開くのですか?", "when", draws(seed)) for seed in range(40)
    }
    assert "When was meeting of Beijing held?" in asked
    assert "When did Beijing's meeting held?" in asked
    assert glosser.question("なぜですか?", "why", draws(1)) is None


def test_long_glosses_are_not_words(database: Path) -> None:
    pytest.importorskip("sudachipy", reason="of the extra `models`")
    from retrieval.models.reader_gloss import Glosser

    asked = Glosser(database).question("空港は?", "where", draws(1))
    assert asked is not None
    assert asked.endswith(" Kuukou?"), "sounded out instead"
