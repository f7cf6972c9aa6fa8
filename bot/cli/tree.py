"""The commands and their options; what each does is imported when it runs."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

from bot.cli.help import Command, Group
from prompts.catalogue import say
from retrieval.values import Language

MAX_HITS = 1000


class Gone(Exception):
    """Whoever read stdout has gone; there is nobody to tell anything."""


class Stopped(Exception):
    """The person pressed Ctrl-C."""


def _lazily(module: str, function: str) -> Callable[..., int]:
    """A callback that imports its module when it is called, so that help stays quick."""

    @click.pass_obj
    def call(app: object, /, **values: Any) -> int:  # noqa: ANN401 - click passes what the options are
        run = getattr(import_module(f"bot.cli.{module}"), function)
        try:
            return int(run(app, **values) or 0)
        except BrokenPipeError:
            # Not let through: click would end the process with status 1.
            raise Gone from None
        except KeyboardInterrupt:
            # Nor this: click would print a line of its own.
            raise Stopped from None

    return call


def tree(language: Language) -> click.Group:
    """The whole command line, its help in a language."""

    def option(*names: str, help_key: str, **more: Any) -> click.Option:  # noqa: ANN401 - click's own arguments
        return click.Option(names, help=say(language, f"cli.option.{help_key}"), **more)

    def argument(name: str, **more: Any) -> click.Argument:  # noqa: ANN401 - click's own arguments
        return click.Argument([name], metavar=more.pop("metavar", name.upper()), **more)

    def store() -> list[click.Parameter]:
        return [
            option("--store", help_key="store", metavar="DIR"),
            option("--collection", help_key="collection", metavar="NAME"),
        ]

    def asked() -> list[click.Parameter]:
        return [
            argument("question", nargs=-1, required=False, metavar="[QUESTION]"),
            option("--batch", help_key="batch", metavar="FILE"),
            option("--json", "as_json", help_key="json", is_flag=True),
        ]

    def command(name: str, module: str, *params: click.Parameter, function: str = "") -> Command:
        return Command(
            name,
            language=language,
            callback=_lazily(module, function or name),
            params=list(params),
            help=say(language, f"cli.help.{name}"),
        )

    group = Group("kiji", language=language, help=say(language, "cli.help.kiji"))
    hits = option("-k", help_key="k", metavar="N", type=click.IntRange(1, MAX_HITS), default=10)
    ids = argument("ids", nargs=-1, required=True, metavar="ID…")
    feedback = Group("feedback", language=language, help=say(language, "cli.help.feedback"))
    feedback.add_command(
        command("export", "slack", option("--bad", help_key="bad", is_flag=True), *store())
    )
    for each in (
        command(
            "index",
            "index",
            argument("sources", nargs=-1, required=True, metavar="PATH|URL|-…"),
            *store(),
        ),
        command("ask", "ask", *asked(), *store()),
        command(
            "chat",
            "chat",
            argument("paths", nargs=-1, metavar="[PATH…]"),
            option("-c", "--continue", "resume", help_key="resume", is_flag=True),
            *store(),
        ),
        command("search", "search", *asked(), hits, *store()),
        command(
            "articles",
            "articles",
            argument("article", required=False, metavar="[ID]"),
            option("--json", "as_json", help_key="json", is_flag=True),
            *store(),
        ),
        command("remove", "articles", ids, *store()),
        command("reindex", "index", *store()),
        command(
            "eval",
            "evaluate",
            argument("file", required=True, metavar="FILE"),
            option("--json", "as_json", help_key="evaluation_json", is_flag=True),
            option("--report", help_key="report", metavar="PAGE"),
            *store(),
            function="evaluate",
        ),
        command(
            "slack",
            "slack",
            option("--check", help_key="check", is_flag=True),
            *store(),
        ),
        feedback,
        command("doctor", "doctor", *store()),
        command("version", "doctor", function="show_version"),
    ):
        group.add_command(each)
    return group
