"""Rate limits by tier, as docs.slack.dev/apis/web-api/rate-limits tells them."""

from __future__ import annotations

import time
from collections import defaultdict, deque

from tests.fakes.slack.errors import SlackError

TIERS = {1: 1, 2: 20, 3: 50, 4: 100}  # calls a minute
METHODS = {
    "apps.connections.open": 1,
    "chat.startStream": 2,
    "chat.stopStream": 2,
    "chat.appendStream": 4,
    "chat.update": 3,
    "chat.delete": 3,
    "chat.postEphemeral": 4,
    "chat.getPermalink": 4,
    "conversations.replies": 3,
    "conversations.open": 3,
    "conversations.info": 3,
    "users.info": 4,
    "views.publish": 4,
    "views.open": 4,
    "files.info": 4,
    "assistant.threads.setStatus": 3,
    "assistant.threads.setSuggestedPrompts": 3,
    "assistant.threads.setTitle": 3,
    "agents.sessions.setStatus": 3,
    "agents.sessions.rename": 3,
    "agents.sessions.list": 3,
}
# Tier 1 is for the odd call; Slack lets an app open a few sockets in a row.
_BURST = {"apps.connections.open": 10}
# chat.postMessage: one a second a channel, short bursts allowed.
_POST_BURST = 3


class Limits:
    """Counts calls; `on` is whether they are held to anything.

    `forced` makes the next calls of a method fail: method → Retry-After seconds.
    """

    def __init__(self, on: bool = False) -> None:
        self.on = on
        self.forced: dict[str, deque[int]] = defaultdict(deque)
        self.refused: dict[str, int] = defaultdict(int)
        self._calls: dict[str, deque[float]] = defaultdict(deque)

    def check(self, method: str, channel: str) -> None:
        """Count a call. Raises SlackError `ratelimited`."""
        if self.forced[method]:
            self._refuse(method, self.forced[method].popleft())
        if not self.on:
            return
        now = time.monotonic()
        if method == "chat.postMessage":
            self._take(f"{method} {channel}", method, _POST_BURST, float(_POST_BURST), now)
        elif tier := METHODS.get(method):
            self._take(method, method, _BURST.get(method, TIERS[tier]), 60.0, now)

    def _take(self, key: str, method: str, most: int, window: float, now: float) -> None:
        calls = self._calls[key]
        while calls and calls[0] <= now - window:
            calls.popleft()
        if len(calls) >= most:
            self._refuse(method, int(calls[0] + window - now) + 1)
        calls.append(now)

    def _refuse(self, method: str, seconds: int) -> None:
        self.refused[method] += 1
        raise SlackError("ratelimited", retry_after=seconds)
