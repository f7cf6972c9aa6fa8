"""Calls to Slack's Web API: waited for when Slack says wait, never silently made twice.

The SDK's own retries are off: a `chat.postMessage` whose answer was lost may well
have been posted, and only a look at the thread can tell.
"""

from __future__ import annotations

import http.client
import logging
import random
import socket
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web import SlackResponse

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 10
# How long a call that must be made waits for Slack to take it again.
PATIENCE_SECONDS = 90.0
# Errors that a message without blocks does not have.
BLOCK_ERRORS = frozenset(
    {"invalid_blocks", "msg_blocks_too_long", "invalid_blocks_format", "msg_too_long",
     "no_text", "markdown_text_conflict", "invalid_chunks", "slack_markdown_error"}
)  # fmt: skip


class Refused(Exception):
    """Slack said no; `code` is its error. Nothing was done."""

    def __init__(self, method: str, code: str) -> None:
        super().__init__(f"{method}: {code}")
        self.code = code


class Limited(Refused):
    """Slack said not now; `seconds` is how long to wait. Nothing was done."""

    def __init__(self, method: str, seconds: float) -> None:
        super().__init__(method, "ratelimited")
        self.seconds = seconds


class Lost(Exception):
    """No answer came: what was asked may have been done or not."""


class Unreached(Lost):
    """No connection came about: nothing was done."""


def no_answer(kind: str, error: Exception) -> Lost:
    """What an error of the network says of a call."""
    reason = error.reason if isinstance(error, URLError) else error
    unreached = isinstance(reason, ConnectionRefusedError | socket.gaierror)
    return (Unreached if unreached else Lost)(f"{kind}: {error}")


def web_client(token: str, api_url: str) -> WebClient:
    """A client without retries of its own."""
    return WebClient(
        token=token,
        base_url=api_url.rstrip("/") + "/",
        timeout=TIMEOUT_SECONDS,
        retry_handlers=[],
        logger=logging.getLogger("slack_sdk.web"),
    )


def _code(error: SlackApiError) -> str:
    data = getattr(error.response, "data", None)
    return str(data.get("error", "unknown")) if isinstance(data, dict) else "unknown"


class Calls:
    """Makes calls, and remembers until when Slack wants none of a kind."""

    def __init__(self, client: WebClient) -> None:
        self.client = client
        self._until: dict[str, float] = {}
        self._lock = threading.Lock()

    def waits(self, kind: str) -> float:
        """Seconds for which calls of a kind are better left alone; 0 or less: none."""
        return self._until.get(kind, 0.0) - time.monotonic()

    def once(self, kind: str, call: Callable[[], SlackResponse]) -> SlackResponse:
        """Make a call. Raises Limited, Refused and Lost."""
        if (seconds := self.waits(kind)) > 0:
            raise Limited(kind, seconds)
        try:
            return call()
        except SlackApiError as error:
            status = getattr(error.response, "status_code", 200)
            if status == 429 or _code(error) == "ratelimited":
                seconds = _retry_after(error)
                with self._lock:
                    self._until[kind] = time.monotonic() + seconds
                raise Limited(kind, seconds) from error
            if status >= 500 or _code(error) in ("fatal_error", "internal_error", "unknown"):
                raise Lost(f"{kind}: {_code(error)}") from error
            raise Refused(kind, _code(error)) from error
        except SlackRequestError as error:
            raise Refused(kind, str(error)) from error
        except (URLError, OSError, http.client.HTTPException) as error:
            raise no_answer(kind, error) from error

    def patiently(
        self, kind: str, call: Callable[[], SlackResponse], patience: float = PATIENCE_SECONDS
    ) -> SlackResponse:
        """Make a call that must be made, waiting as Slack asks. Raises Refused and Lost."""
        end = time.monotonic() + patience
        while True:
            try:
                return self.once(kind, call)
            except Limited as limited:
                # All who wait are let in at the same moment: apart, so that not all are
                # turned away again.
                wait = limited.seconds + random.uniform(0.02, 0.25)  # noqa: S311 - no secret
                if time.monotonic() + wait > end:
                    raise
                time.sleep(wait)

    def gladly(self, kind: str, call: Callable[[], SlackResponse]) -> bool:
        """Make a call that an answer can do without; whether it was made."""
        try:
            self.once(kind, call)
        except Limited:
            return False
        except (Refused, Lost) as error:
            log.info("left out: %s", error)
            return False
        return True


def _retry_after(error: SlackApiError) -> float:
    headers: dict[str, Any] = getattr(error.response, "headers", None) or {}
    for name, value in headers.items():
        if name.lower() == "retry-after":
            given = value[0] if isinstance(value, list) else value
            try:
                return max(float(given), 0.1)
            except ValueError:
                break
    return 1.0
