from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from bot.terminal.progress import Noting, Skipped, bar, summary
from retrieval.errors import LoadError
from retrieval.store.reports import IndexProgress, IndexReport
from retrieval.values import Language
from tests.fakes.kiji import ARTICLE


def screen(*, terminal: bool) -> tuple[Console, io.StringIO]:
    out = io.StringIO()
    return Console(file=out, force_terminal=terminal, width=100, color_system=None), out


def test_a_terminal_sees_the_counts_and_then_nothing_of_the_bar():
    console, out = screen(terminal=True)
    with bar(console, "[red]a.txt", Language.EN) as report:
        report(IndexProgress(3, 12))
        report(IndexProgress(4, 15, total=9))
    assert "[red]a.txt" in out.getvalue()
    assert "4/9 articles, 15 passages" in out.getvalue()


def test_a_pipe_sees_nothing():
    console, out = screen(terminal=False)
    with bar(console, "a.txt", Language.EN) as report:
        report(IndexProgress(3, 12))
    assert out.getvalue() == ""


def test_the_summary_has_every_number():
    text = summary(IndexReport(1, 2, 3, 4), Language.JA)
    assert text == "記事：追加 1件、更新 2件、変更なし 3件。取り込んだ箇所：4。"


def test_ids_are_noted_as_the_articles_pass():
    noted = Noting(iter([ARTICLE]))
    assert noted.ids == set()
    assert list(noted) == [ARTICLE]
    assert noted.ids == {"library"}


def test_a_skipped_file_is_told_in_its_own_sentence():
    told: list[str] = []
    error = LoadError("cli.batch_missing", path="a\x1b.bin")
    Skipped(Language.EN, told.append)(Path("a.bin"), error)
    assert told == ["The file a␛.bin can't be read; check its name."]
