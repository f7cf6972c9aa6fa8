"""What a person does in Slack: say, edit, delete, click, command, drop a file, open the app."""

from __future__ import annotations

import uuid
from typing import Any

from tests.fakes.slack.deliveries import Delivery
from tests.fakes.slack.messages import APP, BOT_USER, TEAM, Channel


class People:
    """Mixed into FakeSlack, which has the state and the ways out."""

    memory: Any
    twins: bool

    def person(self, name: str, locale: str = "ja-JP") -> str:
        """A new person; gives the id."""
        user = f"U{len(self.memory.users) + 1:04d}{name.upper()}"
        self.memory.users[user] = {
            "id": user,
            "team_id": TEAM,
            "name": name,
            "real_name": name.title(),
            "profile": {"display_name": name},
            "locale": locale,
            "is_bot": False,
        }
        return user

    def new_channel(self, *members: str, kind: str = "channel", bot: bool = True) -> str:
        """A channel with those members and the bot; gives the id."""
        letter = {"channel": "C", "group": "G", "im": "D"}[kind]
        name = f"{letter}{len(self.memory.channels) + 1:06d}"
        held = {*members, BOT_USER} if bot else set(members)
        self.memory.channels[name] = Channel(name, kind, held)
        return name

    def direct(self, user: str) -> str:
        """The direct messages of a person with the bot."""
        for channel in self.memory.channels.values():
            if channel.kind == "im" and user in channel.members:
                return channel.id
        return self.new_channel(user, kind="im")

    def mention(self, channel: str, user: str, text: str, thread: str | None = None, **more: Any):
        """Say something to the bot; gives the message's ts."""
        return self.say(channel, user, f"<@{BOT_USER}> {text}", thread, **more)

    def message_event(self, channel: Channel, message: dict[str, Any]) -> dict[str, Any]:
        """The `message` event of a message."""
        event = {
            **message,
            "channel": channel.id,
            "channel_type": channel.kind,
            "event_ts": message["ts"],
            "team": TEAM,
        }
        for odd in ("streamed", "streaming_state", "metadata"):
            event.pop(odd, None)
        return event

    def say(
        self,
        channel: str,
        user: str,
        text: str,
        thread: str | None = None,
        *,
        files: tuple[str, ...] = (),
        lanes: tuple[int | None, int | None] = (None, None),
        twins: bool | None = None,
        **extra: Any,
    ) -> str:
        """Post as a person; gives the message's ts. Text is as Slack sends it (`<@U…>`, `&lt;`)."""
        with self.lock:  # type: ignore[attr-defined]
            held = self.memory.channels[channel]
            content: dict[str, Any] = {"text": text, "client_msg_id": str(uuid.uuid4()), **extra}
            if files:
                content["subtype"] = "file_share"
                content["files"] = [self.file_object(self.memory.files[f]) for f in files]
            message = self.add(held, user, content, thread)  # type: ignore[attr-defined]
            event = self.message_event(held, message)
        if held.kind != "im" and f"<@{BOT_USER}>" in text:
            mention = {k: v for k, v in event.items() if k not in ("channel_type", "subtype")} | {
                "type": "app_mention"
            }
            self.event(mention, lanes[0])  # type: ignore[attr-defined]
            if not (self.twins if twins is None else twins):
                return message["ts"]
        self.event(event, lanes[1])  # type: ignore[attr-defined]
        return message["ts"]

    def edit(self, channel: str, ts: str, text: str) -> None:
        with self.lock:  # type: ignore[attr-defined]
            message = self.memory.channels[channel].messages[ts]
            self.change(channel, message, {"text": text})  # type: ignore[attr-defined]

    def delete(self, channel: str, ts: str) -> None:
        with self.lock:  # type: ignore[attr-defined]
            message = self.memory.channels[channel].messages[ts]
            self.take_away(channel, message)  # type: ignore[attr-defined]

    def upload(self, user: str, name: str, data: bytes) -> str:
        """A file that waits to be shared; gives its id."""
        file = f"F{len(self.memory.files) + 1:06d}"
        self.memory.files[file] = {"id": file, "name": name, "user": user, "data": data}
        return file

    def file_object(self, found: dict[str, Any]) -> dict[str, Any]:
        address = f"{self.url}files/{found['id']}"  # type: ignore[attr-defined]
        return {
            "id": found["id"],
            "name": found["name"],
            "user": found["user"],
            "size": len(found["data"]),
            "url_private": address,
            "url_private_download": address,
        }

    # --- interactivity

    def click(self, channel: str, user: str, ts: str, action_id: str, value: str | None = None):
        """Press a button of a message; `value` says which of the feedback buttons."""
        message = self.memory.channels[channel].messages[ts]
        element, block = _element(message, action_id)
        action: dict[str, Any] = {
            "type": element["type"],
            "action_id": element["action_id"],
            "block_id": block.get("block_id", "b1"),
            "action_ts": self.memory.stamp(),
        }
        if element["type"] == "feedback_buttons":
            buttons = (element["positive_button"], element["negative_button"])
            action["value"] = buttons[value != "good"]["value"]
        else:
            action["value"] = element.get("value", "")
        payload = self._interaction("block_actions", channel, user) | {
            "message": dict(message),
            "container": {
                "type": "message",
                "message_ts": ts,
                "channel_id": channel,
                "is_ephemeral": False,
                "thread_ts": message.get("thread_ts", ts),
            },
            "actions": [action],
        }
        return self.deliver("interactive", payload)  # type: ignore[attr-defined]

    def shortcut(self, channel: str, user: str, ts: str, callback: str) -> Delivery:
        """Use a message shortcut."""
        payload = self._interaction("message_action", channel, user) | {
            "callback_id": callback,
            "message_ts": ts,
            "message": dict(self.memory.channels[channel].messages[ts]),
            "action_ts": self.memory.stamp(),
        }
        return self.deliver("interactive", payload)  # type: ignore[attr-defined]

    def _interaction(self, kind: str, channel: str, user: str) -> dict[str, Any]:
        return {
            "type": kind,
            "token": "legacy",
            "api_app_id": APP,
            "team": {"id": TEAM, "domain": "fake"},
            "user": {"id": user, "team_id": TEAM, "username": "someone"},
            "channel": {"id": channel, "name": "somewhere"},
            "trigger_id": uuid.uuid4().hex,
            "response_url": self.new_response_url(channel, user),  # type: ignore[attr-defined]
        }

    def command(self, channel: str, user: str, text: str, command: str = "/kiji") -> Delivery:
        """Type a slash command; what the app said at once is in `memory.ephemerals`."""
        delivery = self.deliver(  # type: ignore[attr-defined]
            "slash_commands",
            {
                "token": "legacy",
                "team_id": TEAM,
                "team_domain": "fake",
                "channel_id": channel,
                "channel_name": "somewhere",
                "user_id": user,
                "user_name": "someone",
                "command": command,
                "text": text,
                "api_app_id": APP,
                "response_url": self.new_response_url(channel, user),  # type: ignore[attr-defined]
                "trigger_id": uuid.uuid4().hex,
            },
        )
        if (delivery.response or {}).get("text"):
            self.responded(channel, user, delivery.response)
        return delivery

    def responded(self, channel: str, user: str, given: dict[str, Any]) -> None:
        """What comes to a response_url, or with the acknowledgement of a command."""
        content = {k: given[k] for k in ("text", "blocks") if k in given}
        if given.get("response_type") == "in_channel":
            self.add(self.memory.channels[channel], BOT_USER, content, None)  # type: ignore[attr-defined]
        else:
            self.ephemeral(channel, user, content)  # type: ignore[attr-defined]

    def open_app(self, user: str, tab: str = "home") -> None:
        """Open the app's home or, with `messages`, its pane."""
        channel = self.direct(user)
        self.event(  # type: ignore[attr-defined]
            {"type": "app_home_opened", "user": user, "channel": channel, "tab": tab}
        )

    def press_stop(self, channel: str, user: str, thread: str) -> None:
        """The native stop button; only there while the session is processing."""
        session = self.memory.sessions.get((channel, thread), {})
        assert session.get("status") == "processing", "there is no stop button to press"
        streams = [
            ts
            for (where, ts) in list(self.memory.streams)
            if where == channel
            and self.memory.channels[channel].messages[ts].get("thread_ts") == thread
        ]
        for ts in streams:
            self.end_stream(channel, ts)  # type: ignore[attr-defined]
        self.event(  # type: ignore[attr-defined]
            {
                "type": "agent_session_stopped",
                "channel": channel,
                "thread_ts": thread,
                "user": user,
                "streaming_message_ts": streams,
            }
        )


def _element(message: dict[str, Any], action_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    for block in message.get("blocks", []):
        held = [*block.get("elements", []), *([block["accessory"]] if "accessory" in block else [])]
        for element in held:
            if element.get("action_id") == action_id:
                return element, block
    raise AssertionError(f"no button {action_id!r} in {message!r}")
