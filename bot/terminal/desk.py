"""One chat, whatever it looks like: its talk, its scope, and what was answered last."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from typing import TYPE_CHECKING

from bot.conversation import Kept, Talks, history
from bot.terminal.visible import well_formed
from bot.values import Answer, AnswerEvent, Event, Scope

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.terminal.preparation import Prepared


class Desk:
    """Asks questions and keeps the talk.

    `turns` are those of the talk so far; `last` is the newest answer, with its
    hits unless it comes from an earlier session.
    """

    def __init__(self, settings: Settings, *, resume: bool) -> None:
        self.settings = settings
        self.talks = Talks(settings.store)
        self.scope = Scope()
        self.turns: list[Kept] = []
        self.last: Answer | None = None
        # A talk is begun by its first answer, so that opening a chat and leaving it
        # does not hide the talk before from `-c`.
        self._talk: int | None = None
        if resume and (talk := self.talks.last(settings.collection)) is not None:
            self._talk = talk
            self.scope = self.talks.scope(talk)
            self.turns = self.talks.turns(talk)
            self.last = self.turns[-1].answer

    def ask(self, prepared: Prepared, question: str) -> Generator[Event, None, None]:
        """The chain's events; the turn is kept before its answer is passed on.

        Closing this iterator closes the chain's.
        """
        asked = self.settings.now()
        events = prepared.kiji.answer(
            well_formed(question), history(self.turns), self.scope, asked_at=asked
        )
        with closing(events):  # type: ignore[type-var]
            for event in events:
                if isinstance(event, AnswerEvent):
                    self._keep(Kept(event.answer.question, event.answer, asked))
                yield event

    def _keep(self, kept: Kept) -> None:
        self.turns.append(kept)
        self.last = kept.answer
        if self._talk is None:
            self._talk = self.talks.start(self.settings.collection, self.scope, kept.asked)
        self.talks.add(self._talk, kept.answer, kept.asked)

    def narrow(self, articles: frozenset[str] | None) -> None:
        """Ask only these articles (None: all) in a new talk."""
        self.scope = Scope(articles)
        self.new()

    def limit(self, articles: frozenset[str] | None) -> None:
        """Ask only these articles (None: all) from now on, in the same talk."""
        self.scope = Scope(articles)
        if self._talk is not None:
            self.talks.set_scope(self._talk, self.scope)

    def new(self) -> None:
        """Begin a new talk; the one before stays kept."""
        self._talk = None
        self.turns = []
        self.last = None

    def close(self) -> None:
        """Close the file of talks."""
        self.talks.close()
