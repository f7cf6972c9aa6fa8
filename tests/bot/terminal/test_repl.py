"""The chat at a real (pseudo) terminal, in a process of its own, with a scripted chain."""

from __future__ import annotations

import os
import re
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("there are no ptys", allow_module_level=True)

from tests.fakes.terminal import CTRL_C, CTRL_D, ENTER, TAB, Terminal

COMMAND = [sys.executable, "-m", "tests.fakes.chat_process", "chat"]
ROOT = Path(__file__).parents[3]


@pytest.fixture
def chat(store, monkeypatch):
    monkeypatch.chdir(ROOT)

    @contextmanager
    def start(*arguments: str, columns: int = 80, **environ: str):
        environ = {**os.environ, "KIJI_STORE": str(store), "KIJI_LANG": "ja", **environ}
        environ = {"TERM": "xterm-256color", **environ, "PYTHONWARNINGS": "error"}
        with closing(Terminal([*COMMAND, *arguments], environ, columns)) as terminal:
            yield terminal

    return start


def test_a_question_is_answered_with_its_quote_and_ctrl_d_leaves(chat):
    with chat() as terminal:
        terminal.wait_for("質問してください")
        terminal.wait_for("準備ができました")
        terminal.press("いつ休館しますか", ENTER)
        terminal.wait_for("9月20日から21日までです。[1]")
        terminal.wait_for("湖畔図書館が臨時休館  2025-09-03  library.txt")
        terminal.wait_for("図書館は9月20日から21日まで休館する。")
        terminal.wait_for("fake、0.25秒")
        terminal.wait_for("> ")
        assert re.search(r"図書館は\x1b\[[0-9;]+m9月20日から21日まで\x1b\[0m休館", terminal.raw)
        terminal.press(CTRL_D)
        assert terminal.leave() == 0


def test_the_prompt_does_not_wait_for_the_models_and_the_question_does(chat):
    with chat(FAKE_WARM_UP="3") as terminal:
        terminal.wait_for("> ", seconds=2.5)
        terminal.wait_for("モデルを読み込んでいます")
        terminal.press("いつ", ENTER)
        terminal.wait_for("9月20日から21日までです。[1]")


def test_leaving_does_not_wait_for_the_models(chat):
    with chat(FAKE_WARM_UP="60") as terminal:
        terminal.wait_for("モデルを読み込んでいます")
        terminal.press(CTRL_D)
        assert terminal.leave(seconds=5) == 0


def test_ctrl_c_stops_an_answer_and_the_chat_goes_on(chat):
    with chat() as terminal:
        terminal.wait_for("準備ができました")
        terminal.press("一", ENTER)
        terminal.wait_for("fake、0.25秒")
        terminal.wait_for("> ")
        terminal.press("終わらない質問", ENTER)
        terminal.wait_for("読んでいます")
        terminal.press(CTRL_C)
        terminal.wait_for("中止しました。")
        terminal.wait_for("> ")
        terminal.press("壊れる質問", ENTER)
        terminal.wait_for("内部で問題が起きました")
        assert "Traceback" not in terminal.text
        terminal.wait_for("> ")
        terminal.press("誰ですか", ENTER)
        terminal.wait_for("記事には、その答えは書かれていません。")
        terminal.wait_for("> ")
        terminal.press(CTRL_D)
        assert terminal.leave() == 0


def test_ctrl_c_at_the_prompt_drops_the_line(chat):
    with chat() as terminal:
        terminal.wait_for("準備ができました")
        terminal.press("やめた質問", CTRL_C, "/help", ENTER)
        terminal.wait_for("/sources")
        terminal.wait_for("> ")
        terminal.press(CTRL_D)
        assert terminal.leave() == 0


def test_several_lines(chat):
    with chat() as terminal:
        terminal.wait_for("準備ができました")
        terminal.press("!multi", ENTER)
        terminal.wait_for("... ")
        terminal.press("いつ", ENTER, "ですか", ENTER, "!end", ENTER)
        terminal.wait_for("9月20日から21日までです。[1]")


def test_commands_complete(chat):
    with chat() as terminal:
        terminal.wait_for("準備ができました")
        terminal.press("/artic", TAB)
        terminal.wait_for("記事の一覧")
        terminal.press("les", ENTER)
        terminal.wait_for("（2節）")


def test_an_empty_store_is_filled_with_the_sample_and_says_so(chat):
    with chat(FAKE_EMPTY="1") as terminal:
        terminal.wait_for("準備ができました。記事 1件")
        terminal.press("いつ", ENTER)
        terminal.wait_for("9月20日から21日までです。[1]")
        # Told before the answer: at the first prompt already, where all was ready by then.
        assert "見本の記事（1件）" in terminal.text


def test_a_file_is_indexed_and_asked(chat, tmp_path):
    file = tmp_path / "記事.txt"
    file.write_text("題名の行\n\n本文の一文目です。二文目もあります。\n", "utf-8")
    with chat(str(file)) as terminal:
        terminal.wait_for("準備ができました。記事 2件")
        terminal.press("いつ", ENTER)
        terminal.wait_for("9月20日から21日までです。[1]")
        assert "追加 1件" in terminal.text
        assert "選んだ記事 1件" in terminal.text


def test_a_file_that_is_not_there_ends_before_the_prompt(chat):
    with chat("no-such-file.txt") as terminal:
        terminal.wait_for("no-such-file.txt")
        assert terminal.leave() == 1
        assert "質問してください" not in terminal.text


def test_c_goes_on_with_the_last_talk(chat, store, tmp_path):
    with chat() as terminal:
        terminal.wait_for("準備ができました")
        terminal.press("前回の質問", ENTER)
        terminal.wait_for("fake、0.25秒")
        terminal.wait_for("> ")
        terminal.press(CTRL_D)
        assert terminal.leave() == 0
    saved = tmp_path / "talk.md"
    with chat("-c") as terminal:
        terminal.wait_for("前回の続きです（これまで1問）")
        terminal.wait_for("> 前回の質問")
        terminal.wait_for("9月20日から21日までです。[1]")
        terminal.press(f"/save {saved}", ENTER)
        terminal.wait_for("1問を")
        terminal.wait_for("> ")
        assert "## 前回の質問" in saved.read_text("utf-8")
        terminal.press("/new", ENTER)
        terminal.wait_for("新しい会話")
        terminal.press("/sources", ENTER)
        terminal.wait_for("まだ何も答えていない")


def test_no_color_is_followed(chat):
    with chat(NO_COLOR="1") as terminal:
        terminal.wait_for("準備ができました")
        terminal.press("いつ", ENTER)
        terminal.wait_for("fake、0.25秒")
        assert not re.search(r"\x1b\[[0-9;]*3[1-7]m", terminal.raw)


def test_a_narrow_terminal_folds_by_cells(chat):
    with chat(columns=30) as terminal:
        terminal.wait_for("準備ができました")
        terminal.press("いつ", ENTER)
        terminal.wait_for("図書館は9月20日から21日ま\n    で休館する。")


def test_a_dumb_terminal_is_served_without_escapes_in_the_answer(chat):
    with chat(columns=30, TERM="dumb") as terminal:
        terminal.wait_for("> ")
        terminal.press("いつ", ENTER)
        terminal.wait_for("図書館は9月20日から21日ま\n    で休館する。")
        terminal.wait_for("fake")
        answer = terminal.raw[terminal.raw.rindex("[1] ") :]
        assert "\x1b" not in answer


def test_kijis_words_are_english_when_asked(chat):
    with chat(KIJI_LANG="en") as terminal:
        terminal.wait_for("ask about your articles")
        terminal.wait_for("Ready.")
