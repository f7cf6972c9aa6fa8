"""The library with the real encoder."""

from __future__ import annotations

import pytest

from retrieval.store import Library, StoreOptions
from retrieval.values import Article

MAYOR = Article(
    "mayor",
    "mayor.txt",
    "青葉町長が辞任",
    "青葉町長が辞任\n\n青葉町の小田町長は3日、健康上の理由で辞職願を議長に提出した。",
)
LIBRARY = Article(
    "library",
    "library.txt",
    "図書館が開館へ",
    "図書館が開館へ\n\n青葉町の新しい図書館が来年4月に開館する。蔵書は12万冊になる。",
)


@pytest.mark.models
def test_a_question_in_other_words_or_another_language_finds_its_article(tmp_path):
    with Library.open(StoreOptions(tmp_path)) as library:
        library.index([MAYOR, LIBRARY])
        for question, best in [
            ("首長はどうして職を退いたのか", "mayor"),
            ("Why did the mayor step down?", "mayor"),
            ("本を借りられる施設はいつオープンしますか", "library"),
        ]:
            found = library.dense(library.embedder.query(question), 1)
            assert library.passages([found[0][0]])[found[0][0]].article_id == best
