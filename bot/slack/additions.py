"""What is to be read in as an article: kept until it is, and until that was told.

A command, a click and a shortcut come once; Slack sends none of them again. So each
is on the disk before it is acknowledged, and whoever dies over it leaves it to
another. Indexing twice is indexing once; that nothing is told twice is noted here.
"""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from enum import IntEnum

from bot.slack.instances import Instance, free_of_the_dead
from bot.slack.ledger import Ledger

MOST_ATTEMPTS = 8


class Told(IntEnum):
    """What the person was told alone, or was about to be told when somebody died."""

    NOTHING = 0
    BEGUN = 1
    ENDED = 2


@dataclass(frozen=True, slots=True)
class Addition:
    """Something that a person wants read in; `id` is Slack's trigger_id of the act.

    `kind` is `link` (`value` is its URL), `file` (its id) or `message` (its ts, `text`
    its words as Slack sent them). It is told of in `thread` (a root's ts), or, where
    that is empty, to the person alone through `response_url`.
    """

    id: str
    kind: str
    value: str
    channel: str
    person: str
    response_url: str
    text: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True)
class AddJob:
    """An addition to work on; `attempts` counts from 1.

    `notice_ts` is the thread's message that tells of it, `outcome` the sentence of
    its end, once that is known.
    """

    addition: Addition
    attempts: int
    notice_ts: str | None
    told: Told
    outcome: str | None

    @property
    def where(self) -> str:
        """What the log calls it."""
        return f"{self.addition.channel} {self.addition.kind} {self.addition.id}"


class Additions:
    """The additions of one workspace, shared by instances. Raises StoreError."""

    def __init__(self, ledger: Ledger, instance: Instance) -> None:
        self._ledger = ledger
        self._instance = instance

    def take(self, addition: Addition) -> bool:
        """Take an addition down; False when it is or was there already."""
        now = time.time()
        with self._ledger.write() as db:
            # The row goes when all is done; the event stays, and knows a second arrival.
            first = db.execute(
                "INSERT OR IGNORE INTO events VALUES (?, ?)", (f"add {addition.id}", now)
            )
            if first.rowcount == 0:
                return False
            db.execute(
                "INSERT INTO additions (id, kind, value, text, channel, person, thread,"
                " response_url, due, asked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    addition.id,
                    addition.kind,
                    addition.value,
                    addition.text,
                    addition.channel,
                    addition.person,
                    addition.thread,
                    addition.response_url,
                    now,
                    now,
                ),
            )
        return True

    def claim(self) -> AddJob | None:
        """The next addition to work on, now this instance's."""
        if not self.to_do():
            return None  # idle workers ask twice a second, and take no lock for it
        with self._ledger.write() as db:
            row = db.execute(
                "SELECT * FROM additions WHERE owner IS NULL AND due <= ? ORDER BY asked LIMIT 1",
                (time.time(),),
            ).fetchone()
            if row is None:
                return None
            db.execute(
                "UPDATE additions SET owner = ?, attempts = attempts + 1 WHERE id = ?",
                (self._instance.name, row["id"]),
            )
        return _job(row)

    def noticed(self, job: AddJob, notice_ts: str) -> None:
        """Note which message of the thread tells of it."""
        self._note(job, "notice_ts", notice_ts)

    def telling(self, job: AddJob, told: Told) -> None:
        """Note what the person is about to be told alone."""
        self._note(job, "told", int(told))

    def ended(self, job: AddJob, outcome: str) -> None:
        """Note how it ended, before anybody is told."""
        self._note(job, "outcome", outcome)

    def _note(self, job: AddJob, column: str, value: str | int) -> None:
        with self._ledger.write() as db:
            db.execute(
                f"UPDATE additions SET {column} = ? WHERE id = ?",  # noqa: S608 - a name from above
                (value, job.addition.id),
            )

    def finish(self, job: AddJob) -> None:
        """Forget an addition: it is done, and told."""
        with self._ledger.write() as db:
            db.execute("DELETE FROM additions WHERE id = ?", (job.addition.id,))

    def postpone(self, job: AddJob, seconds: float) -> bool:
        """Give it back, to be tried again; False when it was tried too often and is over."""
        if job.attempts >= MOST_ATTEMPTS:
            self.give_up(job)
            return False
        with self._ledger.write() as db:
            db.execute(
                "UPDATE additions SET owner = NULL, due = ? WHERE id = ?",
                (time.time() + seconds, job.addition.id),
            )
        return True

    def give_up(self, job: AddJob) -> None:
        """Forget an addition that nobody can be told of."""
        self.finish(job)

    def take_over(self) -> int:
        """Free what instances that are gone were working on; how many there were."""
        return free_of_the_dead(self._ledger, self._instance, "additions")

    def to_do(self) -> int:
        """How many additions are not done, or not told, yet."""
        with self._ledger.read() as db:
            (count,) = db.execute("SELECT count(*) FROM additions").fetchone()
        return int(count)


def _job(row: sqlite3.Row) -> AddJob:
    return AddJob(
        addition=Addition(
            id=row["id"],
            kind=row["kind"],
            value=row["value"],
            channel=row["channel"],
            person=row["person"],
            response_url=row["response_url"],
            text=row["text"],
            thread=row["thread"],
        ),
        attempts=row["attempts"] + 1,
        notice_ts=row["notice_ts"],
        told=Told(row["told"]),
        outcome=row["outcome"],
    )
