"""What was asked and where its answer stands: the durable record behind exactly once.

Slack delivers an event at least once, and a mention as two events. A question is
therefore known by its channel and the ts of its message; whatever arrives again
finds it there. Whoever works on it is its `owner`; when that instance dies,
another takes over and looks at the thread before it says anything.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.slack.instances import Instance
from bot.slack.ledger import Ledger

MOST_ATTEMPTS = 8
_EVENTS_KEPT = 86_400.0  # Slack's last retry comes after five minutes
# Streams begin and end at Tier 2, 20 a minute each, for all instances together.
STREAMS_A_MINUTE = 18


@dataclass(frozen=True, slots=True)
class Offer:
    """Something in a message that could be indexed: a `file` (its id) or a `link` (its URL)."""

    kind: str
    value: str
    name: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was asked; `thread` is the ts of its thread's root.

    `text` is as Slack sent it. `clicked` says that it is a suggestion's button,
    and that no message of the thread holds it.
    """

    channel: str
    ts: str
    thread: str
    person: str
    team: str
    text: str
    clicked: bool = False
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """A question to work on; `attempts` counts from 1. With `withdrawing`, take its answer back."""

    question: Question
    revision: int
    attempts: int
    answer_ts: str | None
    withdrawing: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What has become of a job meanwhile: its question was changed, or its answer stopped."""

    changed: bool
    stopped: bool


class Deliveries:
    """The record of one workspace, shared by instances. Raises StoreError."""

    def __init__(self, ledger: Ledger, instance: Instance) -> None:
        self._ledger = ledger
        self._instance = instance

    # --- what comes in

    def take(self, event_id: str, question: Question) -> bool:
        """Take a question down to be answered; False when it is there already."""
        return self._keep(event_id, question, "open")

    def turn_away(self, event_id: str, question: Question) -> bool:
        """Note a question that will not be answered; False when it is there already."""
        return self._keep(event_id, question, "failed")

    def _keep(self, event_id: str, question: Question, state: str) -> bool:
        now = time.time()
        with self._ledger.write() as db:
            first = db.execute("INSERT OR IGNORE INTO events VALUES (?, ?)", (event_id, now))
            if first.rowcount == 0:
                return False
            cursor = db.execute(
                "INSERT OR IGNORE INTO questions (channel, ts, thread, person, team, text,"
                " clicked, offers, state, due, asked, updated)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    question.channel,
                    question.ts,
                    question.thread,
                    question.person,
                    question.team,
                    question.text,
                    question.clicked,
                    _written(question.offers),
                    state,
                    now,
                    now,
                    now,
                ),
            )
            return cursor.rowcount == 1

    def edit(self, channel: str, ts: str, person: str, text: str, edited: str) -> bool:
        """Ask a question anew, in its changed words; False when nothing changes by it."""
        now = time.time()
        with self._ledger.write() as db:
            cursor = db.execute(
                "UPDATE questions SET person = ?, text = ?, edited = ?, revision = revision + 1,"
                # Where nothing is known to stand in the thread, the next try looks first.
                " attempts = CASE WHEN answer_ts IS NULL THEN attempts ELSE 0 END,"
                " state = 'open', stop = 0, due = ?, updated = ? WHERE channel = ? AND ts = ?"
                " AND text != ? AND edited < ? AND state IN ('open', 'answered', 'stopped')",
                (person, text, edited, now, now, channel, ts, text, edited),
            )
            return cursor.rowcount == 1

    def withdraw(self, channel: str, ts: str) -> bool:
        """Take a question back, and its answer with it; False when there is none."""
        with self._ledger.write() as db:
            cursor = db.execute(
                "UPDATE questions SET state = 'withdrawing', revision = revision + 1,"
                " attempts = CASE WHEN answer_ts IS NULL THEN attempts ELSE 0 END, due = ?,"
                " updated = ? WHERE channel = ? AND ts = ?"
                " AND state IN ('open', 'answered', 'stopped')",
                (time.time(), time.time(), channel, ts),
            )
            return cursor.rowcount == 1

    def stop(self, channel: str, thread: str) -> bool:
        """Stop what is being answered in a thread, by whichever instance."""
        with self._ledger.write() as db:
            cursor = db.execute(
                "UPDATE questions SET stop = 1 WHERE channel = ? AND thread = ? AND state = 'open'",
                (channel, thread),
            )
            return cursor.rowcount > 0

    # --- working on it

    def claim(self) -> Job | None:
        """The next question to work on, now this instance's; one at a time of each thread."""
        now = time.time()
        with self._ledger.write() as db:
            row = db.execute(
                "SELECT * FROM questions AS q WHERE state IN ('open', 'withdrawing')"
                " AND owner IS NULL AND due <= ? AND NOT EXISTS ("
                "  SELECT 1 FROM questions AS o WHERE o.channel = q.channel"
                "  AND o.thread = q.thread AND o.state IN ('open', 'withdrawing')"
                "  AND (o.owner IS NOT NULL OR o.ts < q.ts))"
                " ORDER BY asked LIMIT 1",
                (now,),
            ).fetchone()
            if row is None:
                return None
            db.execute(
                "UPDATE questions SET owner = ?, attempts = attempts + 1 WHERE channel = ?"
                " AND ts = ?",
                (self._instance.name, row["channel"], row["ts"]),
            )
        return Job(
            question=_question(row),
            revision=row["revision"],
            attempts=row["attempts"] + 1,
            answer_ts=row["answer_ts"],
            withdrawing=row["state"] == "withdrawing",
        )

    def standing(self, job: Job) -> Standing:
        """What has become of a job meanwhile."""
        with self._ledger.read() as db:
            row = db.execute(
                "SELECT revision, stop FROM questions WHERE channel = ? AND ts = ?",
                (job.question.channel, job.question.ts),
            ).fetchone()
        if row is None:
            return Standing(changed=True, stopped=False)
        return Standing(row["revision"] != job.revision, bool(row["stop"]))

    def posted(self, job: Job, answer_ts: str | None) -> None:
        """Note which message holds, or will hold, the answer."""
        with self._ledger.write() as db:
            db.execute(
                "UPDATE questions SET answer_ts = ? WHERE channel = ? AND ts = ?",
                (answer_ts, job.question.channel, job.question.ts),
            )

    def answer_of_another(self, channel: str, answer_ts: str, ts: str) -> bool:
        """Whether a message is noted as the answer to another question than `ts`."""
        with self._ledger.read() as db:
            row = db.execute(
                "SELECT 1 FROM questions WHERE channel = ? AND answer_ts = ? AND ts != ?",
                (channel, answer_ts, ts),
            ).fetchone()
        return row is not None

    def finish(self, job: Job, state: str) -> bool:
        """Close a job; False when its question was changed meanwhile and it comes again."""
        question = job.question
        with self._ledger.write() as db:
            cursor = db.execute(
                "UPDATE questions SET state = ?, owner = NULL, stop = 0, updated = ?"
                " WHERE channel = ? AND ts = ? AND revision = ?",
                (state, time.time(), question.channel, question.ts, job.revision),
            )
            if cursor.rowcount == 1:
                return True
            db.execute(
                "UPDATE questions SET owner = NULL WHERE channel = ? AND ts = ?",
                (question.channel, question.ts),
            )
        return False

    def postpone(self, job: Job, seconds: float) -> bool:
        """Give a job back, to be tried again; False when it was tried too often and has failed."""
        if job.attempts >= MOST_ATTEMPTS:
            self.finish(job, "failed")
            return False
        with self._ledger.write() as db:
            db.execute(
                "UPDATE questions SET owner = NULL, due = ? WHERE channel = ? AND ts = ?",
                (time.time() + seconds, job.question.channel, job.question.ts),
            )
        return True

    def take_over(self) -> int:
        """Free what instances that are gone were working on; how many there were."""
        with self._ledger.read() as db:
            owners = [
                row["owner"]
                for row in db.execute(
                    "SELECT DISTINCT owner FROM questions WHERE owner IS NOT NULL"
                    " AND state IN ('open', 'withdrawing')"
                )
            ]
        freed = 0
        for owner in owners:
            if not self._instance.alive(owner):
                with self._ledger.write() as db:
                    freed += db.execute(
                        "UPDATE questions SET owner = NULL WHERE owner = ?", (owner,)
                    ).rowcount
        return freed

    # --- looking at it

    def takes_part(self, channel: str, thread: str) -> bool:
        """Whether something was asked and not turned away in a thread."""
        with self._ledger.read() as db:
            row = db.execute(
                "SELECT 1 FROM questions WHERE channel = ? AND thread = ?"
                " AND state IN ('open', 'answered', 'stopped')",
                (channel, thread),
            ).fetchone()
        return row is not None

    def version(self, channel: str, thread: str) -> tuple[int, int]:
        """Changes whenever an answer of a thread does: (answers, changes)."""
        with self._ledger.read() as db:
            row = db.execute(
                "SELECT total(state = 'answered'), total(revision) FROM questions"
                " WHERE channel = ? AND thread = ?",
                (channel, thread),
            ).fetchone()
        return int(row[0]), int(row[1])

    def to_do(self) -> int:
        """How many questions are not answered yet."""
        with self._ledger.read() as db:
            (count,) = db.execute(
                "SELECT count(*) FROM questions WHERE state IN ('open', 'withdrawing')"
            ).fetchone()
        return int(count)

    def may_stream(self) -> bool:
        """Whether one more stream may begin this minute; if so, it is counted."""
        now = time.time()
        with self._ledger.write() as db:
            db.execute("DELETE FROM streams WHERE at < ?", (now - 60,))
            (count,) = db.execute("SELECT count(*) FROM streams").fetchone()
            if count >= STREAMS_A_MINUTE:
                return False
            db.execute("INSERT INTO streams VALUES (?)", (now,))
        return True

    def expire(self, retention_days: float) -> None:
        """Forget what is old: events after a day, the rest after the days of retention."""
        now = time.time()
        old = now - retention_days * 86_400
        with self._ledger.write() as db:
            db.execute("DELETE FROM events WHERE at < ?", (now - _EVENTS_KEPT,))
            db.execute("DELETE FROM votes WHERE at < ?", (old,))
            db.execute("DELETE FROM answers WHERE at < ?", (old,))
            db.execute(
                "DELETE FROM questions WHERE updated < ? AND state NOT IN ('open', 'withdrawing')",
                (old,),
            )


def _written(offers: Iterable[Offer]) -> str:
    return json.dumps([[o.kind, o.value, o.name] for o in offers], ensure_ascii=False)


def _offers(written: str) -> Sequence[Offer]:
    return [Offer(*fields) for fields in json.loads(written)]


def _question(row: sqlite3.Row) -> Question:
    return Question(
        channel=row["channel"],
        ts=row["ts"],
        thread=row["thread"],
        person=row["person"],
        team=row["team"],
        text=row["text"],
        clicked=bool(row["clicked"]),
        offers=tuple(_offers(row["offers"])),
    )
