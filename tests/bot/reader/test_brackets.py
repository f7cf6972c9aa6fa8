"""Spans never show half a bracket."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reader.brackets import balanced


@pytest.mark.parametrize(
    ("text", "span", "whole"),
    [
        ("これは「対話の再開が近い」という兆しだ", "「対話の再開", "対話の再開"),
        ("市長は「来年だ」と話した", "来年だ」", "来年だ"),
        ("担当は金主愛（キム・ジュエ）氏だ", "金主愛（キム", "金主愛（キム・ジュエ）"),
        (
            "担当は金主愛（キム・ジュエ）氏だ",
            "金主愛（キム・ジュエ）氏",
            "金主愛（キム・ジュエ）氏",
        ),
        ("監督の『港の朝』が選ばれた", "『港の朝』", "『港の朝』"),
        ("題は「港", "題は「港", "題は"),
        ("「」", "「", "「"),
    ],
)
def test_a_span_is_brought_to_the_edge_of_its_bracket(text: str, span: str, whole: str) -> None:
    start = text.index(span)
    first, last = balanced(text, start, start + len(span), len(text))
    assert text[first:last] == whole


def test_a_bracket_is_not_closed_beyond_the_limit() -> None:
    text = "彼（別名は長い。そして続く）だ"
    assert balanced(text, 0, 4, text.index("。") + 1) == (0, 1)


@given(st.text("「」（）『』あい。", min_size=1, max_size=20), st.data())
def test_any_span_stays_within_the_text_and_keeps_something(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    first, last = balanced(text, start, end, len(text))
    assert start <= first < last <= len(text)
