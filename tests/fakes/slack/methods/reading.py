"""What can be looked up: threads, people, files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.methods.registry import Arguments, method

if TYPE_CHECKING:
    from tests.fakes.slack.server import FakeSlack


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
