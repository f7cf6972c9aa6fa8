"""`chat.*Stream`: a message that grows."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from tests.fakes.slack.blocks import MARKDOWN_BLOCK, check_blocks
from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.messages import BOT_USER
from tests.fakes.slack.methods.agent import SESSION_STATES
from tests.fakes.slack.methods.content import in_thread, metadata_of, own
from tests.fakes.slack.methods.registry import STYLE, Arguments, method

if TYPE_CHECKING:
    from tests.fakes.slack.server import FakeSlack


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
    "thread_ts markdown_text recipient_team_id recipient_user_id chunks task_display_mode " + STYLE,
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
    in_thread(slack, channel.id, given["thread_ts"])
    content = {"text": _chunks(given), "streaming_state": "in_progress", "streamed": True}
    message = slack.add(channel, BOT_USER, content, given["thread_ts"])
    slack.memory.streams[channel.id, message["ts"]] = time.monotonic()
    return {"channel": channel.id, "ts": message["ts"]}


def _streaming(slack: FakeSlack, given: Arguments) -> dict[str, Any]:
    slack.expire_streams()
    message = own(slack, given, "message_not_owned_by_app")
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
    if status not in SESSION_STATES:
        raise SlackError("invalid_arguments", "session_status")
    metadata = metadata_of(given)
    message.update(text=text, blocks=blocks, streaming_state="completed")
    if metadata:
        message["metadata"] = metadata
    slack.memory.streams.pop((given["channel"], message["ts"]), None)
    slack.set_session(given["channel"], message["thread_ts"], status)
    slack.changed(given["channel"], message)
    return {"channel": given["channel"], "ts": message["ts"], "message": message}
