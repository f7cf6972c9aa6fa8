"""Completion at the prompt: commands, article ids, paths."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from prompt_toolkit.completion import CompleteEvent, Completer, Completion, PathCompleter
from prompt_toolkit.document import Document

from bot.terminal.commands import COMMANDS
from bot.terminal.lines import END, START
from bot.terminal.visible import one_line
from prompts.catalogue import say
from retrieval.values import Language


class ChatCompleter(Completer):
    """Completes what begins with `/` or `!`; a question is left alone.

    `articles` gives (id, title) of what can be named now; it must not block.
    """

    def __init__(self, language: Language, articles: Callable[[], list[tuple[str, str]]]) -> None:
        self._language = language
        self._articles = articles
        self._paths = PathCompleter(expanduser=True)

    def get_completions(self, document: Document, event: CompleteEvent) -> Iterable[Completion]:
        """The completions of the text before the cursor."""
        text = document.text_before_cursor
        command, space, argument = text.partition(" ")
        if not space:
            yield from self._names(text)
        elif command in ("/article", "/scope"):
            word = argument.rsplit(" ", 1)[-1]
            for name, title in self._articles():
                if name.startswith(word):
                    yield Completion(name, -len(word), display_meta=one_line(title))
        elif command in ("/index", "/save"):
            inner = Document(argument, len(argument))
            yield from self._paths.get_completions(inner, event)

    def _names(self, text: str) -> Iterable[Completion]:
        if text.startswith("/"):
            for name in COMMANDS:
                if name.startswith(text[1:]):
                    meta = say(self._language, f"chat.help.{name}")
                    yield Completion(f"/{name}", -len(text), display_meta=meta)
        elif text.startswith("!"):
            for word in (START, END):
                if word.startswith(text):
                    yield Completion(word, -len(text))
