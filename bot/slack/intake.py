"""From what Slack sends to the record: what is a question, what is to be read in, and whose it is.

Runs before Slack is told that the event has arrived. Nothing here asks Slack
anything or takes longer than a write to the disk.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from bot.slack import text
from bot.slack.access import Access
from bot.slack.additions import Addition, Additions
from bot.slack.commands import Said
from bot.slack.deliveries import Deliveries
from bot.slack.questions import Offer, Question
from bot.slack.threads import Me

Event = dict[str, Any]

# What of a person's messages may be a question; joins, topics and the like are none.
_SPOKEN = (None, "file_share", "thread_broadcast")


class Intake:
    """`answer` is called when there is something to answer, `add` when there is something to
    read in, `refuse` for whoever may not ask.
    """

    def __init__(
        self,
        deliveries: Deliveries,
        additions: Additions,
        access: Access,
        me: Me,
        *,
        answer: Callable[[], None],
        add: Callable[[], None],
        refuse: Callable[[Question], None],
    ) -> None:
        self._deliveries = deliveries
        self._additions = additions
        self._access = access
        self._me = me
        self._answer = answer
        self._add = add
        self._refuse = refuse

    def message(self, body: Event, event: Event) -> None:
        """A `message` or an `app_mention` event."""
        match event.get("subtype"):
            case "message_changed":
                self._changed(body, event)
            case "message_deleted":
                if self._deliveries.withdraw(event["channel"], str(event.get("deleted_ts"))):
                    self._answer()
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

    def command(self, body: Event, said: Said) -> bool:
        """A command; False where it is none that reads something in, or not theirs to do."""
        url = said.url_to_add
        return bool(url) and self._wanted(
            Addition(
                id=body["trigger_id"],
                kind="link",
                value=url,
                channel=said.channel,
                person=said.person,
                response_url=body["response_url"],
            )
        )

    def offered(self, body: Event, value: str) -> bool:
        """The button that reads in a file or a link of a message; False: not theirs to do."""
        kind, what = json.loads(value)
        container, message = body["container"], body.get("message") or {}
        return self._wanted(
            Addition(
                id=body["trigger_id"],
                kind=kind,
                value=what,
                channel=container["channel_id"],
                person=body["user"]["id"],
                response_url=body["response_url"],
                thread=str(message.get("thread_ts") or container["message_ts"]),
            )
        )

    def shortcut(self, body: Event) -> bool:
        """The message shortcut: the message's file or its only link, else its words.

        False where it is not theirs to do.
        """
        message = body["message"]
        words = message.get("text") or ""
        files, links = message.get("files") or [], text.links(words)
        if files:
            kind, value = "file", str(files[0]["id"])
        elif links and not text.without_links(words):
            kind, value = "link", links[0]
        else:
            kind, value = "message", str(message["ts"])
        return self._wanted(
            Addition(
                id=body["trigger_id"],
                kind=kind,
                value=value,
                text=words if kind == "message" else "",
                channel=body["channel"]["id"],
                person=body["user"]["id"],
                response_url=body["response_url"],
            )
        )

    def _wanted(self, addition: Addition) -> bool:
        if not self._access.allows(addition.person, addition.channel):
            return False
        if self._additions.take(addition):
            self._add()
        return True

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
                self._answer()
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
                self._answer()
            return
        words = message.get("text") or ""
        edited = (message.get("edited") or {}).get("ts")
        if edited is None or words == before.get("text"):
            return  # a link was unfolded, or a reply came
        person = message.get("user") or ""
        allowed = self._access.allows(person, channel)
        if allowed and self._deliveries.edit(channel, ts, person, words, str(edited)):
            self._answer()
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
