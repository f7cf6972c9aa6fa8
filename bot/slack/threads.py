"""What was said in a thread: read from Slack, so that a restart forgets nothing.

An answer carries, as message metadata, the ts of the question it answers; nothing
else that the bot posts does. That tells answers from notices, the bot from other
bots, and an answer that was posted by a process that died from one that was not.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from bot.conversation import HISTORY_CHARACTERS, HISTORY_TURNS
from bot.slack import escape, text
from bot.slack.deliveries import Deliveries
from bot.slack.feedback import Feedback
from bot.slack.jobs import Job, Jobs
from bot.slack.web import Calls, Lost, Refused
from bot.values import Turn

ANSWER, NOTICE = "kiji_answer", "kiji_notice"

_PAGE, _MOST_PAGES = 200, 10
_KEPT_THREADS = 2_000
_NUMBERS = re.compile(r"(?:\[\d+\])+(?=\s*$)", re.MULTILINE)
_FIRST_QUOTE = re.compile(r"^\[1\] ", re.MULTILINE)
_ECHO = re.compile(r"\A(?:>|&gt;) ?(.*)\n*")

# What an answer's metadata says of it besides its question: whether it is worth remembering.
SPOKEN = "answer"


@dataclass(frozen=True, slots=True)
class Me:
    """The bot, as Slack knows it."""

    user: str
    bot: str
    team: str


@dataclass(frozen=True, slots=True)
class Past:
    """One turn of a thread, by the ts of its question."""

    ts: str
    turn: Turn


def metadata(question_ts: str, kind: str) -> dict[str, Any]:
    """An answer's mark. Never the words: whoever is in the workspace may read metadata."""
    return {"event_type": ANSWER, "event_payload": {"question": question_ts, "kind": kind}}


def said(message_text: str) -> str:
    """The words of an answer, without quotes and numbers."""
    words = escape.unescaped_markdown(message_text)
    if quote := _FIRST_QUOTE.search(words):
        words = words[: quote.start()]
    return _NUMBERS.sub("", words).strip()


class Threads:
    """The threads that the bot takes part in."""

    def __init__(
        self, calls: Calls, deliveries: Deliveries, jobs: Jobs, feedback: Feedback, me: Me
    ) -> None:
        self._calls = calls
        self._deliveries = deliveries
        self._jobs = jobs
        self._feedback = feedback
        self._me = me
        self._cache: OrderedDict[tuple[str, str], tuple[tuple[int, int], list[Past]]]
        self._cache = OrderedDict()
        self._lock = threading.Lock()

    def history(self, job: Job) -> tuple[Turn, ...]:
        """The turns before a question, oldest first, bounded in number and length."""
        question = job.question
        if question.ts == question.thread:
            return ()
        key = (question.channel, question.thread)
        version = self._deliveries.version(*key)
        with self._lock:
            kept = self._cache.get(key)
        if kept is None or kept[0] != version:
            try:
                past = self._read(*key)
            except (Refused, Lost):
                # Slack does not show the thread now: what was written down here will do.
                past = [Past(ts, turn) for ts, turn in self._feedback.turns(*key)]
            else:
                self._keep(key, version, past)
        else:
            past = kept[1]
        return _bounded([one.turn for one in past if one.ts < question.ts])

    def add(self, job: Job, turn: Turn) -> None:
        """An answer was given: remember it, unless somebody else has answered there too."""
        question = job.question
        key = (question.channel, question.thread)
        answers, changes = self._deliveries.version(*key)
        with self._lock:
            kept = self._cache.get(key)
            if kept is None and question.ts == question.thread and answers == 1:
                kept = ((0, changes), [])
            if kept is None or kept[0] != (answers - 1, changes) or job.revision:
                self._cache.pop(key, None)
                return
        self._keep(key, (answers, changes), [*kept[1], Past(question.ts, turn)])

    def answer_to(self, job: Job) -> tuple[str, bool] | None:
        """The message that answers a question, if there is one: (ts, whether it is whole).

        Raises Refused and Lost when the thread can't be seen.
        """
        question = job.question
        orphan: str | None = None
        for message in self._messages(question.channel, question.thread, patient=True):
            ts = str(message.get("ts"))
            if not self._own(message) or ts <= question.ts:
                continue
            mark = message.get("metadata") or {}
            if mark.get("event_type") == ANSWER:
                if mark["event_payload"].get("question") == question.ts:
                    return ts, True
            elif not mark and not self._jobs.answer_of_another(question.channel, ts, question.ts):
                # Only a stream has no mark until it ends; questions of a thread are answered
                # one after the other, so it can be no other's.
                orphan = ts
        return None if orphan is None else (orphan, False)

    def notice_of(self, channel: str, thread: str, addition: str) -> str | None:
        """The ts of the message that tells of an addition (its id), if there is one.

        Raises Refused and Lost when the thread can't be seen.
        """
        for message in self._messages(channel, thread, patient=True):
            mark = message.get("metadata") or {}
            payload = mark.get("event_payload") or {}
            if (
                self._own(message)
                and mark.get("event_type") == NOTICE
                and payload.get("addition") == addition
            ):
                return str(message.get("ts"))
        return None

    def _keep(self, key: tuple[str, str], version: tuple[int, int], past: list[Past]) -> None:
        with self._lock:
            self._cache[key] = (version, past[-2 * HISTORY_TURNS :])
            self._cache.move_to_end(key)
            while len(self._cache) > _KEPT_THREADS:
                self._cache.popitem(last=False)

    def _own(self, message: dict[str, Any]) -> bool:
        return message.get("user") == self._me.user or message.get("bot_id") == self._me.bot

    def _read(self, channel: str, thread: str) -> list[Past]:
        messages = self._messages(channel, thread)
        asked = {m["ts"]: m.get("text", "") for m in messages if not m.get("bot_id")}
        past = []
        for message in messages:
            mark = message.get("metadata") or {}
            if not self._own(message) or mark.get("event_type") != ANSWER:
                continue
            payload = mark.get("event_payload") or {}
            if payload.get("kind") != SPOKEN:
                continue
            ts, words = str(payload.get("question")), message.get("text", "")
            if ts in asked:
                question = text.plain(asked[ts], self._me.user)
            elif echo := _ECHO.match(words):
                question = escape.unescaped_markdown(echo[1])
                words = words[echo.end() :]
            else:
                continue
            past.append(Past(ts, Turn(question, said(words))))
        return sorted(past, key=lambda one: one.ts)

    def _messages(
        self, channel: str, thread: str, *, patient: bool = False
    ) -> list[dict[str, Any]]:
        call = self._calls.patiently if patient else self._calls.once
        found: list[dict[str, Any]] = []
        cursor = ""
        for _ in range(_MOST_PAGES):
            page = call(
                "conversations.replies",
                lambda cursor=cursor: self._calls.client.conversations_replies(  # type: ignore[misc]
                    channel=channel,
                    ts=thread,
                    limit=_PAGE,
                    cursor=cursor or None,
                    include_all_metadata=True,
                ),
            )
            found += page.get("messages") or []
            cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                break
        return found


def _bounded(turns: list[Turn]) -> tuple[Turn, ...]:
    chosen: list[Turn] = []
    length = 0
    for turn in reversed(turns[-HISTORY_TURNS:]):
        length += len(turn.question) + len(turn.answer)
        if length > HISTORY_CHARACTERS:
            break
        chosen.append(turn)
    return tuple(reversed(chosen))
