import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.load.normal import normalise, one_line
from retrieval.load.script import display_width, join_lines


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("a\r\nb\rc\u2028d\x85e\x0cf", "a\nb\nc\nd\ne\nf"),
        ("か\u3099きくけこ", "がきくけこ"),
        ("灯\x00台\x1b\x7f\x9b\ufeff", "灯台"),
        ("a\tb", "a\tb"),
        ("港 \t\n\n\n\n\n町　\n\n", "港\n\n町"),
        ("　字下げした段落", "　字下げした段落"),
        ("祭り👨‍👩‍👧🎆", "祭り👨‍👩‍👧🎆"),
        ("half \ud83d pair", "half \ufffd pair"),
    ],
)
def test_normalise(raw, kept):
    assert normalise(raw) == kept


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    once = normalise(text)
    assert normalise(once) == once
    once.encode("utf-8")


def test_one_line():
    assert one_line("  港の\n 灯台 ") == "港の 灯台"


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("灯台が", "光る。", "灯台が光る。"),
        ("the light", "house", "the light house"),
        ("light-", "house", "lighthouse"),
        ("ABCの", "XYZ", "ABCの XYZ"),
        ("", "x", "x"),
    ],
)
def test_join_lines(left, right, joined):
    assert join_lines(left, right) == joined


def test_display_width_counts_japanese_double():
    assert display_width("灯台 No.1") == 9
