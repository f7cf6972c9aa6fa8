"""`kiji search`: what would be read for a question, and why it was found."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing

from bot.cli.app import App
from bot.cli.ask import filled
from bot.cli.batch import Asked, asked, each
from bot.cli.streams import write_json
from bot.records import hits_record
from bot.terminal import listing
from bot.terminal.console import console, put, width


def search(
    app: App,
    question: Sequence[str],
    k: int,
    batch: str | None,
    as_json: bool,
    store: str | None,
    collection: str | None,
) -> int:
    """Find passages for one question, or for those of a batch, in order."""
    source = asked(question, batch)
    opening = app.opening(store, collection)
    with closing(filled(opening)) as library:
        out = console(sys.stdout)
        first = True

        def find(one: Asked) -> None:
            nonlocal first
            hits = opening.search(library, one.question, k)
            if as_json:
                write_json(hits_record(hits, one.id))
                return
            if not first:
                put(out, "")
            first = False
            put(out, listing.hits(hits, app.language, width(out)))

        return each(app, source, find)
