"""What Bolt listens to. Each listener writes down or hands on; none does slow work.

Bolt acknowledges an event before it calls the listener, but after the listener's
middleware: so the record is written there. An event that could not be written
down is not acknowledged, and Slack sends it again; of a command, a click or a
shortcut it tells the person that it failed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App

from bot.slack.blocks import ADD, ASK, GOOD_OR_BAD
from bot.slack.commands import Said, Tell
from bot.slack.desk import FrontDesk
from bot.slack.ephemeral import Ephemeral
from bot.slack.intake import Intake
from bot.slack.web import Calls

Body = dict[str, Any]
Next = Callable[[], None]


def listen(app: App, intake: Intake, desk: FrontDesk, calls: Calls) -> None:
    """Register every listener on an app."""

    def take_message(body: Body, event: Body, next_: Next) -> None:
        intake.message(body, event)
        next_()

    def take_stop(event: Body, next_: Next) -> None:
        intake.stopped(event)
        next_()

    def private(body: Body, channel: str, person: str) -> Tell:
        return Ephemeral(calls, body["response_url"], channel, person).tell

    def turn_away(body: Body) -> None:
        person = body["user"]["id"]
        tell = private(body, body["channel"]["id"], person)
        desk.later(lambda: desk.turn_away(person, tell))

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
    def command(ack: Ack, body: Body) -> None:
        said = Said(body.get("text") or "", body["channel_id"], body["user_id"])
        taken = intake.command(body, said)
        ack()
        if not taken:
            desk.later(lambda: desk.command(said, private(body, said.channel, said.person)))

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
    def add(ack: Ack, body: Body, action: Body) -> None:
        taken = intake.offered(body, action["value"])
        ack()
        if not taken:
            turn_away(body)

    @app.shortcut("kiji_read_message")
    def read_message(ack: Ack, body: Body) -> None:
        taken = intake.shortcut(body)
        ack()
        if not taken:
            turn_away(body)
