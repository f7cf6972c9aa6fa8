import unicodedata

import pytest

from retrieval.sample import articles
from retrieval.split import split
from retrieval.values import Article, PassageKind


@pytest.fixture(scope="module")
def both() -> list[Article]:
    return articles()


def test_a_japanese_and_an_english_article(both: list[Article]) -> None:
    japanese, english = both
    assert 1_500 <= len(japanese.text) <= 2_500
    assert 300 <= len(english.text.split()) <= 450
    assert japanese.title.startswith("米朝")
    assert english.title.startswith("Port Ellery")


def test_metadata_is_read_off_the_front_matter(both: list[Article]) -> None:
    assert [article.date for article in both] == ["2025-10-05", "2025-09-18"]
    assert [article.author for article in both] == ["kiji編集部", "Mara Whitlock"]
    assert not any(article.date_inferred for article in both)


def test_texts_keep_the_promise_of_article(both: list[Article]) -> None:
    for article in both:
        assert article.text.startswith(article.title)
        assert unicodedata.is_normalized("NFC", article.text)
        assert "\n---" not in article.text, "front matter is no part of the text"


def test_each_shows_what_a_page_of_news_holds(both: list[Article]) -> None:
    for article in both:
        kinds = [passage.kind for passage in split(article)]
        assert kinds.count(PassageKind.HEADING) >= 3, "the title and two sub-headings"
        assert kinds.count(PassageKind.CAPTION) == 1
        assert kinds.count(PassageKind.BODY) >= 6


def test_ids_do_not_change_between_calls(both: list[Article]) -> None:
    assert [article.id for article in articles()] == [article.id for article in both]
    assert [article.source for article in both] == ["sample/summit.ja.md", "sample/bridge.en.md"]
