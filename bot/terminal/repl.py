"""The chat at a terminal: a prompt with history and completion, answers with their proof.

Ctrl-C stops an answer or drops the line being typed; Ctrl-D leaves.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.history import FileHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.styles import Style
from rich.text import Text

from bot.terminal.commands import Commands
from bot.terminal.completion import ChatCompleter
from bot.terminal.console import put, width
from bot.terminal.fold import fold
from bot.terminal.lines import Lines
from bot.terminal.preparation import ready
from bot.terminal.render import rendered
from bot.terminal.trouble import sentence
from bot.terminal.visible import visible
from bot.terminal.waiting import Waiting
from bot.values import AnswerEvent
from prompts.catalogue import say

if TYPE_CHECKING:
    from rich.console import Console

    from bot.opening import Opening
    from bot.terminal.desk import Desk
    from bot.terminal.preparation import Preparation, Prepared

HISTORY = "history"
_STYLE = Style.from_dict({"prompt": "bold ansicyan", "bottom-toolbar": "noreverse ansibrightblack"})


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("escape", "enter")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    return keys


class Repl:
    """Reads, answers, prints, until Ctrl-D."""

    def __init__(
        self, desk: Desk, opening: Opening, preparation: Preparation, out: Console, notices: Console
    ) -> None:
        self._desk = desk
        self._language = opening.settings.language
        self._preparation = preparation
        self._out = out
        self._notices = notices
        self._greeted: Prepared | None = None
        self._failed: BaseException | None = None
        self._lines = Lines()
        self._commands = Commands(desk, opening, self._prepared, out, notices)
        self._session: PromptSession[str] = PromptSession(
            history=FileHistory(str(opening.settings.store / HISTORY)),
            completer=ChatCompleter(self._language, self._articles),
            auto_suggest=AutoSuggestFromHistory(),
            key_bindings=_keys(),
            bottom_toolbar=self._toolbar,
            style=_STYLE,
        )
        preparation.changed = self._session.app.invalidate

    def run(self) -> None:
        """Hold the chat; returns when the person leaves."""
        self._tell("chat.welcome")
        if self._desk.turns:
            self._tell("chat.resumed", count=len(self._desk.turns))
            put(self._out, Text(f"> {visible(self._desk.turns[-1].question)}", "dim"))
            put(self._out, rendered(self._desk.turns[-1].answer, self._language, self._out.width))
            put(self._out, "")
        self._preparation.start()
        while True:
            try:
                self._greet()
                line = self._session.prompt("... " if self._lines.open else "> ")
                if (entry := self._lines.feed(line)) is not None:
                    self._handle(entry)
            except KeyboardInterrupt:
                self._lines.drop()
            except EOFError:
                return

    def _handle(self, entry: str) -> None:
        try:
            if entry.startswith("/"):
                self._commands.run(entry)
                self._preparation.status = self._ready()
            else:
                self._answer(entry)
        except KeyboardInterrupt:
            self._tell("chat.stopped", style="yellow")
        except BrokenPipeError:
            raise
        except Exception as error:  # noqa: BLE001 - a chat outlives a bug; its trace is in the log
            self._complain(error)
        put(self._out, "")

    def _ready(self) -> str:
        """The toolbar's sentence; a command may have changed how many articles there are."""
        if self._greeted is None:
            return self._preparation.status
        return ready(self._greeted.library, self._language)

    def _answer(self, question: str) -> None:
        prepared = self._prepared()
        answer = None
        with Waiting(self._out, self._language) as waiting:
            waiting.status(say(self._language, "chat.stage.searching"))
            with closing(self._desk.ask(prepared, question)) as events:
                for event in events:
                    waiting.show(event)
                    if isinstance(event, AnswerEvent):
                        answer = event.answer
        if answer is not None:
            put(self._out, rendered(answer, self._language, width(self._out)))

    def _prepared(self) -> Prepared:
        """What was prepared; waits for it under a spinner, once."""
        if self._greeted is None:
            self._preparation.start()
            with Waiting(self._out, self._language) as waiting:
                prepared = self._preparation.wait(lambda: waiting.status(self._preparation.status))
            self._greet()
            return prepared
        return self._greeted

    def _greet(self) -> None:
        """Say what came of the preparation, as soon as the screen is free for it."""
        failure = self._preparation.failure
        if failure is not None and failure is not self._failed:
            self._failed = failure
            self._complain(failure)
        done = self._preparation.done
        if done is not None and self._greeted is None:
            self._greeted = done
            if done.articles is not None:
                self._desk.limit(done.articles)
            for notice in done.notices:
                put(self._out, fold(Text(notice, "dim"), width(self._out)))

    def _complain(self, error: BaseException) -> None:
        text = Text(sentence(error, self._language), "red")
        put(self._notices, fold(text, width(self._notices)))

    def _tell(self, key: str, style: str = "dim", **values: object) -> None:
        put(self._out, fold(Text(say(self._language, key, **values), style), width(self._out)))

    def _toolbar(self) -> str:
        if self._preparation.failure is not None:
            return say(self._language, "chat.not_ready")
        return visible(self._preparation.status)

    def _articles(self) -> list[tuple[str, str]]:
        if self._greeted is None:
            return []
        return [(info.id, info.title) for info in self._greeted.library.articles()]
