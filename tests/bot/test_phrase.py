from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.phrase import phrase, phrase_sentence, time_of
from retrieval.values import Intent, Language, Query
from tests.bot.articles import BRIDGE


def query(intent: Intent, language: Language = Language.JA) -> Query:
    return Query("？", "？", intent, language, datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("intent", "language", "short", "said"),
    [
        (Intent.WHO, Language.JA, "森田健一知事", "森田健一知事です。"),
        (Intent.WHO, Language.EN, "森田健一知事", "森田健一知事"),
        (Intent.WHY, Language.JA, "資材不足のため", "資材不足のためです。"),
        (
            Intent.WHY,
            Language.JA,
            "資材が足りなかった",
            "記事には「資材が足りなかった」とあります。",
        ),
        (Intent.WHY, Language.EN, "a strike", "The article says: “a strike”"),
        (Intent.WHEN, Language.JA, "その翌週", "その翌週です。"),
        (Intent.HOW, Language.JA, "2年", "2年です。"),
    ],
)
def test_a_frame_round_the_words_as_they_stand(
    intent: Intent, language: Language, short: str, said: str
) -> None:
    assert phrase(query(intent, language), short) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.JA, "2024年5月7日（記事の表現：今月7日）"),
        (Language.EN, "7 May 2024 (in the article's words: 今月7日)"),
    ],
)
def test_a_time_is_said_in_full_beside_the_articles_expression(
    language: Language, said: str
) -> None:
    start = BRIDGE.text.index("今月7日")
    time = time_of(BRIDGE, start, start + 4)
    assert phrase(query(Intent.WHEN, language), "今月7日", time) == said


def test_a_sentence_is_quoted_whole_without_a_second_full_stop() -> None:
    sentence = "式には森田健一知事と地元の小学生らが出席した。"
    said = phrase_sentence(query(Intent.YESNO), sentence)
    assert said == "記事には「式には森田健一知事と地元の小学生らが出席した」とあります。"
