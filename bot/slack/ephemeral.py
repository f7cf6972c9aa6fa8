"""What one person is told alone: by the response_url of what they did, or without it.

Slack takes five messages at a response_url, for half an hour. An addition that a
dead instance left behind may be finished later; then `chat.postEphemeral` does it.
"""

from __future__ import annotations

import http.client
import logging
from typing import Any
from urllib.error import URLError

from slack_sdk.webhook import WebhookClient

from bot.slack.blocks import Message
from bot.slack.web import BLOCK_ERRORS, TIMEOUT_SECONDS, Calls, Limited, Lost, Refused, no_answer

log = logging.getLogger(__name__)


class Ephemeral:
    """One person's ephemeral messages in a channel."""

    def __init__(self, calls: Calls, response_url: str, channel: str, person: str) -> None:
        self._calls = calls
        self._url = response_url
        self._channel = channel
        self._person = person

    def tell(self, message: Message) -> None:
        """Tell it. Raises Limited, Refused and Lost; Unreached when it was surely not told."""
        text = message.plain or message.words
        blocks = message.blocks if message.below else None
        try:
            self._tell(text, blocks)
        except Refused as error:
            if blocks is None or error.code not in BLOCK_ERRORS:
                raise
            log.warning("%s; told without blocks", error)
            self._tell(text, None)

    def _tell(self, text: str, blocks: list[dict[str, Any]] | None) -> None:
        if self._url:
            try:
                self._respond(text, blocks)
                return
            except Limited:
                raise
            except Refused as error:
                if error.code in BLOCK_ERRORS:
                    raise
                log.info("%s; told by chat.postEphemeral", error)
        self._calls.patiently(
            "chat.postEphemeral",
            lambda: self._calls.client.chat_postEphemeral(
                channel=self._channel, user=self._person, text=text, blocks=blocks
            ),
        )

    def _respond(self, text: str, blocks: list[dict[str, Any]] | None) -> None:
        # Without retries of its own, as everywhere: a message that was lost may have come.
        client = WebhookClient(
            self._url,
            timeout=TIMEOUT_SECONDS,
            retry_handlers=[],
            logger=logging.getLogger("slack_sdk.webhook"),
        )
        try:
            response = client.send(
                text=text,
                blocks=blocks,
                response_type="ephemeral",
                replace_original=False,
                unfurl_links=False,
                unfurl_media=False,
            )
        except (URLError, OSError, http.client.HTTPException) as error:
            raise no_answer("response_url", error) from error
        if response.status_code == 429:
            raise Limited("response_url", 1.0)
        if response.status_code >= 500:
            raise Lost(f"response_url: {response.status_code}")
        if response.status_code != 200:
            raise Refused("response_url", response.body.strip()[:100])
