"""One answer on its way into its thread: streamed where it can be, posted where not.

Whichever way, it is one message, and the same words. A way that Slack refuses
gives over to the next; a call whose outcome is not known ends in `Lost`, and the
thread is looked at before anything is said again.
"""

from __future__ import annotations

import logging
from typing import Any

from slack_sdk.web import SlackResponse
from slack_sdk.web.chat_stream import ChatStream

from bot.slack.blocks import Message
from bot.slack.jobs import Job, Jobs
from bot.slack.streams import Streams
from bot.slack.threads import metadata
from bot.slack.web import BLOCK_ERRORS, Calls, Limited, Lost, Refused

log = logging.getLogger(__name__)

# Errors that say that the stream is over, or was none.
_NO_STREAM = frozenset({"message_not_in_streaming_state", "message_not_found"})
# How long the end of a stream is waited for before the whole is written by chat.update.
_STOP_PATIENCE = 65.0


class Reply:
    """The message that answers one job's question. Raises Refused and Lost.

    `way` is how it went out: `stream`, `post` or `update`.
    """

    def __init__(self, calls: Calls, jobs: Jobs, streams: Streams, job: Job) -> None:
        self._calls = calls
        self._jobs = jobs
        self._streams = streams
        self._job = job
        self._question = job.question
        self._stream: ChatStream | None = None
        self._streamed = ""
        self._may_stream = True
        self.ts = job.answer_ts
        self.way = ""

    @property
    def streamed(self) -> str:
        """The words that a stream has shown so far."""
        return self._streamed

    def adopt(self, ts: str) -> None:
        """Go on with a message that is there already."""
        self.ts = ts
        self._jobs.posted(self._job, ts)

    # --- while it grows

    def add(self, words: str) -> None:
        """Show some words now, if a stream can; they come again with `finish`."""
        stream = self._stream
        if stream is None:
            if self.ts is None:
                self._begin(words)
            return
        try:
            self._calls.once("chat.appendStream", lambda: _sent(stream, "\n" + words))
        except (Refused, Lost) as error:
            # The end brings the whole text, by chat.update.
            log.info("not appended: %s", error)
            self._stream = None
            return
        self._streamed += "\n" + words

    def _begin(self, words: str) -> None:
        if not self._may_stream or self._calls.waits("chat.startStream") > 0:
            return
        if not self._streams.may_begin():
            self._may_stream = False
            return
        question = self._question
        recipient: dict[str, Any] = {}
        if not question.channel.startswith("D"):
            recipient = {"recipient_team_id": question.team, "recipient_user_id": question.person}
        stream = self._calls.client.chat_stream(
            buffer_size=1, channel=question.channel, thread_ts=question.thread, **recipient
        )
        try:
            self._calls.once("chat.startStream", lambda: _sent(stream, words))
        except Refused as error:
            log.info("no stream: %s", error)
            self._may_stream = False
            return
        self._stream = stream
        self._streamed = words
        self.adopt(str(stream.ts))

    # --- when it is whole

    def finish(self, message: Message, kind: str) -> None:
        """Put the whole message there."""
        if self.ts is None:
            self.add(message.words)
        if self._stream is not None and self._stop(message, kind):
            self.way = "stream"
        elif self.ts is not None:
            self._update(message, kind)
        else:
            self._post(message, kind)

    def _stop(self, message: Message, kind: str) -> bool:
        """End the stream with what is below the words; False when that can't be."""
        stream = self._stream
        assert stream is not None  # noqa: S101 - the caller looked
        rest = message.words.removeprefix(self._streamed)
        whole = message.words.startswith(self._streamed)
        arguments: dict[str, Any] = {
            "metadata": metadata(self._question.ts, kind),
            "session_status": "active",
        }
        if whole:
            arguments["blocks"] = list(message.below) or None
            arguments["markdown_text"] = rest or None
        try:
            self._calls.patiently(
                "chat.stopStream", lambda: stream.stop(**arguments), _STOP_PATIENCE
            )
        except (Refused, Lost) as error:
            log.info("not stopped: %s", error)
            if isinstance(error, Refused) and error.code in BLOCK_ERRORS:
                self._end_quietly()
            return False
        return whole

    def _end_quietly(self) -> None:
        """End a stream as it stands, so that chat.update is let at it."""
        question, ts = self._question, str(self.ts)
        self._calls.patiently(
            "chat.stopStream",
            lambda: self._calls.client.chat_stopStream(
                channel=question.channel, ts=ts, session_status="active"
            ),
            _STOP_PATIENCE,
        )

    def _update(self, message: Message, kind: str) -> None:
        self.way = "update"
        try:
            self._write("chat.update", message, kind)
        except Refused as error:
            if error.code == "streaming_state_conflict":
                try:
                    self._end_quietly()
                except Refused as ended:
                    if ended.code not in _NO_STREAM:
                        raise
                self._write("chat.update", message, kind)
            elif error.code in ("message_not_found", "cant_update_message"):
                # Somebody has deleted it; the question still wants its answer.
                self._jobs.posted(self._job, None)
                self.ts = None
                self._post(message, kind)
            else:
                raise

    def _post(self, message: Message, kind: str) -> None:
        self.way = "post"
        self._write("chat.postMessage", message, kind)

    def _write(self, method: str, message: Message, kind: str) -> None:
        try:
            self._send(method, kind, {"text": message.plain, "blocks": message.blocks})
        except Limited:
            raise
        except Refused as error:
            if error.code not in BLOCK_ERRORS:
                raise
            log.warning("%s; sent without blocks", error)
            # An empty list takes the blocks of an earlier version away.
            self._send(method, kind, {"text": message.plain[:3000], "blocks": []})

    def _send(self, method: str, kind: str, content: dict[str, Any]) -> None:
        question, client = self._question, self._calls.client
        common = {
            "channel": question.channel,
            "metadata": metadata(question.ts, kind),
            **content,
        }
        if method == "chat.update":
            self._calls.patiently(method, lambda: client.chat_update(ts=str(self.ts), **common))
            return
        response = self._calls.patiently(
            f"{method} {question.channel}",
            lambda: client.chat_postMessage(
                thread_ts=question.thread, unfurl_links=False, unfurl_media=False, **common
            ),
        )
        self.adopt(str(response["ts"]))

    def take_back(self) -> None:
        """Delete the message."""
        if self.ts is None:
            return
        question, ts = self._question, self.ts
        try:
            self._calls.patiently(
                "chat.delete",
                lambda: self._calls.client.chat_delete(channel=question.channel, ts=ts),
            )
        except Refused as error:
            if error.code != "message_not_found":
                raise
        self._jobs.posted(self._job, None)
        self.ts = None


def _sent(stream: ChatStream, words: str) -> SlackResponse:
    response = stream.append(markdown_text=words)
    assert response is not None  # noqa: S101 - the buffer holds one character
    return response
