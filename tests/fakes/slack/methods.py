"""The Web API's methods: which arguments each takes, what it does, how it refuses."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.fakes.slack.blocks import MARKDOWN_BLOCK, check_blocks
from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.messages import APP, APP_TOKEN, BOT_ID, BOT_TOKEN, BOT_USER, TEAM

if TYPE_CHECKING:
    from tests.fakes.slack.server import FakeSlack

Arguments = dict[str, Any]
Method = Callable[["FakeSlack", Arguments], dict[str, Any]]
METHODS: dict[str, tuple[Method, frozenset[str], frozenset[str], str]] = {}

TEXT = 40_000
_STATES = ("active", "processing", "suspended", "closed")
_JSON = ("blocks", "chunks", "metadata", "prompts", "loading_messages", "view", "attachments")
_STYLE = "icon_emoji icon_url username"


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


# --- messages


def _metadata(given: Arguments) -> Any:
    metadata = given.get("metadata")
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or set(metadata) != {"event_type", "event_payload"}:
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(metadata)) > 16_000:
        raise SlackError("metadata_too_large")
    return metadata


def _content(given: Arguments) -> Arguments:
    text, blocks = given.get("text", ""), given.get("blocks")
    if not text and not blocks and not given.get("markdown_text"):
        raise SlackError("no_text")
    if given.get("markdown_text") and (text or blocks):
        raise SlackError("markdown_text_conflict")
    if len(text) > TEXT:
        raise SlackError("msg_too_long")
    kept: Arguments = {"text": text or given.get("markdown_text", "")}
    if blocks is not None:
        kept["blocks"] = check_blocks(blocks)
    if metadata := _metadata(given):
        kept["metadata"] = metadata
    return kept


def _thread(slack: FakeSlack, channel: str, thread: str | None) -> None:
    # NOTE: Slack posts at top level when thread_ts leads nowhere; here it is an error, so
    # that a test sees it.
    if thread is not None and thread not in slack.memory.channel(channel).messages:
        raise SlackError("thread_not_found", str(thread))


@method(
    "chat.postMessage",
    "channel",
    "text blocks thread_ts metadata unfurl_links unfurl_media markdown_text parse link_names mrkdwn"
    " reply_broadcast attachments " + _STYLE,
    "chat:write",
)
def post_message(slack: FakeSlack, given: Arguments) -> dict[str, Any]:
    channel = slack.memory.channel(given["channel"])
    content = _content(given)
    _thread(slack, channel.id, given.get("thread_ts"))
    message = slack.add(channel, BOT_USER, content, given.get("thread_ts"))
    return {"channel": channel.id, "ts": message["ts"], "message": message}


@method("chat.postEphemeral", "channel user", "text blocks thread_ts " + _STYLE, "chat:write")
def post_ephemeral(slack: FakeSlack, given: Arguments) -> dict[str, Any]:
    channel = slack.memory.channel(given["channel"])
    if given["user"] not in channel.members:
        raise SlackError("user_not_in_channel")
    content = _content(given)
    slack.ephemeral(channel.id, given["user"], content, given.get("thread_ts"))
    return {"message_ts": slack.memory.stamp()}


def _own(slack: FakeSlack, given: Arguments, refused: str) -> dict[str, Any]:
    message = slack.memory.message(given["channel"], str(given["ts"]))
    if message.get("user") != BOT_USER:
        raise SlackError(refused)
    return message


@method(
    "chat.update",
    "channel ts",
    "text blocks metadata markdown_text parse link_names reply_broadcast file_ids attachments",
    "chat:write",
)
def update(slack: FakeSlack, given: Arguments) -> dict[str, Any]:
    message = _own(slack, given, "cant_update_message")
    slack.expire_streams()
    if message.get("streaming_state") == "in_progress":
        raise SlackError("streaming_state_conflict")
    content = _content(given)
    slack.change(given["channel"], message, content)
    return {"channel": given["channel"], "ts": message["ts"], "text": message["text"]}


@method("chat.delete", "channel ts", "", "chat:write")
def delete(slack: FakeSlack, given: Arguments) -> dict[str, Any]:
    message = _own(slack, given, "cant_delete_message")
    slack.take_away(given["channel"], message)
    return {"channel": given["channel"], "ts": message["ts"]}


# --- streams


def _chunks(given: Arguments) -> str:
    text = given.get("markdown_text", "")
    chunks = given.get("chunks", [])
    if not isinstance(chunks, list):
        raise SlackError("invalid_chunks")
    for chunk in chunks:
        if chunk.get("type") != "markdown_text" or set(chunk) != {"type", "text"}:
            raise SlackError("invalid_chunks", str(chunk))
        if not chunk["text"]:
            raise SlackError("invalid_chunks", "no text")
        text += chunk["text"]
    if len(text) > MARKDOWN_BLOCK:
        raise SlackError("msg_too_long")
    return text


@method(
    "chat.startStream",
    "channel",
    "thread_ts markdown_text recipient_team_id recipient_user_id chunks task_display_mode "
    + _STYLE,
    "chat:write",
)
def start_stream(slack: FakeSlack, given: Arguments) -> dict[str, Any]:
    channel = slack.memory.channel(given["channel"])
    if "thread_ts" not in given:
        raise SlackError("missing_thread_ts")
    if channel.kind != "im":
        if "recipient_user_id" not in given:
            raise SlackError("missing_recipient_user_id")
        if "recipient_team_id" not in given:
            raise SlackError("missing_recipient_team_id")
    if slack.streams_refused:
        raise SlackError(slack.streams_refused)
    _thread(slack, channel.id, given["thread_ts"])
    content = {"text": _chunks(given), "streaming_state": "in_progress", "streamed": True}
    message = slack.add(channel, BOT_USER, content, given["thread_ts"])
    slack.memory.streams[channel.id, message["ts"]] = time.monotonic()
    return {"channel": channel.id, "ts": message["ts"]}


def _streaming(slack: FakeSlack, given: Arguments) -> dict[str, Any]:
    slack.expire_streams()
    message = _own(slack, given, "message_not_owned_by_app")
    if message.get("streaming_state") != "in_progress":
        raise SlackError("message_not_in_streaming_state")
    return message


@method("chat.appendStream", "channel ts", "markdown_text chunks", "chat:write")
def append_stream(slack: FakeSlack, given: Arguments) -> dict[str, Any]:
    message = _streaming(slack, given)
    added = _chunks(given)
    if not added:
        raise SlackError("no_text")
    if len(message["text"]) + len(added) > MARKDOWN_BLOCK:
        raise SlackError("msg_too_long")
    message["text"] += added
    return {"channel": given["channel"], "ts": message["ts"]}


@method(
    "chat.stopStream",
    "channel ts",
    "markdown_text chunks blocks metadata session_status",
    "chat:write",
)
def stop_stream(slack: FakeSlack, given: Arguments) -> dict[str, Any]:
    message = _streaming(slack, given)
    text = message["text"] + _chunks(given)
    blocks = check_blocks(given.get("blocks", []))
    length = len(text) + sum(len(b["text"]) for b in blocks if b["type"] == "markdown")
    if length > 13_200:
        raise SlackError("msg_blocks_too_long")
    status = given.get("session_status", "active")
    if status not in _STATES:
        raise SlackError("invalid_arguments", "session_status")
    metadata = _metadata(given)
    message.update(text=text, blocks=blocks, streaming_state="completed")
    if metadata:
        message["metadata"] = metadata
    slack.memory.streams.pop((given["channel"], message["ts"]), None)
    slack.set_session(given["channel"], message["thread_ts"], status)
    slack.changed(given["channel"], message)
    return {"channel": given["channel"], "ts": message["ts"], "message": message}


# --- reading


@method(
    "conversations.replies",
    "channel ts",
    "cursor inclusive include_all_metadata latest limit oldest",
    "channels:history",
)
def replies(slack: FakeSlack, given: Arguments) -> dict[str, Any]:
    thread = slack.memory.thread(given["channel"], str(given["ts"]))
    if not thread:
        raise SlackError("thread_not_found")
    limit = int(given.get("limit", 1000))
    if not 1 <= limit <= 1000:
        raise SlackError("invalid_limit")
    start = int(given.get("cursor") or 0)
    page = [dict(message) for message in thread[start : start + limit]]
    if str(given.get("include_all_metadata")).lower() not in ("true", "1"):
        for message in page:
            message.pop("metadata", None)
    for message in page:
        message.pop("streamed", None)
        message.pop("streaming_state", None)
    more = start + limit < len(thread)
    return {
        "messages": page,
        "has_more": more,
        "response_metadata": {"next_cursor": str(start + limit) if more else ""},
    }


@method("users.info", "user", "include_locale", "users:read")
def users_info(slack: FakeSlack, given: Arguments) -> dict[str, Any]:
    user = slack.memory.users.get(given["user"])
    if user is None:
        raise SlackError("user_not_found")
    return {"user": {k: v for k, v in user.items() if k != "locale" or "include_locale" in given}}


@method("files.info", "file", "", "files:read")
def files_info(slack: FakeSlack, given: Arguments) -> dict[str, Any]:
    found = slack.memory.files.get(given["file"])
    if found is None:
        raise SlackError("file_not_found")
    return {"file": slack.file_object(found)}


@method("chat.getPermalink", "channel message_ts")
def permalink(slack: FakeSlack, given: Arguments) -> dict[str, Any]:
    message = slack.memory.message(given["channel"], given["message_ts"])
    ts = message["ts"].replace(".", "")
    return {"permalink": f"https://fake.slack.com/archives/{given['channel']}/p{ts}"}


# --- home, pane, sessions


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
    "loading_messages " + _STYLE,
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
    "thread_ts title initiator_user_id " + _STYLE,
    "chat:write",
)
def sessions_set_status(slack: FakeSlack, given: Arguments) -> dict[str, Any]:
    slack.memory.channel(given["channel_id"])
    if given["status"] not in _STATES or len(given.get("title", "")) > 200:
        raise SlackError("invalid_arguments")
    if "thread_ts" not in given:
        raise SlackError("invalid_arguments", "thread_ts")
    session = slack.set_session(given["channel_id"], given["thread_ts"], given["status"])
    session.setdefault("title", given.get("title", ""))
    return {"status": given["status"], "title": session["title"]}


__all__ = ["APP", "METHODS", "call"]
