"""`chat.*`: messages posted, changed, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.messages import BOT_USER
from tests.fakes.slack.methods.content import content_of, in_thread, own
from tests.fakes.slack.methods.registry import STYLE, Arguments, method

if TYPE_CHECKING:
    from tests.fakes.slack.server import FakeSlack


@method(
    "chat.postMessage",
    "channel",
    "text blocks thread_ts metadata unfurl_links unfurl_media markdown_text parse link_names mrkdwn"
    " reply_broadcast attachments " + STYLE,
    "chat:write",
)
def post_message(slack: FakeSlack, given: Arguments) -> dict[str, Any]:
    channel = slack.memory.channel(given["channel"])
    content = content_of(given)
    in_thread(slack, channel.id, given.get("thread_ts"))
    message = slack.add(channel, BOT_USER, content, given.get("thread_ts"))
    return {"channel": channel.id, "ts": message["ts"], "message": message}


@method("chat.postEphemeral", "channel user", "text blocks thread_ts " + STYLE, "chat:write")
def post_ephemeral(slack: FakeSlack, given: Arguments) -> dict[str, Any]:
    channel = slack.memory.channel(given["channel"])
    if given["user"] not in channel.members:
        raise SlackError("user_not_in_channel")
    content = content_of(given)
    slack.ephemeral(channel.id, given["user"], content, given.get("thread_ts"))
    return {"message_ts": slack.memory.stamp()}


@method(
    "chat.update",
    "channel ts",
    "text blocks metadata markdown_text parse link_names reply_broadcast file_ids attachments",
    "chat:write",
)
def update(slack: FakeSlack, given: Arguments) -> dict[str, Any]:
    message = own(slack, given, "cant_update_message")
    slack.expire_streams()
    if message.get("streaming_state") == "in_progress":
        raise SlackError("streaming_state_conflict")
    content = content_of(given)
    slack.change(given["channel"], message, content)
    return {"channel": given["channel"], "ts": message["ts"], "text": message["text"]}


@method("chat.delete", "channel ts", "", "chat:write")
def delete(slack: FakeSlack, given: Arguments) -> dict[str, Any]:
    message = own(slack, given, "cant_delete_message")
    slack.take_away(given["channel"], message)
    return {"channel": given["channel"], "ts": message["ts"]}


@method("chat.getPermalink", "channel message_ts")
def permalink(slack: FakeSlack, given: Arguments) -> dict[str, Any]:
    message = slack.memory.message(given["channel"], given["message_ts"])
    ts = message["ts"].replace(".", "")
    return {"permalink": f"https://fake.slack.com/archives/{given['channel']}/p{ts}"}
