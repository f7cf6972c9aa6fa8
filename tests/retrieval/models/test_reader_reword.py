"""Questions in other words: the same answer, or none."""

from __future__ import annotations

import random
import re

import pytest

from retrieval.models.reader_reword import altered, reworded, styled

SAID_POLITELY = [
    "橋の設計を引き受けた技師は誰ですか。",
    "新しい港が開かれたのはいつですか?",
    "工事が二年遅れたのはなぜですか?",
    "灯台の明かりは何色と呼ばれましたか。",
    "博物館を1931年に建てた会社はどこか?",
]
TEXT = "1931年、長女のハンナ・ベルクが橋を設計した。開業は翌年である。"


@pytest.mark.parametrize("question", SAID_POLITELY)
def test_rewordings_keep_the_names_and_numbers_that_they_keep_whole(question: str) -> None:
    for seed in range(60):
        said = reworded(question, random.Random(seed))
        assert 2 <= len(said) <= len(question) + 12
        assert set("0123456789") & set(said) <= set(question)


@pytest.mark.parametrize("question", SAID_POLITELY)
def test_a_question_has_many_wordings(question: str) -> None:
    said = {reworded(question, random.Random(seed)).rstrip("？?。") for seed in range(60)}
    assert len(said) >= 4


def test_one_seed_gives_one_wording() -> None:
    first, second = (reworded(SAID_POLITELY[0], random.Random(4)) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "question",
    [
        "1931年に橋を設計したのは誰?",
        "設計した長女は誰?",
        "ハンナ・ベルクが設計したのは何?",
        "開業したのはいつ?",
    ],
)
def test_an_altered_question_asks_for_what_the_text_does_not_hold(question: str) -> None:
    for seed in range(20):
        changed = altered(question, TEXT, lambda: "カタリナが選んだのは何?", random.Random(seed))
        assert changed is not None
        assert changed != question
        words = re.findall(r"[0-9]+|[ァ-ヺ・]+|[一-鿿]+", changed)
        assert any(word not in TEXT and word not in question for word in words)


def test_a_question_without_anything_to_change_stays() -> None:
    assert altered("これは何?", TEXT, lambda: "これは何?", random.Random(1)) is None


@pytest.mark.parametrize(
    ("question", "stem"),
    [
        ("橋を渡ったのは誰ですか？", "橋を渡ったのは誰"),
        ("橋を渡ったのって誰だっけ", "橋を渡ったのって誰"),
        ("市長はいつ港に来たんですか?", "市長はいつ港に来た"),
        ("市長はいつ港に来た", "市長はいつ港に来た"),
    ],
)
def test_every_style_comes_from_every_style(question: str, stem: str) -> None:
    draw = random.Random(3)
    endings = {styled(question, draw).rstrip("？?。").removeprefix(stem) for _ in range(300)}
    assert {"", "んですか" if stem.endswith("た") else "ですか"} < endings
    assert all(stem not in ending for ending in endings)
