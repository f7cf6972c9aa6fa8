"""The app itself: who it is, and its way to a socket."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.slack.messages import BOT_ID, BOT_USER, TEAM
from tests.fakes.slack.methods.registry import Arguments, method

if TYPE_CHECKING:
    from tests.fakes.slack.server import FakeSlack


@method("auth.test")
def auth_test(slack: FakeSlack, _: Arguments) -> dict[str, Any]:
    return {
        "url": slack.url,
        "team": "Fake",
        "user": "kiji",
        "team_id": TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


@method("apps.connections.open")
def connections_open(slack: FakeSlack, _: Arguments) -> dict[str, Any]:
    return {"url": slack.new_socket_url()}
