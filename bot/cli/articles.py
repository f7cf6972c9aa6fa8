"""`kiji articles` and `kiji remove`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing

from bot.cli.app import App
from bot.cli.streams import notice, write, write_json
from bot.records import article_record, info_record
from bot.terminal import listing
from bot.terminal.console import console, put, width
from bot.terminal.trouble import sentence
from bot.terminal.visible import one_line
from retrieval.errors import InputError


def articles(
    app: App, article: str | None, as_json: bool, store: str | None, collection: str | None
) -> int:
    """List the articles, or show one with its text."""
    opening = app.opening(store, collection)
    out = console(sys.stdout)
    with closing(opening.library()) as library:
        if article is not None:
            found = library.article(article)
            if as_json:
                write_json(article_record(found))
            else:
                put(out, listing.article(found, app.language, width(out)))
            return 0
        infos = library.articles()
    if as_json:
        for info in infos:
            write_json(info_record(info))
    elif infos:
        put(out, listing.articles(infos, app.language, width(out)))
    else:
        notice(app.say("chat.no_articles"))
    return 0


def remove(app: App, ids: Sequence[str], store: str | None, collection: str | None) -> int:
    """Take articles out of the collection; an id that is not there does not stop the others."""
    opening = app.opening(store, collection)
    failed = 0
    with closing(opening.library()) as library:
        for name in ids:
            try:
                library.remove(name)
            except InputError as error:
                failed = 1
                notice(sentence(error, app.language))
            else:
                write(app.say("cli.removed", id=one_line(name)))
    return failed
