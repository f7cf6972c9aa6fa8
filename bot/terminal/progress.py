"""Indexing with a progress bar on stderr, and one sentence about what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.terminal.visible import one_line
from prompts.catalogue import say
from retrieval.errors import LoadError
from retrieval.values import Article, Language

if TYPE_CHECKING:
    from rich.console import Console

    from retrieval.store import IndexProgress, IndexReport

Report = Callable[["IndexProgress"], None]


@contextmanager
def bar(output: Console, label: str, language: Language) -> Iterator[Report]:
    """A progress bar while the block runs; nothing at all where `output` is no terminal."""
    if not output.is_terminal:
        yield lambda _: None
        return
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[counts]}", markup=False),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=output, transient=True) as progress:
        # The first article waits for the models, which takes seconds.
        waiting = say(language, "chat.loading_models")
        task = progress.add_task(label, total=None, counts=waiting)

        def report(step: IndexProgress) -> None:
            articles = f"{step.articles}" if step.total is None else f"{step.articles}/{step.total}"
            counts = say(language, "cli.counts", articles=articles, passages=step.passages)
            progress.update(task, completed=step.articles, total=step.total, counts=counts)

        yield report


def summary(report: IndexReport, language: Language) -> str:
    """What indexing did, in one sentence."""
    return say(
        language,
        "cli.indexed",
        added=report.added,
        replaced=report.replaced,
        unchanged=report.unchanged,
        passages=report.passages,
    )


class Noting:
    """Passes articles on and notes their ids, so that one can ask just these."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._articles = articles
        self.ids: set[str] = set()

    def __iter__(self) -> Iterator[Article]:
        for article in self._articles:
            self.ids.add(article.id)
            yield article


class Skipped:
    """Tells of each file of a folder that was left out, as a sentence given to `tell`."""

    def __init__(self, language: Language, tell: Callable[[str], None]) -> None:
        self._language = language
        self._tell = tell

    def __call__(self, _: Path, error: LoadError) -> None:
        """Tell of one file."""
        self._tell(one_line(say(self._language, error.key, **error.details)))
