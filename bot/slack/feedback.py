"""Answers as they were given, the votes on them, and what is kept of a person."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from typing import Any

from bot.records import hits_record, stored_answer
from bot.slack.ledger import Ledger
from bot.slack.questions import Question
from bot.values import Answer, Turn


class Feedback:
    """Raises StoreError."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def keep(self, question: Question, answer: Answer, history: Sequence[Turn]) -> None:
        """Keep an answer with what it was made of, for votes and for `kiji feedback export`."""
        record = json.dumps(stored_answer(answer), ensure_ascii=False)
        hits = json.dumps(hits_record(answer.hits, "")["hits"], ensure_ascii=False)
        before = [{"question": turn.question, "answer": turn.answer} for turn in history]
        with self._ledger.write() as db:
            db.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    question.channel,
                    question.ts,
                    question.thread,
                    question.person,
                    answer.question,
                    json.dumps(before, ensure_ascii=False),
                    record,
                    hits,
                    time.time(),
                ),
            )
            # Votes were for the answer that stood there before.
            db.execute(
                "DELETE FROM votes WHERE channel = ? AND ts = ?", (question.channel, question.ts)
            )

    def drop(self, question: Question) -> None:
        """Drop the answer of a question that was taken back."""
        with self._ledger.write() as db:
            key = (question.channel, question.ts)
            db.execute("DELETE FROM answers WHERE channel = ? AND ts = ?", key)
            db.execute("DELETE FROM votes WHERE channel = ? AND ts = ?", key)

    def turns(self, channel: str, thread: str) -> list[tuple[str, Turn]]:
        """What was asked and answered in a thread, by the ts of the question, in order."""
        with self._ledger.read() as db:
            rows = db.execute(
                "SELECT ts, question, record FROM answers WHERE channel = ? AND thread = ?"
                " ORDER BY ts",
                (channel, thread),
            ).fetchall()
        found = [(row["ts"], row["question"], json.loads(row["record"])) for row in rows]
        return [
            (ts, Turn(question, record["answer"]))
            for ts, question, record in found
            if not record["social"]
        ]

    def vote(self, channel: str, answer_ts: str, person: str, *, good: bool) -> bool:
        """Keep a person's vote on an answer, in place of an earlier one; False: no such answer."""
        with self._ledger.write() as db:
            row = db.execute(
                "SELECT a.ts FROM questions AS q JOIN answers AS a"
                " ON a.channel = q.channel AND a.ts = q.ts"
                " WHERE q.channel = ? AND q.answer_ts = ?",
                (channel, answer_ts),
            ).fetchone()
            if row is None:
                return False
            db.execute(
                "INSERT OR REPLACE INTO votes VALUES (?, ?, ?, ?, ?)",
                (channel, row["ts"], person, good, time.time()),
            )
        return True

    def export(self, *, liked: bool = True) -> Iterator[dict[str, Any]]:
        """The answers that most voters liked, oldest first, as cases for `kiji eval`.

        What was answered then is the case's accepted answer; a refusal that was liked
        becomes a question to be refused. With `liked` False, the others: `said` is what
        was answered, and `answers` is left for a person to fill in. Nobody's id is told.
        """
        with self._ledger.read() as db:
            rows = db.execute(
                "SELECT a.*, total(v.good) AS good, count(*) AS votes FROM answers AS a"
                " JOIN votes AS v ON v.channel = a.channel AND v.ts = a.ts"
                " GROUP BY a.channel, a.ts ORDER BY a.at"
            ).fetchall()
        for number, row in enumerate(rows, 1):
            good, bad = int(row["good"]), int(row["votes"] - row["good"])
            if (good > bad) is not liked:
                continue
            record = json.loads(row["record"])
            articles = list(dict.fromkeys(one["article"] for one in record["citations"]))
            case: dict[str, Any] = {
                "id": f"slack-{number}",
                "question": row["question"],
                "history": json.loads(row["history"]),
                "qtype": record["intent"],
                "good": good,
                "bad": bad,
                "engine": record["engine"],
                "quotes": [one["quote"] for one in record["citations"]],
                "hits": json.loads(row["hits"]),
            }
            if liked:
                accepted = [record["short"] or record["answer"]] if record["answered"] else []
                case |= {"answers": accepted}
                if articles:
                    case |= {"article": articles[0], "alt_articles": articles[1:]}
            else:
                case |= {"said": record["answer"]}
            yield case

    def forget(self, person: str) -> int:
        """Delete what a person asked, what was answered to it, and their votes.

        How many questions it was. That a question was answered stays known by its
        place and time alone, or Slack's redelivery would have it answered again.
        """
        with self._ledger.write() as db:
            db.execute(
                "DELETE FROM votes WHERE person = ? OR EXISTS (SELECT 1 FROM answers AS a"
                " WHERE a.channel = votes.channel AND a.ts = votes.ts AND a.person = ?)",
                (person, person),
            )
            db.execute("DELETE FROM answers WHERE person = ?", (person,))
            db.execute("DELETE FROM greeted WHERE person = ?", (person,))
            cursor = db.execute(
                "UPDATE questions SET text = '', person = '', offers = '[]' WHERE person = ?"
                " AND state NOT IN ('open', 'withdrawing')",
                (person,),
            )
        return cursor.rowcount

    def greet(self, person: str) -> bool:
        """Whether a person has not been greeted before; from now on they have."""
        with self._ledger.write() as db:
            cursor = db.execute(
                "INSERT OR IGNORE INTO greeted VALUES (?, ?)", (person, time.time())
            )
        return cursor.rowcount == 1
