from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.terminal.visible import one_line, visible, well_formed


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m赤\x1b[0m", "␛[31m赤␛[0m"),
        (
            "\x1b]8;;https://evil.example\x1b\\押して\x1b]8;;\x1b\\",
            "␛]8;;https://evil.example␛\\押して␛]8;;␛\\",
        ),
        ("\x9b2J", "<U+009B>2J"),
        ("支払先\u202egnp.exe", "支払先<U+202E>gnp.exe"),
        ("\u2066a\u2069", "<U+2066>a<U+2069>"),
        ("a\x07b\x7fc\rd", "a␇b␡c␍d"),
        ("a\r\nb\tc", "a\nb    c"),
        ("家族👨‍👩‍👧と🇯🇵", "家族👨‍👩‍👧と🇯🇵"),
        ("[red]赤[/red]", "[red]赤[/red]"),
        ("\udce3", "\ufffd"),
    ],
)
def test_controls_are_shown_and_text_stays(text, shown):
    assert visible(text) == shown


@given(st.text(st.characters(), max_size=200))
def test_nothing_that_steers_a_terminal_is_left(text):
    shown = visible(text)
    assert not any(ord(character) < 32 and character != "\n" for character in shown)
    assert not any(0x7F <= ord(character) <= 0x9F for character in shown)
    assert not any(character in "\u202d\u202e\u2066\u2067\u2068" for character in shown)
    shown.encode("utf-8")
    assert visible(shown) == shown


def test_one_line_has_no_line_feed():
    assert one_line(" a\n\n b\u2028c ") == "a b c"


@given(st.binary(max_size=50))
def test_bytes_that_came_as_surrogates_are_read_again(data):
    text = data.decode("ascii", "surrogateescape")
    assert well_formed(text) == data.decode("utf-8", "replace")


def test_a_surrogate_that_is_no_byte_is_replaced():
    assert well_formed("a\ud800b") == "a\ufffdb"
