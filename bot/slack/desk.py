"""All that is asked of the bot and is kept nowhere: commands, votes, home, pane."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.log import log_bug
from bot.slack.access import Access
from bot.slack.blocks import notice
from bot.slack.commands import Commands, Said, Tell
from bot.slack.feedback import Feedback
from bot.slack.home import home
from bot.slack.people import People
from bot.slack.questions import Question
from bot.slack.shelf import Shelf
from bot.slack.suggest import prompts
from bot.slack.threads import NOTICE
from bot.slack.web import Calls, Limited, Lost, Refused
from prompts.catalogue import say

if TYPE_CHECKING:
    from bot.settings import Settings

log = logging.getLogger(__name__)

_HANDS = 4


@dataclass(frozen=True, slots=True)
class Rooms:
    """What the desk turns to."""

    settings: Settings
    access: Access
    calls: Calls
    shelf: Shelf
    feedback: Feedback
    commands: Commands
    people: People


class FrontDesk:
    """Does things in threads of its own, beside the answers."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._hands = ThreadPoolExecutor(_HANDS, "kiji-slack-desk")

    def later(self, work: Callable[[], None]) -> None:
        """Do something in the background; what goes wrong is logged."""

        def run() -> None:
            try:
                work()
            except (Limited, Refused, Lost) as error:
                log.warning("left undone: %s", error)
            except Exception as error:  # noqa: BLE001 - the last net of a thread
                log_bug(error)

        self._hands.submit(run)

    def close(self) -> None:
        """Take up nothing more, and wait for what was asked: it is kept nowhere else."""
        self._hands.shutdown(wait=True)

    # --- what is asked

    def refuse(self, question: Question) -> None:
        """Tell somebody, and nobody else, that they may not ask here."""
        self.later(lambda: self._refuse(question))

    def _refuse(self, question: Question) -> None:
        rooms = self._rooms
        words = say(rooms.people.language(question.person), "slack.not_allowed")
        # At the top level an ephemeral message with thread_ts would open a thread nobody sees.
        thread = question.thread if question.thread != question.ts else None
        rooms.calls.patiently(
            "chat.postEphemeral",
            lambda: rooms.calls.client.chat_postEphemeral(
                channel=question.channel, user=question.person, text=words, thread_ts=thread
            ),
        )

    def turn_away(self, person: str, tell: Tell) -> None:
        """Tell somebody that what they did is not theirs to do here."""
        tell(notice(say(self._rooms.people.language(person), "slack.not_allowed")))

    def command(self, said: Said, tell: Tell) -> None:
        """`/kiji …`."""
        if self._rooms.access.allows(said.person, said.channel):
            self._rooms.commands.run(said, tell)
        else:
            self.turn_away(said.person, tell)

    def vote(self, channel: str, answer_ts: str, person: str, *, good: bool) -> None:
        """A click on one of an answer's two buttons."""
        if self._rooms.access.allows(person, channel):
            self._rooms.feedback.vote(channel, answer_ts, person, good=good)

    def show_home(self, person: str) -> None:
        """Publish the Home tab of a person."""
        rooms = self._rooms
        view = home(
            rooms.shelf.seen_from(person),
            person,
            rooms.settings,
            rooms.access,
            rooms.shelf.kiji.engine.name,
            rooms.people.language(person),
        )
        rooms.calls.patiently(
            "views.publish", lambda: rooms.calls.client.views_publish(user_id=person, view=view)
        )

    def open_pane(self, person: str, channel: str) -> None:
        """Greet a person in the agent pane, the first time, and suggest what to ask."""
        rooms = self._rooms
        if not rooms.access.allows(person, channel):
            return
        language = rooms.people.language(person)
        greeting = say(language, "slack.greeting")
        rooms.calls.gladly(
            "assistant.threads.setSuggestedPrompts",
            # Without thread_ts: with one, Slack says yes to an agent app and shows nothing.
            lambda: rooms.calls.client.assistant_threads_setSuggestedPrompts(
                channel_id=channel,
                title=greeting,
                prompts=prompts(rooms.shelf.seen_from(person), language),
            ),
        )
        if rooms.feedback.greet(person):
            rooms.calls.patiently(
                f"chat.postMessage {channel}",
                lambda: rooms.calls.client.chat_postMessage(
                    channel=channel,
                    text=greeting,
                    metadata={"event_type": NOTICE, "event_payload": {}},
                ),
            )
