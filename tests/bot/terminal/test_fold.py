from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from bot.terminal.fold import breaks, fold

TEXT = st.text("あ漢「」。、ーッ（）aB1 \n…😀é％", max_size=120)


def lines(text: str, width: int, indent: int = 0) -> list[str]:
    return fold(Text(text), width, indent).plain.split("\n")


@given(TEXT, st.integers(min_value=12, max_value=60))
def test_no_line_is_wider_and_nothing_is_lost(text, width):
    folded = lines(text, width)
    assert all(cell_len(line) <= width for line in folded)
    assert "".join("".join(folded).split()) == "".join(text.split())


@given(TEXT, st.integers(min_value=1, max_value=60))
def test_breaks_rise_and_lie_inside(text, width):
    offsets = breaks(text, width)
    assert offsets == sorted(set(offsets))
    assert all(0 < offset <= len(text) for offset in offsets)


def test_full_width_characters_count_two():
    assert lines("あいうえお", 4) == ["あい", "うえ", "お"]


def test_closing_punctuation_does_not_begin_a_line():
    assert lines("あいう。えお", 6) == ["あい", "う。え", "お"]
    assert lines("あい」、う", 6) == ["あ", "い」、", "う"]


def test_an_opening_bracket_does_not_end_a_line():
    assert lines("あい「うえ」", 6) == ["あい", "「う", "え」"]


def test_small_kana_and_the_long_mark_stay_with_what_they_follow():
    assert lines("きキャー", 6) == ["き", "キャー"]


def test_a_latin_word_is_whole_and_a_long_one_is_cut():
    assert lines("市のLibraryは", 8) == ["市の", "Library", "は"]
    assert lines("https://example.org/long", 10) == ["https://ex", "ample.org/", "long"]


def test_an_emoji_of_several_code_points_is_whole():
    family = "👨‍👩‍👧"
    assert lines(f"あい{family}", 5) == ["あい", family]


def test_every_line_is_indented_but_not_without_a_width():
    assert lines("あいうえ", 8, indent=4) == ["    あい", "    うえ"]
    assert fold(Text("あ" * 500), None, 4).plain == "    " + "あ" * 500


def test_styles_stay_on_their_characters():
    text = Text("あいう")
    text.append("えお", "bold")
    folded = fold(text, 4)
    bold = [folded.plain[span.start : span.end] for span in folded.spans if span.style == "bold"]
    assert "".join(bold).replace("\n", "") == "えお"
