from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quotes import Folded, find_quote

TEXT = "ＡＢＣ社は ３㌔の トンネルを\n掘った。「①番」だ。ﾊﾞｽも通る。"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ABC社", "ＡＢＣ社"),
        ("abc社は3キロ", "ＡＢＣ社は ３㌔"),
        ("トンネルを掘った", "トンネルを\n掘った"),
        ("バスも", "ﾊﾞｽも"),
        ("「1番」", "「①番」"),
    ],
)
def test_folded_words_are_found_at_their_original_offsets(words: str, found: str) -> None:
    place = Folded(TEXT).find(words)
    assert place is not None
    assert TEXT[slice(*place)] == found


@pytest.mark.parametrize("words", ["", "  ", "橋を掘った", "ABC社が"])
def test_what_does_not_stand_there_is_not_found(words: str) -> None:
    assert Folded(TEXT).find(words) is None


def test_the_passage_is_looked_at_before_the_rest() -> None:
    text = "市長が話した。社長が話した。"
    assert find_quote(text, "話した", 7, len(text)) == (10, 13)
    assert find_quote(text, "市長", 7, len(text)) == (0, 2)


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_every_slice_of_a_text_is_found_and_folds_to_the_same(text: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    folding = Folded(text)
    place = folding.find(text[start:end])
    wanted = Folded(text[start:end]).text
    if not wanted:
        assert place is None
        return
    assert place is not None
    assert wanted in Folded(text[slice(*place)]).text
