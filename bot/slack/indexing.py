"""Indexing on somebody's behalf: in the background, with progress, and a word at the end."""

from __future__ import annotations

import time
from collections.abc import Callable

from bot.slack import escape
from bot.slack.adding import Added, Adding
from bot.slack.blocks import shortened
from bot.slack.scopes import place_of
from bot.slack.trouble import sentence
from bot.slack.web import Calls, Limited, Lost, Refused
from prompts.catalogue import say
from retrieval.values import Language

Work = Callable[[Callable[[int], None]], Added]

# A response_url takes five messages, chat.update fifty a minute: progress is told seldom.
_MOST_STEPS = 2
_STEP_SECONDS = 5.0


def summary(added: Added, channel: str, language: Language) -> str:
    """What was added, and who can ask about it now."""
    titles = "、".join(added.titles[:3]) if language is Language.JA else ", ".join(added.titles[:3])
    key = "slack.unchanged" if added.unchanged else "slack.added"
    where = say(language, "slack.seen_by_you" if channel.startswith("D") else "slack.seen_here")
    return say(
        language,
        key,
        title=escape.mrkdwn(shortened(escape.one_line(titles), 300)),
        count=len(added.titles),
        passages=added.passages,
        where=where,
    )


class Progress:
    """Tells how far it is, at most so often, through `tell`."""

    def __init__(self, tell: Callable[[str], None], language: Language) -> None:
        self._tell = tell
        self._language = language
        self._left = _MOST_STEPS
        self._next = time.monotonic() + _STEP_SECONDS

    def __call__(self, passages: int) -> None:
        """So many passages are embedded."""
        if self._left and time.monotonic() >= self._next:
            self._left -= 1
            self._next = time.monotonic() + _STEP_SECONDS
            self._tell(say(self._language, "slack.adding_passages", passages=passages))


class Indexing:
    """Does the work of `/kiji add`, of the offer's button and of the shortcut."""

    def __init__(self, adding: Adding, calls: Calls) -> None:
        self.adding = adding
        self._calls = calls

    def link(self, kind: str, value: str, channel: str, person: str) -> Work:
        """The work of adding a `link` (URL) or a `file` (id)."""
        place = place_of(channel, person)
        if kind == "file":
            return lambda progress: self.adding.file(value, place, person, progress)
        return lambda progress: self.adding.page(value, place, person, progress)

    def in_thread(self, work: Work, channel: str, thread: str, language: Language) -> None:
        """Do it, told by one message of a thread that changes as it goes on."""
        start = say(language, "slack.adding")
        client = self._calls.client
        posted = self._calls.patiently(
            f"chat.postMessage {channel}",
            lambda: client.chat_postMessage(
                channel=channel,
                thread_ts=thread,
                text=start,
                metadata={"event_type": "kiji_notice", "event_payload": {}},
            ),
        )
        ts = str(posted["ts"])
        progress = Progress(
            lambda words: self._tell_once(channel, ts, words),
            language,
        )
        words = self.outcome(work, progress, channel, language)
        self._calls.patiently(
            "chat.update", lambda: client.chat_update(channel=channel, ts=ts, text=words)
        )

    def outcome(self, work: Work, progress: Progress, channel: str, language: Language) -> str:
        """Do it, and give the sentence that says how it went."""
        try:
            return summary(work(progress), channel, language)
        except Exception as error:  # noqa: BLE001 - whatever it is, the person is told
            return sentence(error, language)

    def _tell_once(self, channel: str, ts: str, words: str) -> None:
        try:
            self._calls.once(
                "chat.update",
                lambda: self._calls.client.chat_update(channel=channel, ts=ts, text=words),
            )
        except (Limited, Refused, Lost):
            return
