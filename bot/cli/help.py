"""Help and usage errors in kiji's own two languages, set by terminal cells."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from prompts.catalogue import say
from retrieval.values import Language


class Misuse(click.UsageError):
    """A wrong use, by the key of its sentence in the catalogue."""

    def __init__(self, key: str, ctx: click.Context | None = None, **values: object) -> None:
        super().__init__(key, ctx)
        self.key = key
        self.values = values


def misuse(error: click.UsageError, language: Language) -> str:
    """What was wrong with a command line, in one line, and where to read on."""
    command = error.ctx.command_path if error.ctx else "kiji"
    return f"{_what(error, language)} {say(language, 'cli.see_help', command=command)}"


def _what(error: click.UsageError, language: Language) -> str:
    match error:
        case Misuse():
            return say(language, error.key, **error.values)
        case click.NoSuchOption():
            return say(language, "cli.no_option", option=error.option_name)
        case click.MissingParameter(param=click.Parameter() as param):
            return say(language, "cli.missing", name=_name(param))
        case click.BadParameter(param=click.Parameter(type=click.IntRange() as kind) as param):
            return say(language, "cli.bad_number", name=_name(param), low=kind.min, high=kind.max)
        case click.BadOptionUsage():
            return say(language, "cli.needs_value", option=error.option_name)
    return say(language, "cli.too_much")


def _name(param: click.Parameter) -> str:
    return param.opts[0] if isinstance(param, click.Option) else param.make_metavar(_NOWHERE)


class Formatter(click.HelpFormatter):
    """Folds by cells and between full-width characters, which click's own does not."""

    def write_text(self, text: str) -> None:
        """A paragraph, folded and indented."""
        self.write("\n".join(_folded(text, self.width, self.current_indent)) + "\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """A list of terms (ASCII) and what they are."""
        rows = list(rows)
        column = min(max(len(term) for term, _ in rows), col_max) + col_spacing
        inner = self.current_indent + column
        for term, text in rows:
            first, *others = _folded(text, self.width, inner) if text else [""]
            head = f"{'':{self.current_indent}}{term}"
            if len(term) > column - col_spacing:
                self.write(head + "\n" + first + "\n")
            else:
                self.write(f"{head:<{inner}}{first.strip()}".rstrip() + "\n")
            for line in others:
                self.write(line + "\n")


def _folded(text: str, width: int, indent: int) -> list[str]:
    from rich.text import Text

    from bot.terminal.fold import fold

    return fold(Text(text), width, indent).plain.split("\n")


class Context(click.Context):
    """A context whose help is written by `Formatter`."""

    formatter_class = Formatter


_NOWHERE = Context(click.Command("kiji"))


class Command(click.Command):
    """A command whose help has its headings in `language`."""

    context_class = Context

    def __init__(self, *args: Any, language: Language, **kwargs: Any) -> None:  # noqa: ANN401 - click's own arguments, passed on
        super().__init__(*args, **kwargs)
        self.language = language

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line under kiji's own word for it."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write(f"{say(self.language, 'cli.usage')} {ctx.command_path} {pieces}\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options under kiji's own word for them."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [option.get_help_record(ctx) for option in options]
        with formatter.section(say(self.language, "cli.options")):
            formatter.write_dl([record for record in records if record])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option `--help`, described in kiji's own words."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say(self.language, "cli.option.help")
        return option


class Group(Command, click.Group):
    """A group of commands, in the order they were added."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names, as a person meets them, not by alphabet."""
        return list(self.commands)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands, then the options."""
        with formatter.section(say(self.language, "cli.commands")):
            formatter.write_dl(
                [(name, command.help or "") for name, command in self.commands.items()]
            )
        super().format_options(ctx, formatter)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named. Raises Misuse when there is none of that name."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            raise Misuse("cli.no_command", ctx, name=args[0])
        return super().resolve_command(ctx, args)
