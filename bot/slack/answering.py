"""Works one job off: from a question in a thread to its answer there, or back."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.slack import escape, text
from bot.slack.blocks import (
    Message,
    answer_message,
    claim_words,
    notice,
    offers,
    suggestions,
)
from bot.slack.feedback import Feedback
from bot.slack.jobs import MOST_ATTEMPTS, Job, Jobs
from bot.slack.people import People
from bot.slack.pump import Pump
from bot.slack.questions import Question
from bot.slack.reply import Reply
from bot.slack.shelf import Shelf
from bot.slack.streams import Streams
from bot.slack.suggest import follow_ups
from bot.slack.threads import SPOKEN, Me, Threads
from bot.slack.trouble import sentence
from bot.slack.web import Calls, Lost, Refused
from bot.understand.language import detect
from bot.values import Answer, AnswerEvent, ClaimEvent, Scope, Turn
from prompts.catalogue import say
from retrieval.errors import KijiError
from retrieval.values import Language

if TYPE_CHECKING:
    from bot.settings import Settings

log = logging.getLogger(__name__)

# How often a running answer looks whether its question still stands.
_LOOK_SECONDS = 0.3
_TITLE = 80
_STATUSES = ("searching", "reading", "checking")
TOLD = "notice"  # an answer's mark when it is only a sentence of kiji's own


class TimedOut(KijiError):
    """The chain took longer than `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__("slack.timed_out", seconds=f"{seconds:g}")


class _Changed(Exception):
    """The question was edited or deleted while it was being answered."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What answering needs."""

    settings: Settings
    calls: Calls
    jobs: Jobs
    streams: Streams
    feedback: Feedback
    threads: Threads
    people: People
    shelf: Shelf
    me: Me


class Answering:
    """Answers jobs; any thread may run one. Raises Refused, Lost and StoreError."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def run(self, job: Job) -> None:
        """Do what a job wants; when its question changes meanwhile, the job comes again."""
        desk = self._desk
        reply = Reply(desk.calls, desk.jobs, desk.streams, job)
        if job.answer_ts is None and job.attempts > 1 and (found := desk.threads.answer_to(job)):
            # Somebody has been here and died, or did not hear what became of its message.
            reply.adopt(found[0])
            if found[1] and not job.withdrawing and job.revision == 0:
                desk.jobs.finish(job, "answered")
                return
        if job.withdrawing:
            reply.take_back()
            desk.feedback.drop(job.question)
            desk.jobs.finish(job, "withdrawn")
            return
        try:
            self._answer(job, reply)
        except _Changed:
            desk.jobs.finish(job, "answered")

    def _answer(self, job: Job, reply: Reply) -> None:
        desk, question = self._desk, job.question
        words = text.plain(question.text, desk.me.user, desk.people.name)
        if question.offers:
            words = text.plain(text.without_links(question.text), desk.me.user, desk.people.name)
        language = detect(words) or desk.people.language(question.person)
        busy = _Busy(desk.calls, question, language)
        answer: Answer | None = None
        history: tuple[Turn, ...] = ()
        state, below = "answered", offers(question.offers, language)
        try:
            if not words:
                key = "slack.offer" if question.offers else "slack.how_to_ask"
                message = notice(say(language, key), below)
            elif job.attempts > MOST_ATTEMPTS:
                # Whoever took it up died over it, each time: it would take the next one along.
                message = notice(say(language, "slack.deadly"), below)
            else:
                history = desk.threads.history(job)
                answer = self._ask(job, words, history, reply, busy)
                if answer is None:
                    state, message = "stopped", self._stopped(reply, language)
                else:
                    below = [*suggestions(follow_ups(answer)), *below]
                    asked = words if question.clicked else ""
                    message = answer_message(answer, below, asked=asked)
        except (_Changed, Refused, Lost):
            # Slack's own troubles are no answer: the job comes again, or is given up.
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the person is told
            message = notice(sentence(error, language), below)
        kind = SPOKEN if answer is not None and not answer.social else TOLD
        if answer is not None:
            desk.feedback.keep(question, answer, history)
        reply.finish(message, kind)
        busy.over(reply.way == "stream")
        if desk.jobs.finish(job, state) and kind == SPOKEN and answer is not None:
            desk.threads.add(job, Turn(words, answer.text))
        log.info(
            "answered=%s state=%s way=%s attempts=%d revision=%d",
            answer is not None and answer.answered,
            state,
            reply.way,
            job.attempts,
            job.revision,
        )

    def _ask(
        self, job: Job, words: str, history: tuple[Turn, ...], reply: Reply, busy: _Busy
    ) -> Answer | None:
        """The chain's answer, its claims shown as they come; None when it was stopped."""
        desk, question = self._desk, job.question
        kiji, scope = desk.shelf.asked_from(question.channel, question.person)
        pump = Pump(kiji.answer(words, history, scope, desk.settings.now()))
        busy.begin(words)
        end = time.monotonic() + desk.settings.slack_answer_timeout
        look = time.monotonic() + _LOOK_SECONDS
        grows = question.clicked or job.answer_ts is not None
        try:
            while True:
                event = pump.next(min(_LOOK_SECONDS, max(end - time.monotonic(), 0.01)))
                if isinstance(event, AnswerEvent):
                    return worded(event.answer, scope)
                if isinstance(event, ClaimEvent) and not grows:
                    reply.add(claim_words(event.claim))
                if time.monotonic() >= look or event is None:
                    standing = desk.jobs.standing(job)
                    if standing.changed:
                        raise _Changed
                    if standing.stopped:
                        return None
                    look = time.monotonic() + _LOOK_SECONDS
                if not desk.shelf.warm:
                    # Loading the models is nobody's slow answer.
                    end = time.monotonic() + desk.settings.slack_answer_timeout
                if time.monotonic() > end:
                    raise TimedOut(desk.settings.slack_answer_timeout)
        finally:
            pump.leave()

    def _stopped(self, reply: Reply, language: Language) -> Message:
        words = say(language, "slack.stopped")
        if reply.streamed:
            return notice(f"{reply.streamed}\n\n{words}")
        return notice(words)


def worded(answer: Answer, scope: Scope) -> Answer:
    """In Slack an article is added otherwise than on the command line, and that is said."""
    if scope.articles == frozenset() and not answer.answered and not answer.social:
        return replace(answer, text=say(answer.language, "slack.no_articles"), covers=())
    return answer


class _Busy:
    """The signs that an answer is being made: status, loading messages, the stop button."""

    def __init__(self, calls: Calls, question: Question, language: Language) -> None:
        self._calls = calls
        self._question = question
        self._language = language
        self._processing = False

    def begin(self, words: str) -> None:
        """Show them; an answer can do without, so nothing waits for it."""
        question, client = self._question, self._calls.client
        title = escape.one_line(words)[:_TITLE]
        self._processing = self._calls.gladly(
            "agents.sessions.setStatus",
            lambda: client.agents_sessions_setStatus(
                channel_id=question.channel,
                thread_ts=question.thread,
                status="processing",
                title=title,
                initiator_user_id=question.person or None,
            ),
        )
        messages = [say(self._language, f"slack.loading.{name}") for name in _STATUSES]
        self._calls.gladly(
            "assistant.threads.setStatus",
            lambda: client.assistant_threads_setStatus(
                channel_id=question.channel,
                thread_ts=question.thread,
                status=messages[0],
                loading_messages=messages,
            ),
        )

    def over(self, by_stream: bool) -> None:
        """Take them away; a stream's end does that itself."""
        if not self._processing or by_stream:
            return
        question = self._question
        self._calls.gladly(
            "agents.sessions.setStatus",
            lambda: self._calls.client.agents_sessions_setStatus(
                channel_id=question.channel, thread_ts=question.thread, status="active"
            ),
        )
