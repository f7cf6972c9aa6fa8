from __future__ import annotations

import pytest

from bot.causes import causal_clause


@pytest.mark.parametrize(
    ("sentence", "clause"),
    [
        ("選手は学費を払えなかったため大学を去った。", "学費を払えなかったため"),
        ("工場は、需要が落ち込んだことから、来年3月に閉じる。", "需要が落ち込んだこと"),
        ("市長は大雨の警報を受けて避難所を開いた。", "大雨の警報を受けて"),
        ("強い風により、列車が止まった。", "強い風"),
        ("席が取りづらいので、編成を増やす。", "席が取りづらいので"),
        ("背景には、両国の長い不信がある。", "両国の長い不信がある"),
        ("閉鎖の理由は建物の老朽化だ。", "建物の老朽化だ"),
        ("祭りは中止になった。なぜなら雨が続いたからだ。", "雨が続いたからだ"),
        ("社長が辞任し、株価が下がったため、取引は止まった。", "株価が下がったため"),
        ("The bridge was closed because of heavy rain, police said.", "because of heavy rain"),
        ("Due to a strike, the trains stopped.", "Due to a strike"),
        (
            "Flights were cancelled because the runway had flooded.",
            "because the runway had flooded",
        ),
    ],
)
def test_the_clause_that_holds_the_cause(sentence: str, clause: str) -> None:
    found = causal_clause(sentence)
    assert found is not None
    assert sentence[slice(*found)] == clause


@pytest.mark.parametrize(
    "sentence",
    [
        "橋は5月に開通した。",
        "彼は「雨だったから、行かなかった」と話した。",
        "東京から大阪へ向かった。",
        "The mayor opened the bridge on Monday.",
        "",
    ],
)
def test_a_sentence_without_a_cause_has_none(sentence: str) -> None:
    assert causal_clause(sentence) is None
