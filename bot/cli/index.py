"""`kiji index` and `kiji reindex`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing

from bot.cli.app import App
from bot.cli.streams import notice, write
from bot.terminal.console import console
from bot.terminal.progress import Skipped, bar, summary
from bot.terminal.trouble import sentence
from bot.terminal.visible import one_line
from retrieval.errors import LoadError
from retrieval.store.reports import IndexReport


def index(app: App, sources: Sequence[str], store: str | None, collection: str | None) -> int:
    """Read each source into the library; one that can't be read does not stop the others."""
    opening = app.opening(store, collection)
    skipped = Skipped(app.language, notice)
    total = IndexReport()
    failed = 0
    with closing(opening.library()) as library:
        for source in sources:
            try:
                with bar(console(sys.stderr), one_line(source), app.language) as report:
                    total += library.index(opening.articles(source, skipped), report)
            except LoadError as error:
                failed += 1
                notice(sentence(error, app.language))
    if failed < len(sources):
        write(summary(total, app.language))
    return 1 if failed else 0


def reindex(app: App, store: str | None, collection: str | None) -> int:
    """Split and embed every stored article again, as the settings are now."""
    opening = app.opening(store, collection)
    with (
        closing(opening.library()) as library,
        bar(console(sys.stderr), app.say("cli.reindexing"), app.language) as report,
    ):
        library.reindex(report)
        count = len(library.articles())
    write(app.say("cli.reindexed", count=count))
    return 0
