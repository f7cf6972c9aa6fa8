"""How many streams may begin: Slack counts them for all instances together."""

from __future__ import annotations

import time

from bot.slack.ledger import Ledger

# Streams begin and end at Tier 2, 20 a minute each.
STREAMS_A_MINUTE = 18


class Streams:
    """Counts the streams of the last minute. Raises StoreError."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def may_begin(self) -> bool:
        """Whether one more stream may begin this minute; if so, it is counted."""
        now = time.time()
        with self._ledger.write() as db:
            db.execute("DELETE FROM streams WHERE at < ?", (now - 60,))
            (count,) = db.execute("SELECT count(*) FROM streams").fetchone()
            if count >= STREAMS_A_MINUTE:
                return False
            db.execute("INSERT INTO streams VALUES (?)", (now,))
        return True
