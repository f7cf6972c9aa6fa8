"""The Home tab, the agent's pane, and the sessions of its threads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.slack.blocks import check_blocks
from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.methods.registry import STYLE, Arguments, method

if TYPE_CHECKING:
    from tests.fakes.slack.server import FakeSlack

SESSION_STATES = ("active", "processing", "suspended", "closed")


@method("views.publish", "user_id view", "hash")
def views_publish(slack: FakeSlack, given: Arguments) -> dict[str, Any]:
    view = given["view"]
    if view.get("type") != "home" or set(view) - {"type", "blocks", "private_metadata"}:
        raise SlackError("invalid_arguments", "view")
    check_blocks(view["blocks"], "home")
    slack.memory.homes[given["user_id"]] = view
    return {"view": view}


@method(
    "assistant.threads.setStatus",
    "channel_id thread_ts status",
    "loading_messages " + STYLE,
    "chat:write",
)
def set_status(slack: FakeSlack, given: Arguments) -> dict[str, Any]:
    slack.memory.channel(given["channel_id"])
    messages = given.get("loading_messages", [])
    if len(messages) > 10:
        raise SlackError("invalid_arguments", "loading_messages")
    slack.memory.statuses.append(given)
    return {}


@method(
    "assistant.threads.setSuggestedPrompts",
    "channel_id prompts",
    "thread_ts title",
    "assistant:write",
)
def set_prompts(slack: FakeSlack, given: Arguments) -> dict[str, Any]:
    slack.memory.channel(given["channel_id"])
    prompts = given["prompts"]
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= 4:
        raise SlackError("invalid_arguments", "prompts")
    if any(set(prompt) != {"title", "message"} or not prompt["title"] for prompt in prompts):
        raise SlackError("invalid_arguments", "prompts")
    # For an agent app a call with thread_ts says yes and does nothing.
    if "thread_ts" not in given:
        slack.memory.prompts[given["channel_id"]] = given
    return {}


@method(
    "agents.sessions.setStatus",
    "channel_id status",
    "thread_ts title initiator_user_id " + STYLE,
    "chat:write",
)
def sessions_set_status(slack: FakeSlack, given: Arguments) -> dict[str, Any]:
    slack.memory.channel(given["channel_id"])
    if given["status"] not in SESSION_STATES or len(given.get("title", "")) > 200:
        raise SlackError("invalid_arguments")
    if "thread_ts" not in given:
        raise SlackError("invalid_arguments", "thread_ts")
    session = slack.set_session(given["channel_id"], given["thread_ts"], given["status"])
    session.setdefault("title", given.get("title", ""))
    return {"status": given["status"], "title": session["title"]}
