"""`kiji doctor` and `kiji version`."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from bot.cli.app import App
from bot.cli.streams import write
from bot.log import NAME
from bot.terminal.trouble import sentence
from bot.terminal.visible import one_line

if TYPE_CHECKING:
    from bot.opening import Opening

# What an answer depends on; the rest of the environment is in constraints.txt.
_PACKAGES = ("chromadb", "langchain", "sentence-transformers", "torch", "onnxruntime")
_DISTRIBUTION = "kiji-bot"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what, what was found, and whether that is well."""

    name: str
    found: str
    well: bool = True


def doctor(app: App, store: str | None, collection: str | None) -> int:
    """Look at settings, store, models and versions; status 1 when something is wrong."""
    opening = app.opening(store, collection)
    well = True
    for finding in _findings(app, opening):
        well = well and finding.well
        mark = app.say("cli.doctor.ok" if finding.well else "cli.doctor.wrong")
        name = app.say(f"cli.doctor.{finding.name}")
        write(f"[{mark}] {name}{one_line(finding.found)}")
    write(app.say("cli.doctor.all_well" if well else "cli.doctor.something_wrong"))
    return 0 if well else 1


def _findings(app: App, opening: Opening) -> Iterator[Finding]:
    settings = opening.settings
    changed = sorted(settings.model_fields_set)
    shown = ", ".join(f"{name}={getattr(settings, name)}" for name in changed)
    yield Finding("settings", shown or app.say("cli.doctor.defaults"))
    yield Finding("folder", str(settings.store))
    yield Finding("log", str(settings.store / NAME))
    yield _tried(app, "library", lambda: _library(app, opening))
    yield _tried(app, "models", lambda: _models(app, opening))
    if settings.model:
        yield _model(app, opening)
    yield Finding("sqlite", f"{sqlite3.sqlite_version}, FTS5", _has_fts5())
    yield Finding("python", f"{platform.python_version()}, {platform.platform()}")
    for package in (_DISTRIBUTION, *_PACKAGES):
        yield _package(app, package)


def _tried(app: App, name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(name, look())
    except Exception as error:  # noqa: BLE001 - whatever is wrong is what a doctor tells
        return Finding(name, sentence(error, app.language), well=False)


def _library(app: App, opening: Opening) -> str:
    with closing(opening.library()) as library:
        infos = library.articles()
        return app.say(
            "cli.doctor.counts",
            collection=opening.settings.collection,
            articles=len(infos),
            passages=sum(info.passages for info in infos),
            generation=library.generation(),
        )


def _models(app: App, opening: Opening) -> str:
    """Load everything an answer needs without a language model, which has a line of its own."""
    from bot.opening import Opening

    alone = Opening(opening.settings.model_copy(update={"model": ""}))
    with closing(opening.library()) as library:
        alone.kiji(library).warm_up()
    return opening.settings.embedding_model or app.say("cli.doctor.shipped")


def _model(app: App, opening: Opening) -> Finding:
    """One tiny call of the language model."""
    try:
        writer = opening.writer()
    except Exception as error:  # noqa: BLE001 - whatever is wrong is what a doctor tells
        return Finding("model", sentence(error, app.language), well=False)
    if writer is None:
        return Finding("model", opening.model_notice())
    from bot.llm.probe import place, probe

    found = probe(writer)
    where = place(writer.options, app.language)
    seconds = f"{found.first_token or 0:.2f}"
    key = found.failed or "well"
    told = app.say(f"llm.probe.{key}", model=writer.name, place=where, seconds=seconds)
    return Finding("model", told, well=not found.failed)


def _has_fts5() -> bool:
    with closing(sqlite3.connect(":memory:")) as db:
        try:
            db.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
        except sqlite3.OperationalError:
            return False
    return True


def _package(app: App, name: str) -> Finding:
    try:
        return Finding("package", f"{name} {version(name)}")
    except PackageNotFoundError:
        return Finding("package", app.say("cli.doctor.missing", name=name), well=False)


def show_version(_: App) -> int:
    """Print `kiji` and its version, as it is installed."""
    write(f"kiji {version(_DISTRIBUTION)}")
    return 0
