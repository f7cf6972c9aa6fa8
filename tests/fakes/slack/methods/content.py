"""What a message may hold, where it may go, and whose it is: what several methods look at."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.fakes.slack.blocks import check_blocks
from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.messages import BOT_USER
from tests.fakes.slack.methods.registry import Arguments

if TYPE_CHECKING:
    from tests.fakes.slack.server import FakeSlack

TEXT = 40_000


def metadata_of(given: Arguments) -> Any:
    metadata = given.get("metadata")
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or set(metadata) != {"event_type", "event_payload"}:
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(metadata)) > 16_000:
        raise SlackError("metadata_too_large")
    return metadata


def content_of(given: Arguments) -> Arguments:
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
    if metadata := metadata_of(given):
        kept["metadata"] = metadata
    return kept


def in_thread(slack: FakeSlack, channel: str, thread: str | None) -> None:
    # NOTE: Slack posts at top level when thread_ts leads nowhere; here it is an error, so
    # that a test sees it.
    if thread is not None and thread not in slack.memory.channel(channel).messages:
        raise SlackError("thread_not_found", str(thread))


def own(slack: FakeSlack, given: Arguments, refused: str) -> dict[str, Any]:
    message = slack.memory.message(given["channel"], str(given["ts"]))
    if message.get("user") != BOT_USER:
        raise SlackError(refused)
    return message
