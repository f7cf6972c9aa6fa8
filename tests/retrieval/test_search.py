from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from retrieval.search import distinct, search
from retrieval.store import Library, StoreOptions
from retrieval.values import Article, Hit, Intent, Language, Passage, Query

ASKED = datetime(2026, 1, 1, tzinfo=UTC)

HARBOUR = Article(
    "harbour",
    "harbour.txt",
    "港の新市場が開業",
    "港の新市場が開業\n\n漁協は4日、港のそばに新しい市場を開いた。初日は約3千人が訪れた。\n\n"
    "市場で握手する漁協の組合長（写真：本社）\n\n"
    "案内役は崔美淑（チェ・ミスク）氏が務めた。崔氏は「朝が早いほど魚は安い」と話した。",
    "2025-06-05",
)
SCHOOL = Article(
    "school",
    "school.txt",
    "山の小学校が閉校",
    "山の小学校が閉校\n\n児童が5人に減ったため、山の小学校は3月に閉校した。\n\n"
    "最後の校長の大野修氏は涙ぐんだ。跡地の使い道は決まっていない。",
    "2025-04-01",
)


BAND = Article(
    "band",
    "band.txt",
    "楽団が新曲を発表",
    "楽団が新曲を発表\n\n吹奏楽団は6日、新曲「Mountain School Close March」を発表した。\n\n"
    "作曲した岸本氏は「歩くのに合う速さだ」と話した。",
    "2025-05-07",
)


def query(text: str, language: Language = Language.JA) -> Query:
    return Query(text, text, Intent.OTHER, language, ASKED)


def hit(words: str, article: Article = HARBOUR, score: float = 0.5) -> Hit:
    start = article.text.index(words)
    return Hit(Passage(article.id, start, start + len(words)), article, score)


def test_a_hit_that_repeats_a_better_one_of_its_article_is_left_out() -> None:
    repeated = Article(
        "r", "r", "題", "題\n\n首相は羽田空港を出発した。\n\n羽田空港を出発した首相（写真：本社）"
    )
    sentence, caption = (
        hit("首相は羽田空港を出発した。", repeated),
        hit("羽田空港を出発した首相", repeated),
    )
    assert distinct([sentence, caption], 5) == [sentence]


def test_the_same_words_in_another_article_stay() -> None:
    other = Article("other", "other", "別の題", HARBOUR.text)
    words = "初日は約3千人が訪れた。"
    assert len(distinct([hit(words), hit(words, other)], 5)) == 2


def test_no_more_than_k_are_given() -> None:
    assert len(distinct([hit("漁協は4日"), hit("初日は約3千人"), hit("朝が早いほど")], 2)) == 2


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    opened = Library.open(StoreOptions(folder=Path(tmp_path_factory.mktemp("search"))))
    opened.index([HARBOUR, SCHOOL])
    return opened


@pytest.mark.models
@pytest.mark.parametrize(
    ("question", "article", "words"),
    [
        ("市場を開いたのは誰？", "harbour", "漁協"),
        ("学校がなくなったのはなぜ？", "school", "児童が5人に減ったため"),
        ("Why was the school closed?", "school", "児童が5人に減ったため"),
        ("チェ・ミスクさんは何をした？", "harbour", "崔美淑"),
    ],
)
def test_the_article_comes_first_and_the_passage_that_answers_near_it(
    library: Library, question: str, article: str, words: str
) -> None:
    found = search(library, query(question), 5)
    assert found[0].article.id == article
    assert any(words in hit.text for hit in found[:2])


@pytest.mark.models
def test_a_hit_says_why_it_was_found(library: Library) -> None:
    best = search(library, query("山の小学校が閉校した月は？"), 3)[0]
    assert best.found.dense_rank is not None
    assert best.found.lexical_rank is not None
    assert "閉校" in best.found.terms
    assert -1 <= (best.found.dense_score or 0) <= 1
    assert 0 <= best.score <= 1


@pytest.mark.models
def test_another_writing_that_the_article_gives_finds_the_name(library: Library) -> None:
    passage = next(h for h in search(library, query("崔美淑"), 5) if "崔美淑" in h.text)
    by_reading = search(library, query("チェ・ミスク"), 5)[0]
    assert by_reading.passage == passage.passage


@pytest.mark.models
@pytest.mark.models
def test_across_languages_shared_words_count_little(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.index([BAND])
    asked = query("Why did the mountain elementary school close in March?", Language.EN)
    assert search(library, asked, 3)[0].article.id == "school"
    monkeypatch.setattr("retrieval.search.FOREIGN", 1.0)
    assert search(library, asked, 3)[0].article.id == "band"


def test_only_the_articles_in_scope_are_looked_at(library: Library) -> None:
    found = search(library, query("市場を開いたのは誰？"), 10, frozenset({"school"}))
    assert {hit.article.id for hit in found} == {"school"}
    assert search(library, query("市場"), 10, frozenset()) == []
    assert search(library, query("市場"), 10, frozenset({"no such article"})) == []


@pytest.mark.models
@pytest.mark.parametrize("text", ["？", "😀", '"OR" NEAR(', "\u200b", "a" * 2000])
def test_odd_questions_find_something_or_nothing_but_never_fail(
    library: Library, text: str
) -> None:
    assert len(search(library, query(text), 3)) <= 3
