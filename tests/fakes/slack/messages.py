"""The workspace's memory: people, channels, messages, streams; and what a message shows."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.slack.blocks import texts
from tests.fakes.slack.errors import SlackError

TEAM, BOT_USER, BOT_ID, APP = "T0KIJI", "U0KIJIBOT", "B0KIJI", "A0KIJI"
BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-fake", "xapp-fake", "s3cret"

_PING = re.compile(
    r"<!(?:channel|here|everyone)[^>]*>|<@[UW][A-Z0-9]*[^>]*>|<!subteam[^>]*>"
    r"|(?<![\w.])@(?:channel|here|everyone)\b"
)
_LINK = re.compile(
    r"\]\((https?://[^)\s]+)\)|<(https?://[^>|\s]+)[^>]*>|(?<!\()(https?://[^\s)>]+)"
)


@dataclass
class Channel:
    """`kind` is `channel`, `group` or `im`; `members` are user ids."""

    id: str
    kind: str = "channel"
    members: set[str] = field(default_factory=set)
    messages: dict[str, dict[str, Any]] = field(default_factory=dict)
    archived: bool = False


class Memory:
    """State without behaviour of its own beyond finding things."""

    def __init__(self) -> None:
        self.channels: dict[str, Channel] = {}
        self.users: dict[str, dict[str, Any]] = {}
        self.files: dict[str, dict[str, Any]] = {}
        self.ephemerals: list[dict[str, Any]] = []
        self.homes: dict[str, dict[str, Any]] = {}
        self.statuses: list[dict[str, Any]] = []
        self.sessions: dict[tuple[str, str], dict[str, Any]] = {}
        self.prompts: dict[str, dict[str, Any]] = {}
        self.streams: dict[tuple[str, str], float] = {}
        self._last = 0

    def stamp(self) -> str:
        """A message timestamp, unique and growing."""
        self._last = max(self._last + 1, int(time.time() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def channel(self, name: Any) -> Channel:
        """A channel that the bot may speak in. Raises SlackError."""
        found = self.channels.get(str(name))
        if found is None:
            raise SlackError("channel_not_found")
        if found.archived:
            raise SlackError("is_archived")
        if BOT_USER not in found.members:
            raise SlackError("not_in_channel")
        return found

    def message(self, channel: str, ts: str) -> dict[str, Any]:
        """A message. Raises SlackError `message_not_found`."""
        found = self.channel(channel).messages.get(ts)
        if found is None:
            raise SlackError("message_not_found")
        return found

    def thread(self, channel: str, ts: str) -> list[dict[str, Any]]:
        """A thread's messages, the root first."""
        held = self.channel(channel).messages
        return [m for m in held.values() if m["ts"] == ts or m.get("thread_ts") == ts]


def pings(message: dict[str, Any]) -> list[str]:
    """What in a message would notify somebody."""
    return [found for text in texts(message) for found in _PING.findall(text)]


def links(message: dict[str, Any]) -> list[str]:
    """The addresses that Slack would make a link of."""
    return [
        address
        for text in texts(message)
        for groups in _LINK.findall(text)
        for address in groups
        if address
    ]


def shown(message: dict[str, Any]) -> str:
    """A message as a person reads it: what blocks say, or else its text."""
    lines = []
    blocks = message.get("blocks") or []
    if message.get("streamed") or not blocks:
        lines.append(message.get("text", ""))
    for block in blocks:
        match block["type"]:
            case "markdown":
                lines.append(block["text"])
            case "section" if "text" in block:
                lines.append(block["text"]["text"])
                if "accessory" in block:
                    lines.append(f"[{block['accessory']['text']['text']}]")
            case "header":
                lines.append(block["text"]["text"])
            case "context":
                lines += [element["text"] for element in block["elements"]]
            case "actions":
                lines.append("  ".join(f"[{e['text']['text']}]" for e in block["elements"]))
            case "context_actions":
                feedback = block["elements"][0]
                lines.append(
                    f"({feedback['positive_button']['text']['text']}"
                    f" {feedback['negative_button']['text']['text']})"
                )
    text = "\n".join(line for line in lines if line)
    text = text.replace("\u200b", "").replace("\u2060", "")
    text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
