"""What a terminal shows while an answer is made: the claims so far and a spinner."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console, Group
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from bot.terminal.fold import fold
from bot.terminal.visible import visible
from bot.values import ClaimEvent, Event, StatusEvent, WordsEvent
from prompts.catalogue import say
from retrieval.values import Language


class Waiting:
    """A region that is gone when the block ends, whichever way it ends."""

    def __init__(self, out: Console, language: Language) -> None:
        self._out = out
        self._language = language
        self._claims: list[Text] = []
        self._spinner = Spinner("dots", style="cyan")
        self._live = Live(console=out, transient=True, refresh_per_second=10)

    def __enter__(self) -> Self:
        self._live.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._live.__exit__(kind, error, trace)

    def status(self, text: str) -> None:
        """Show what is being done now."""
        self._spinner.update(text=Text(visible(text), "dim"))
        self._live.update(Group(*self._claims, self._spinner))

    def show(self, event: Event) -> None:
        """Show a stage, a claim that has passed its check, or the sure beginning of one."""
        if isinstance(event, StatusEvent):
            self.status(say(self._language, f"chat.stage.{event.stage}"))
        elif isinstance(event, WordsEvent):
            words = [fold(Text(visible(event.text), "dim"), self._out.width)] if event.text else []
            self._live.update(Group(*self._claims, *words, self._spinner))
        elif isinstance(event, ClaimEvent):
            self._claims.append(fold(Text(visible(event.claim.text)), self._out.width))
            self._live.update(Group(*self._claims, self._spinner))
