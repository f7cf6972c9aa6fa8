"""`kiji eval`: questions whose answers are known, measured on one's own articles."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

from bot.cli.app import App
from bot.cli.ask import filled
from bot.cli.batch import Asked, each
from bot.cli.streams import notice, write_json
from bot.evaluate import Measure, Outcome, question_of
from bot.evaluate.evaluation import evaluation, result
from bot.evaluate.report import page
from bot.terminal.console import console, put, width
from bot.terminal.evaluation import counting, summary
from bot.terminal.visible import one_line
from retrieval.errors import InputError


def evaluate(
    app: App,
    file: str,
    as_json: bool,
    report: str | None,
    store: str | None,
    collection: str | None,
) -> int:
    """Ask every question of a file and compare; status 1 where a line could not be used."""
    opening = app.opening(store, collection)
    outcomes: list[Outcome] = []
    with closing(filled(opening)) as library, counting(console(sys.stderr), app.language) as count:
        kiji = opening.kiji(library)
        measure = Measure(
            kiji,
            library,
            lambda question, history, k: opening.search(library, question, k, history=history),
            opening.settings.now(),
        )

        def ask(asked: Asked) -> None:
            question = question_of(asked.id, asked.question, asked.history, asked.record)
            if not outcomes:
                # So that no answer's seconds hold the loading of the models.
                kiji.warm_up()
            outcomes.append(measure(question))
            count(len(outcomes))

        status = each(app, file, ask)
    if not outcomes:
        raise InputError("evaluate.no_questions", path=file)
    made = opening.settings.now()
    record = evaluation(made, [result("kiji", _name(file), outcomes)])
    if report is not None:
        _write(report, page(record, app.language))
        notice(app.say("evaluate.written", path=one_line(report)))
    if as_json:
        write_json(record)
    else:
        out = console(sys.stdout)
        put(out, summary(record["results"][0], app.language, width(out)))
    return status


def _name(file: str) -> str:
    return Path(file).name


def _write(path: str, html: str) -> None:
    try:
        Path(path).expanduser().write_text(html, encoding="utf-8", newline="\n")
    except (OSError, ValueError) as error:
        raise InputError("evaluate.cannot_write", path=path) from error
