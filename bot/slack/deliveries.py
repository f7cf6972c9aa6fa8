"""What Slack has delivered: the durable record behind exactly once.

Slack delivers an event at least once, and a mention as two events. A question is
therefore known by its channel and the ts of its message; whatever arrives again
finds it there.
"""

from __future__ import annotations

import time

from bot.slack.ledger import Ledger
from bot.slack.questions import Question, written_offers


class Deliveries:
    """The record of one workspace, shared by instances. Raises StoreError."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

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
                    written_offers(question.offers),
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
                # Where nothing is known to stand in the thread, the next try looks first; and
                # one that was tried too often is tried anew.
                " attempts = CASE WHEN answer_ts IS NULL THEN min(attempts, 1) ELSE 0 END,"
                " state = 'open', stop = 0, due = ?, updated = ? WHERE channel = ? AND ts = ?"
                " AND text != ? AND edited < ?"
                " AND state IN ('open', 'answered', 'stopped', 'failed')",
                (person, text, edited, now, now, channel, ts, text, edited),
            )
            return cursor.rowcount == 1

    def withdraw(self, channel: str, ts: str) -> bool:
        """Take a question back, and its answer with it; False when there is none."""
        with self._ledger.write() as db:
            cursor = db.execute(
                "UPDATE questions SET state = 'withdrawing', revision = revision + 1,"
                " attempts = CASE WHEN answer_ts IS NULL THEN min(attempts, 1) ELSE 0 END, due = ?,"
                " updated = ? WHERE channel = ? AND ts = ?"
                # One that was given up may have left half an answer behind.
                " AND state IN ('open', 'answered', 'stopped', 'failed')",
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
