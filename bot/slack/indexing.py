"""Indexing on somebody's behalf: in the background, with progress, and a word at the end."""

from __future__ import annotations

import time
from collections.abc import Callable

from bot.slack import escape, text
from bot.slack.adding import Added, Adding
from bot.slack.additions import MOST_ATTEMPTS, Additions, AddJob
from bot.slack.blocks import shortened
from bot.slack.notices import Notice
from bot.slack.people import People
from bot.slack.scopes import place_of
from bot.slack.threads import Me, Threads
from bot.slack.trouble import sentence
from bot.slack.web import Calls, Lost, Refused
from prompts.catalogue import say
from retrieval.errors import StoreLockedError
from retrieval.values import Language

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
    """Works additions off; any thread may run one. Raises Limited, Lost and StoreError."""

    def __init__(
        self,
        additions: Additions,
        adding: Adding,
        calls: Calls,
        people: People,
        threads: Threads,
        me: Me,
    ) -> None:
        self._additions = additions
        self._adding = adding
        self._calls = calls
        self._people = people
        self._threads = threads
        self._me = me

    def run(self, job: AddJob) -> None:
        """Read in what was wanted, and tell how it went."""
        language = self._people.language(job.addition.person)
        notice = Notice(self._calls, self._additions, self._threads, job)
        notice.begin(say(language, "slack.adding"))
        outcome = job.outcome
        if outcome is None:
            outcome = self._outcome(job, Progress(notice.progress, language), language)
            self._additions.ended(job, outcome)
        notice.end(outcome)
        self._additions.finish(job)

    def _outcome(self, job: AddJob, progress: Progress, language: Language) -> str:
        """Do it, and give the sentence that says how it went."""
        if job.attempts > MOST_ATTEMPTS:
            # Whoever took it up died over it, each time: it would take the next one along.
            return say(language, "slack.add_deadly")
        try:
            return summary(self._read_in(job, progress), job.addition.channel, language)
        except (Lost, StoreLockedError) as error:
            if job.attempts < MOST_ATTEMPTS:
                raise
            return sentence(error, language, bug="slack.add_bug")
        except Exception as error:  # noqa: BLE001 - whatever it is, the person is told
            return sentence(error, language, bug="slack.add_bug")

    def _read_in(self, job: AddJob, progress: Progress) -> Added:
        addition = job.addition
        place = place_of(addition.channel, addition.person)
        match addition.kind:
            case "file":
                return self._adding.file(addition.value, place, addition.person, progress)
            case "message":
                words = text.lines(addition.text, self._me.user, self._people.name)
                link = self._permalink(addition.channel, addition.value)
                return self._adding.message(words, addition.value, link, place, addition.person)
            case _:
                return self._adding.page(addition.value, place, addition.person, progress)

    def _permalink(self, channel: str, ts: str) -> str:
        try:
            response = self._calls.once(
                "chat.getPermalink",
                lambda: self._calls.client.chat_getPermalink(channel=channel, message_ts=ts),
            )
        except (Refused, Lost):
            return ""
        return str(response["permalink"])
