"""The chat's own commands, `/help` and the others; the same at a prompt and in a pipe."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from bot.terminal import listing, progress
from bot.terminal.console import put, width
from bot.terminal.fold import fold
from bot.terminal.markdown import markdown
from bot.terminal.render import citations
from bot.terminal.usage import usage
from bot.terminal.visible import one_line, well_formed
from prompts.catalogue import say
from retrieval.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from bot.opening import Opening
    from bot.terminal.desk import Desk
    from bot.terminal.preparation import Prepared

# Each command with what it takes, in the order of /help.
COMMANDS = {
    "sources": "",
    "article": "ID|N",
    "articles": "",
    "index": "PATH|URL",
    "search": "QUESTION",
    "scope": "[all|ID …]",
    "usage": "",
    "new": "",
    "save": "FILE",
    "help": "",
}
SEARCH_HITS = 5


class Commands:
    """Carries commands out. `prepared` waits for the library where a command needs it."""

    def __init__(
        self,
        desk: Desk,
        opening: Opening,
        prepared: Callable[[], Prepared],
        out: Console,
        notices: Console,
    ) -> None:
        self._desk = desk
        self._opening = opening
        self._prepared = prepared
        self._out = out
        self._notices = notices
        self._language = opening.settings.language

    def run(self, line: str) -> None:
        """Carry out one line that begins with `/`. Raises KijiError."""
        name, _, argument = well_formed(line).removeprefix("/").partition(" ")
        argument = argument.strip()
        name = name.lower()
        if name not in COMMANDS:
            raise InputError("chat.unknown_command", name=name)
        takes = COMMANDS[name]
        if takes and not takes.startswith("[") and not argument:
            raise InputError("chat.command_needs", name=name, takes=takes)
        if text := getattr(self, f"_{name}")(argument):
            put(self._out, text)

    def _say(self, key: str, **values: object) -> Text:
        sentence = one_line(say(self._language, key, **values))
        return fold(Text(sentence), width(self._out))

    def _help(self, _: str) -> Text:
        column = max(len(f"/{name} {takes}") for name, takes in COMMANDS.items()) + 2
        lines = []
        for name, takes in COMMANDS.items():
            usage = f"/{name} {takes}".ljust(column)
            line = Text(usage, "cyan") + Text(say(self._language, f"chat.help.{name}"))
            lines.append(line)
        lines.append(Text())
        keys = Text(say(self._language, "chat.help.keys"))
        return Text("\n").join([*lines, fold(keys, width(self._out))])

    def _sources(self, _: str) -> Text:
        answer = self._desk.last
        if answer is None:
            return self._say("chat.no_answer_yet")
        columns = width(self._out)
        blocks = list(citations(answer, columns))
        if not blocks and not answer.hits:
            return self._say("chat.no_sources")
        if answer.hits:
            blocks.append(self._say("chat.read_passages", count=len(answer.hits)))
            blocks.append(listing.hits(answer.hits, self._language, columns))
        return Text("\n").join(blocks)

    def _article(self, argument: str) -> Text:
        library = self._prepared().library
        last = self._desk.last
        if argument.isdecimal() and last and 1 <= int(argument) <= len(last.citations):
            argument = last.citations[int(argument) - 1].article
        return listing.article(library.article(argument), self._language, width(self._out))

    def _articles(self, _: str) -> Text:
        library = self._prepared().library
        return listing.articles(library.articles(), self._language, width(self._out))

    def _index(self, argument: str) -> Text:
        library = self._prepared().library

        def skipped(sentence: str) -> None:
            put(self._notices, sentence)

        noted = progress.Noting(
            self._opening.articles(argument, progress.Skipped(self._language, skipped))
        )
        with progress.bar(self._notices, one_line(argument), self._language) as report:
            indexed = library.index(noted, report)
        chosen = self._desk.scope.articles
        if chosen is not None and not noted.ids <= chosen:
            # What was just added is meant to be asked, also in a chat about single articles.
            self._desk.limit(chosen | noted.ids)
        return fold(Text(progress.summary(indexed, self._language)), width(self._out))

    def _search(self, argument: str) -> Text:
        library = self._prepared().library
        found = self._opening.search(library, argument, SEARCH_HITS, self._desk.scope.articles)
        return listing.hits(found, self._language, width(self._out))

    def _scope(self, argument: str) -> Text:
        if argument == "all":
            self._desk.narrow(None)
        elif argument:
            library = self._prepared().library
            self._desk.narrow(frozenset(library.article(one).id for one in argument.split()))
        chosen = self._desk.scope.articles
        if chosen is None:
            return self._say("chat.scope_all", collection=self._desk.settings.collection)
        return self._say("chat.scope_some", count=len(chosen))

    def _usage(self, _: str) -> Text:
        answers = [kept.answer for kept in self._desk.turns]
        lines = usage(answers, self._language)
        return Text("\n").join(fold(Text(line), width(self._out)) for line in lines)

    def _new(self, _: str) -> Text:
        self._desk.new()
        return self._say("chat.new_talk")

    def _save(self, argument: str) -> Text:
        if not self._desk.turns:
            raise InputError("chat.nothing_to_save")
        path = Path(argument).expanduser()
        text = markdown(self._desk.turns, self._language)
        try:
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except FileExistsError as error:
            raise InputError("chat.save_exists", path=argument) from error
        except (OSError, ValueError) as error:
            raise InputError("chat.save_failed", path=argument) from error
        return self._say("chat.saved", path=str(path), count=len(self._desk.turns))
