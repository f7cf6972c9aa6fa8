"""Which methods there are, which arguments each takes, and what it takes to call one."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.messages import APP_TOKEN, BOT_TOKEN

if TYPE_CHECKING:
    from tests.fakes.slack.server import FakeSlack


Arguments = dict[str, Any]
Method = Callable[["FakeSlack", Arguments], dict[str, Any]]
METHODS: dict[str, tuple[Method, frozenset[str], frozenset[str], str]] = {}

_JSON = ("blocks", "chunks", "metadata", "prompts", "loading_messages", "view", "attachments")
# Whatever posts may be dressed up.
STYLE = "icon_emoji icon_url username"


def method(name: str, required: str = "", optional: str = "", scope: str = "") -> Callable:
    def keep(function: Method) -> Method:
        METHODS[name] = (
            function,
            frozenset(required.split()),
            frozenset(optional.split()),
            scope,
        )
        return function

    return keep


def call(slack: FakeSlack, name: str, token: str, arguments: Arguments) -> dict[str, Any]:
    """Answer one call, as strictly as Slack. Raises SlackError."""
    if name not in METHODS:
        raise SlackError("unknown_method", name)
    function, required, optional, scope = METHODS[name]
    wanted = APP_TOKEN if name == "apps.connections.open" else BOT_TOKEN
    if token != wanted:
        raise SlackError("invalid_auth" if token else "not_authed")
    if scope and scope not in slack.scopes:
        raise SlackError("missing_scope", scope)
    given = {key: value for key, value in arguments.items() if value is not None}
    for key in _JSON:
        if isinstance(given.get(key), str):
            try:
                given[key] = json.loads(given[key])
            except ValueError:
                raise SlackError("invalid_arguments", key) from None
    if missing := required - set(given):
        raise SlackError("invalid_arguments", f"{name} misses {sorted(missing)}")
    if extra := set(given) - required - optional:
        raise SlackError("invalid_arguments", f"{name} has {sorted(extra)}")
    slack.limits.check(name, str(given.get("channel", "")))
    return function(slack, given)
