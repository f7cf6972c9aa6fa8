"""The questions that wait to be answered, and who works on which.

Whoever works on a question is its `owner`; when that instance dies, another takes
over and looks at the thread before it says anything.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from bot.slack.instances import Instance, free_of_the_dead
from bot.slack.ledger import Ledger
from bot.slack.questions import Question, question_of

MOST_ATTEMPTS = 8


@dataclass(frozen=True, slots=True)
class Job:
    """A question to work on; `attempts` counts from 1. With `withdrawing`, take its answer back."""

    question: Question
    revision: int
    attempts: int
    answer_ts: str | None
    withdrawing: bool

    @property
    def where(self) -> str:
        """What the log calls it."""
        return f"{self.question.channel} {self.question.ts}"


@dataclass(frozen=True, slots=True)
class Standing:
    """What has become of a job meanwhile: its question was changed, or its answer stopped."""

    changed: bool
    stopped: bool


class Jobs:
    """The work of one workspace, shared by instances. Raises StoreError."""

    def __init__(self, ledger: Ledger, instance: Instance) -> None:
        self._ledger = ledger
        self._instance = instance

    def claim(self) -> Job | None:
        """The next question to work on, now this instance's; one at a time of each thread."""
        if not self.to_do():
            return None  # idle workers ask twice a second, and take no lock for it
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
            question=question_of(row),
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
            self.give_up(job)
            return False
        with self._ledger.write() as db:
            db.execute(
                "UPDATE questions SET owner = NULL, due = ? WHERE channel = ? AND ts = ?",
                (time.time() + seconds, job.question.channel, job.question.ts),
            )
        return True

    def give_up(self, job: Job) -> None:
        """Close a job that can't be done."""
        self.finish(job, "failed")

    def take_over(self) -> int:
        """Free what instances that are gone were working on; how many there were."""
        return free_of_the_dead(self._ledger, self._instance, "questions")

    def to_do(self) -> int:
        """How many questions are not answered yet."""
        with self._ledger.read() as db:
            (count,) = db.execute(
                "SELECT count(*) FROM questions WHERE state IN ('open', 'withdrawing')"
            ).fetchone()
        return int(count)
