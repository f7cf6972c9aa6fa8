from __future__ import annotations

from bot.terminal.lines import Lines


def fed(*lines: str) -> list[str]:
    collected = Lines()
    return [entry for line in lines if (entry := collected.feed(line)) is not None]


def test_a_line_is_a_question_and_an_empty_one_is_none():
    assert fed("いつ", "", "  ", " 誰 ") == ["いつ", "誰"]


def test_several_lines_between_multi_and_end():
    assert fed("!multi", "一行目", "", " 三行目", "!end", "次") == ["一行目\n\n 三行目", "次"]


def test_a_word_lets_the_text_hold_an_end():
    assert fed("!multi 12", "!end", "!end 12") == ["!end"]


def test_an_empty_block_is_no_question():
    assert fed("!multi", "!end") == []


def test_what_was_open_when_the_input_ended_is_still_asked():
    lines = Lines()
    assert lines.feed("!multi") is None
    assert lines.feed("途中") is None
    assert lines.open
    assert lines.flush() == "途中"
    assert not lines.open
    assert lines.flush() is None
