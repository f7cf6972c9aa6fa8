"""From Slack's events to the record: what is a question, whose it is, what becomes of it.

Runs before Slack is told that the event has arrived. Nothing here asks Slack
anything or takes longer than a write to the disk.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.slack import text
from bot.slack.access import Access
from bot.slack.deliveries import Deliveries
from bot.slack.questions import Offer, Question
from bot.slack.threads import Me

Event = dict[str, Any]

# What of a person's messages may be a question; joins, topics and the like are none.
_SPOKEN = (None, "file_share", "thread_broadcast")


class Intake:
    """`wake` is called when there is something to answer, `refuse` for whoever may not ask."""

    def __init__(
        self,
        deliveries: Deliveries,
        access: Access,
        me: Me,
        wake: Callable[[], None],
        refuse: Callable[[Question], None],
    ) -> None:
        self._deliveries = deliveries
        self._access = access
        self._me = me
        self._wake = wake
        self._refuse = refuse

    def message(self, body: Event, event: Event) -> None:
        """A `message` or an `app_mention` event."""
        match event.get("subtype"):
            case "message_changed":
                self._changed(body, event)
            case "message_deleted":
                if self._deliveries.withdraw(event["channel"], str(event.get("deleted_ts"))):
                    self._wake()
            case subtype if subtype in _SPOKEN:
                self._spoken(body, event)

    def stopped(self, event: Event) -> None:
        """An `agent_session_stopped` event."""
        self._deliveries.stop(event["channel"], str(event.get("thread_ts")))

    def clicked(self, body: Event, question: str, ts: str) -> None:
        """A suggestion's button: a question that no message asks."""
        container = body["container"]
        channel = container["channel_id"]
        message = body.get("message") or {}
        asked = Question(
            channel=channel,
            ts=ts,
            thread=str(message.get("thread_ts") or container["message_ts"]),
            person=body["user"]["id"],
            team=(body.get("team") or {}).get("id") or self._me.team,
            text=text.escaped(question),
            clicked=True,
        )
        self._take(f"click {channel} {ts}", asked)

    def _spoken(self, body: Event, event: Event) -> None:
        person, words = event.get("user"), event.get("text") or ""
        if not person or event.get("bot_id") or person == self._me.user:
            return
        channel, ts = event["channel"], event["ts"]
        thread = event.get("thread_ts") or ts
        direct = channel.startswith("D")
        called = direct or event["type"] == "app_mention" or text.mentions(words, self._me.user)
        if not called:
            if thread == ts or text.for_somebody_else(words, self._me.user):
                return
            if not words.strip() or not self._deliveries.takes_part(channel, thread):
                return
        question = Question(
            channel=channel,
            ts=ts,
            thread=thread,
            person=person,
            team=event.get("user_team") or event.get("team") or body.get("team_id", ""),
            text=words,
            offers=_offers(event) if called else (),
        )
        self._take(body.get("event_id", ""), question, called=called)

    def _take(self, event_id: str, question: Question, *, called: bool = True) -> None:
        if self._access.allows(question.person, question.channel):
            if self._deliveries.take(event_id, question):
                self._wake()
        elif called and self._deliveries.turn_away(event_id, question):
            self._refuse(question)

    def _changed(self, body: Event, event: Event) -> None:
        message = event.get("message") or {}
        before = event.get("previous_message") or {}
        channel, ts = event["channel"], str(message.get("ts"))
        if message.get("bot_id") or message.get("user") == self._me.user:
            return
        if message.get("subtype") == "tombstone":
            # A thread's root that was deleted while answers hang on it.
            if self._deliveries.withdraw(channel, ts):
                self._wake()
            return
        words = message.get("text") or ""
        edited = (message.get("edited") or {}).get("ts")
        if edited is None or words == before.get("text"):
            return  # a link was unfolded, or a reply came
        if self._deliveries.edit(channel, ts, message.get("user") or "", words, str(edited)):
            self._wake()
        elif text.mentions(words, self._me.user) and not text.mentions(
            before.get("text") or "", self._me.user
        ):
            self._spoken(body, {**message, "channel": channel, "type": "message"})


def _offers(event: Event) -> tuple[Offer, ...]:
    files = [
        Offer("file", str(file["id"]), str(file.get("name") or file["id"]))
        for file in event.get("files") or []
        if file.get("id")
    ]
    return (*files, *(Offer("link", url, url) for url in text.links(event.get("text") or "")))
