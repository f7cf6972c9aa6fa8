"""What Bolt listens to. Each listener writes down or hands on; none does slow work.

Bolt acknowledges an event before it calls the listener, but after the listener's
middleware: so the record is written there. An event that could not be written
down is not acknowledged, and Slack sends it again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, Respond

from bot.slack.blocks import ADD, ASK, GOOD_OR_BAD, Message
from bot.slack.commands import Said
from bot.slack.desk import FrontDesk
from bot.slack.intake import Intake

Body = dict[str, Any]
Next = Callable[[], None]


def listen(app: App, intake: Intake, desk: FrontDesk) -> None:
    """Register every listener on an app."""

    def take_message(body: Body, event: Body, next_: Next) -> None:
        intake.message(body, event)
        next_()

    def take_stop(event: Body, next_: Next) -> None:
        intake.stopped(event)
        next_()

    @app.event("app_mention", middleware=[take_message])
    def mentioned() -> None:
        """It is in the record."""

    @app.event("message", middleware=[take_message])
    def spoken() -> None:
        """It is in the record."""

    @app.event("agent_session_stopped", middleware=[take_stop])
    def stopped() -> None:
        """It is in the record."""

    @app.event("app_home_opened")
    def opened(event: Body) -> None:
        if event.get("tab") == "messages":
            desk.later(lambda: desk.open_pane(event["user"], event["channel"]))
        else:
            desk.later(lambda: desk.show_home(event["user"]))

    @app.command("/kiji")
    def command(ack: Ack, body: Body, respond: Respond) -> None:
        said = Said(body.get("text") or "", body["channel_id"], body["user_id"])
        ack()
        desk.later(lambda: desk.command(said, _telling(respond)))

    @app.action(re.compile(rf"{ASK}_\d+"))
    def ask(ack: Ack, body: Body, action: Body) -> None:
        intake.clicked(body, action["value"], str(action["action_ts"]))
        ack()

    @app.action(GOOD_OR_BAD)
    def vote(ack: Ack, body: Body, action: Body) -> None:
        container = body["container"]
        desk.vote(
            container["channel_id"],
            container["message_ts"],
            body["user"]["id"],
            good=action["value"] == "good",
        )
        ack()

    @app.action(re.compile(rf"{ADD}_\d+"))
    def add(ack: Ack, body: Body, action: Body, respond: Respond) -> None:
        ack()
        kind, value = json.loads(action["value"])
        container, message = body["container"], body.get("message") or {}
        thread = str(message.get("thread_ts") or container["message_ts"])
        person, channel = body["user"]["id"], container["channel_id"]
        desk.later(
            lambda: desk.add_offered(kind, value, channel, person, thread, _telling(respond))
        )

    @app.shortcut("kiji_read_message")
    def read_message(ack: Ack, body: Body, respond: Respond) -> None:
        ack()
        desk.later(
            lambda: desk.add_message(
                body["message"], body["channel"]["id"], body["user"]["id"], _telling(respond)
            )
        )


def _telling(respond: Respond) -> Callable[[Message, bool], None]:
    def tell(message: Message, to_all: bool) -> None:
        respond(
            text=message.plain or message.words,
            blocks=message.blocks if message.below else None,
            response_type="in_channel" if to_all else "ephemeral",
            replace_original=False,
            unfurl_links=False,
            unfurl_media=False,
        )

    return tell
