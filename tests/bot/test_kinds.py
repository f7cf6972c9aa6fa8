from __future__ import annotations

import pytest

from bot.kinds import holds
from retrieval.values import Intent


@pytest.mark.parametrize(
    ("intent", "sentence"),
    [
        (Intent.WHO, "式には森田知事が出席した。"),
        (Intent.WHO, "東西銀行が買収を決めた。"),
        (Intent.WHO, "Ruth Okafor ordered the closure."),
        (Intent.WHEN, "橋は5月7日に開通した。"),
        (Intent.WHEN, "昨年から続いている。"),
        (Intent.WHEN, "It reopened last month."),
        (Intent.WHERE, "白波市で開かれた。"),
        (Intent.WHERE, "It was held in Kyoto."),
        (Intent.HOW, "約3千人が訪れた。"),
        (Intent.WHY, "大雨のため中止になった。"),
        (Intent.WHAT, "それは青い。"),
        (Intent.YESNO, "それは青い。"),
    ],
)
def test_signs_of_what_is_asked(intent: Intent, sentence: str) -> None:
    assert holds(sentence, intent)


@pytest.mark.parametrize(
    ("intent", "sentence"),
    [
        (Intent.WHO, "雨が降り続いた。"),
        (Intent.WHEN, "雨が降り続いた。"),
        (Intent.WHERE, "雨が降り続いた。"),
        (Intent.WHY, "雨が降り続いた。"),
        (Intent.HOW, "雨が降り続いた。"),
        (Intent.WHEN, "The rain went on."),
    ],
)
def test_no_sign_where_there_is_none(intent: Intent, sentence: str) -> None:
    assert not holds(sentence, intent)
