"""The chat over a pipe: one question a line in, plain text out, one blank line between."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from typing import TYPE_CHECKING

from bot.terminal.commands import Commands
from bot.terminal.console import put
from bot.terminal.lines import Lines
from bot.terminal.preparation import prepare
from bot.terminal.render import rendered
from bot.terminal.trouble import sentence
from bot.values import AnswerEvent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from bot.opening import Opening
    from bot.terminal.desk import Desk


class Pipe:
    """Answers the lines of a stream."""

    def __init__(
        self, desk: Desk, opening: Opening, paths: Sequence[str], out: Console, notices: Console
    ) -> None:
        self._desk = desk
        self._language = opening.settings.language
        self._out = out
        self._notices = notices
        self._failed = False
        self._first = True
        # Notices that come as work goes on are for a person at a terminal; here they would
        # be one line for every article.
        self._prepared = prepare(opening, paths, lambda _: None)
        self._commands = Commands(desk, opening, lambda: self._prepared, out, notices)
        for notice in self._prepared.notices:
            put(notices, notice)
        if self._prepared.articles is not None:
            desk.limit(self._prepared.articles)

    def run(self, stream: Iterable[str]) -> int:
        """Answer every line; gives the exit status: 1 if one of them could not be used."""
        lines = Lines()
        for line in stream:
            entry = lines.feed(line.removeprefix("\ufeff").rstrip("\r\n"))
            if entry is not None:
                self._handle(entry)
        if (rest := lines.flush()) is not None:
            self._handle(rest)
        self._prepared.library.close()
        return 1 if self._failed else 0

    def _handle(self, entry: str) -> None:
        try:
            if entry.startswith("/"):
                self._between()
                self._commands.run(entry)
            else:
                self._answer(entry)
        except BrokenPipeError:
            raise
        except Exception as error:  # noqa: BLE001 - the other lines are still to be answered
            self._failed = True
            put(self._notices, sentence(error, self._language))

    def _answer(self, question: str) -> None:
        with closing(self._desk.ask(self._prepared, question)) as events:
            for event in events:
                if isinstance(event, AnswerEvent):
                    self._between()
                    put(self._out, rendered(event.answer, self._language, None))

    def _between(self) -> None:
        if not self._first:
            put(self._out, "")
        self._first = False
