"""`kiji` as a process: how fast it starts, what it imports, what pipes do to it."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KIJI = [sys.executable, "-c", "from bot.cli import main; main()"]
HEAVY = {
    "torch", "chromadb", "langchain", "langchain_core", "sentence_transformers", "transformers",
    "pydantic", "rich", "prompt_toolkit", "numpy", "onnxruntime", "trafilatura",
}  # fmt: skip


def kiji(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*KIJI, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        timeout=60,
        check=False,
        env={**os.environ, **environ},
    )


def test_help_is_there_at_once():
    times = []
    for _ in range(5):
        start = time.perf_counter()
        assert kiji("--help").returncode == 0
        times.append(time.perf_counter() - start)
    # 0.2 s where it was written; the bound leaves room for a busy machine.
    assert statistics.median(times) < 1.0


def test_the_command_line_imports_nothing_heavy():
    code = "import sys, bot.cli; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert HEAVY & set(done.stdout.split()) == set()


@pytest.mark.parametrize("module", ["bot.settings", "bot.opening", "bot.terminal.repl"])
def test_the_chat_comes_up_without_models(module):
    code = f"import sys, {module}; print(*sorted({{n.split('.')[0] for n in sys.modules}}))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    heavy = HEAVY - {"pydantic", "rich", "prompt_toolkit"}
    assert heavy & set(done.stdout.split()) == set()


def test_a_reader_that_goes_away_is_no_error(store):
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.fakes.chat_process", "articles", "library"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "KIJI_STORE": str(store)},
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    with process.stderr:
        assert process.stderr.read() == b""
    assert process.wait(30) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT is sent otherwise there")
def test_ctrl_c_says_so_without_a_trace(store):
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.fakes.chat_process", "chat"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "KIJI_STORE": str(store)},
    )
    assert process.stdin is not None
    process.stdin.write("いつですか\n".encode())
    process.stdin.flush()
    assert process.stdout is not None
    assert process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert err.decode().splitlines() == ["Stopped. What was finished so far is kept."]


def test_a_word_that_is_not_utf8_is_no_trace():
    done = subprocess.run(
        [*(os.fsencode(part) for part in KIJI), b"articles", b"\xff\xfe"],
        capture_output=True,
        cwd=ROOT,
        check=False,
        env={**os.environ},
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert done.stderr.count(b"\n") == 1
