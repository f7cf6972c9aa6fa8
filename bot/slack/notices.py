"""How somebody is told of an addition: in its thread, or alone; each thing once.

A message in a thread bears the addition's id, so that an heir finds it and goes on
with it. A message to one person alone can't be looked for: that it is about to be
told is noted first, so that dying in between may leave it untold, never told twice.
"""

from __future__ import annotations

import logging
from typing import Any

from bot.slack.additions import Additions, AddJob, Told
from bot.slack.blocks import notice
from bot.slack.ephemeral import Ephemeral
from bot.slack.threads import NOTICE, Threads
from bot.slack.web import Calls, Limited, Lost, Refused, Unreached

log = logging.getLogger(__name__)


class Notice:
    """What is told of one addition. Raises Limited and Lost."""

    def __init__(self, calls: Calls, additions: Additions, threads: Threads, job: AddJob) -> None:
        self._calls = calls
        self._additions = additions
        self._threads = threads
        self._job = job
        addition = job.addition
        self._alone = Ephemeral(calls, addition.response_url, addition.channel, addition.person)
        self._ts = job.notice_ts

    def begin(self, words: str) -> None:
        """Say that it has begun, unless that was said."""
        job = self._job
        if job.addition.thread and self._ts is None:
            try:
                self._ts = self._found() or self._posted(words)
                self._additions.noticed(job, self._ts)
            except Limited:
                raise
            except Refused as error:
                log.info("%s; told alone", error)
        if self._ts is None and job.told is Told.NOTHING:
            self._additions.telling(job, Told.BEGUN)
            self._try_alone(words)

    def progress(self, words: str) -> None:
        """Say how far it is, if that can be said now."""
        if self._ts is not None:
            self._calls.gladly("chat.update", lambda: self._update(words))
        elif self._job.attempts == 1:
            # A response_url takes five messages: an heir leaves room for the end.
            self._try_alone(words)

    def end(self, words: str) -> None:
        """Say how it ended."""
        job = self._job
        if self._ts is not None:
            try:
                self._calls.patiently("chat.update", lambda: self._update(words))
                return
            except Limited:
                raise
            except Refused as error:
                # Somebody has deleted it, or the channel takes no more.
                log.info("%s; told alone", error)
        if job.told is Told.ENDED:
            return
        self._additions.telling(job, Told.ENDED)
        try:
            self._alone.tell(notice(words))
        except (Limited, Unreached):
            self._additions.telling(job, Told.BEGUN)
            raise
        except (Refused, Lost) as error:
            log.warning("%s: not told, or not known whether: %s", job.where, error)

    def _try_alone(self, words: str) -> None:
        try:
            self._alone.tell(notice(words))
        except (Refused, Lost) as error:
            log.info("left out: %s", error)

    def _found(self) -> str | None:
        if self._job.attempts == 1:
            return None
        addition = self._job.addition
        return self._threads.notice_of(addition.channel, addition.thread, addition.id)

    def _posted(self, words: str) -> str:
        addition = self._job.addition
        response = self._calls.patiently(
            f"chat.postMessage {addition.channel}",
            lambda: self._calls.client.chat_postMessage(
                channel=addition.channel,
                thread_ts=addition.thread,
                text=words,
                metadata=self._mark(),
                unfurl_links=False,
                unfurl_media=False,
            ),
        )
        return str(response["ts"])

    def _update(self, words: str) -> Any:  # noqa: ANN401 - the SDK's own union
        return self._calls.client.chat_update(
            channel=self._job.addition.channel, ts=str(self._ts), text=words, metadata=self._mark()
        )

    def _mark(self) -> dict[str, Any]:
        return {"event_type": NOTICE, "event_payload": {"addition": self._job.addition.id}}
