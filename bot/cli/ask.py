"""`kiji ask`, and the library that `kiji search` and `kiji eval` need as well."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

from bot.cli.app import App
from bot.cli.batch import Asked, asked, each
from bot.cli.streams import write_json
from bot.records import answer_record
from bot.terminal.console import console, put, width
from bot.terminal.render import rendered
from bot.terminal.waiting import Waiting
from bot.values import Answer, AnswerEvent
from prompts.catalogue import say
from retrieval.errors import InputError

if TYPE_CHECKING:
    from bot.chain import Kiji
    from bot.opening import Opening
    from retrieval.store import Library


def filled(opening: Opening) -> Library:
    """The library. Raises InputError when there is nothing in it to ask."""
    library = opening.library()
    if library.is_empty():
        library.close()
        collection = opening.settings.collection
        raise InputError("cli.empty_collection", collection=collection)
    return library


def ask(
    app: App,
    question: Sequence[str],
    batch: str | None,
    as_json: bool,
    store: str | None,
    collection: str | None,
) -> int:
    """Answer one question, or those of a batch, in order."""
    source = asked(question, batch)
    opening = app.opening(store, collection)
    with closing(filled(opening)) as library:
        kiji = opening.kiji(library)
        out = console(sys.stdout)
        first = True

        def answer(one: Asked) -> None:
            nonlocal first
            if first and batch is not None:
                # So that the seconds of the first answer are its own, like all the others'.
                kiji.warm_up()
            told = _answered(kiji, opening, one, quiet=as_json)
            if as_json:
                write_json(answer_record(told, one.id))
            else:
                if not first:
                    put(out, "")
                put(out, rendered(told, app.language, width(out)))
            first = False

        return each(app, source, answer)


def _answered(kiji: Kiji, opening: Opening, one: Asked, *, quiet: bool) -> Answer:
    settings = opening.settings
    notices = console(sys.stderr)
    events = kiji.answer(one.question, one.history, asked_at=settings.now())
    answer: Answer | None = None
    with ExitStack() as stack:
        waiting = None
        if notices.is_terminal and not quiet:
            waiting = stack.enter_context(Waiting(notices, settings.language))
            waiting.status(say(settings.language, "chat.loading_models"))
        for event in events:
            if waiting is not None:
                waiting.show(event)
            if isinstance(event, AnswerEvent):
                answer = event.answer
    assert answer is not None  # noqa: S101 - the chain's last event is the answer
    return answer
