"""The chat over a pipe, in a process of its own, with a scripted chain."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def piped(store):
    def call(stdin: bytes, *arguments: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", "tests.fakes.chat_process", "chat", *arguments],
            input=stdin,
            capture_output=True,
            cwd=ROOT,
            timeout=60,
            check=False,
            env={**os.environ, "KIJI_STORE": str(store), "KIJI_LANG": "ja", **environ},
        )

    return call


ANSWER = (
    "9月20日から21日までです。[1]\n"
    "[1] 湖畔図書館が臨時休館  2025-09-03  library.txt\n"
    "    図書館は9月20日から21日まで休館する。\n"
)


def test_one_line_one_answer_in_plain_text(piped):
    done = piped("いつですか\n\n".encode())
    assert done.returncode == 0
    assert done.stdout.decode() == ANSWER
    assert done.stderr == b""


def test_one_blank_line_between(piped):
    done = piped("いつですか\n/articles\n".encode())
    assert done.stdout.decode() == f"{ANSWER}\n2025-09-03  湖畔図書館が臨時休館  library  （2節）\n"


def test_utf8_in_and_out_whatever_the_locale(piped):
    done = piped(
        "\ufeffいつですか\r\n".encode(),
        LANG="C",
        LC_ALL="C",
        PYTHONUTF8="0",
        PYTHONCOERCECLOCALE="0",
    )
    assert (done.returncode, done.stdout.decode()) == (0, ANSWER)
    assert piped(b"\xff\xfe\n").returncode == 0


def test_a_line_that_fails_does_not_stop_the_others(piped):
    done = piped("/nosuch\nいつですか\n".encode())
    assert done.returncode == 1
    assert ANSWER in done.stdout.decode()
    assert "/nosuch" in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


def test_the_notice_about_the_sample_stands_beside_the_answers(piped):
    done = piped("いつですか\n".encode(), FAKE_EMPTY="1")
    assert done.stdout.decode() == ANSWER
    assert "見本の記事（1件）" in done.stderr.decode()


def test_several_lines_may_be_cut_short_by_the_end(piped):
    assert piped("!multi\nいつ\nですか".encode()).stdout.decode() == ANSWER


def test_a_talk_goes_on(piped):
    piped("一つ目\n".encode())
    done = piped(b"/sources\n", "-c")
    assert "図書館は9月20日から21日まで休館する。" in done.stdout.decode()


def test_a_missing_file_is_one_sentence(piped):
    done = piped(b"q\n", "no-such-file.txt")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.count(b"\n") == 1
