"""Housekeeping beside the work: what the dead held is freed, what is old is forgotten."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import Any

from bot.log import log_bug
from bot.slack.crew import Crew
from bot.slack.instances import Instance
from bot.slack.ledger import Ledger

_TAKE_OVER_SECONDS = 1.0
_EXPIRE_SECONDS = 3600.0
_EVENTS_KEPT = 86_400.0  # Slack's last retry comes after five minutes


class Keeper:
    """One thread; `start` it and, when it is time to go, `stop` it."""

    def __init__(
        self,
        ledger: Ledger,
        instance: Instance,
        crews: Sequence[Crew[Any]],
        retention_days: float,
    ) -> None:
        self._ledger = ledger
        self._instance = instance
        self._crews = crews
        self._retention_days = retention_days
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="kiji-slack-keeper", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, seconds: float) -> None:
        """End, waiting at most so long."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(seconds)

    def _keep(self) -> None:
        next_expiry = 0.0
        while not self._stopping.is_set():
            try:
                for crew in self._crews:
                    crew.take_over()
                if time.monotonic() >= next_expiry:
                    expire(self._ledger, self._retention_days)
                    self._instance.sweep()
                    next_expiry = time.monotonic() + _EXPIRE_SECONDS
            except Exception as error:  # noqa: BLE001 - housekeeping is tried again
                log_bug(error)
            self._stopping.wait(_TAKE_OVER_SECONDS)


def expire(ledger: Ledger, retention_days: float) -> None:
    """Forget what is old: events after a day, the rest after the days of retention."""
    now = time.time()
    old = now - retention_days * 86_400
    with ledger.write() as db:
        db.execute("DELETE FROM events WHERE at < ?", (now - _EVENTS_KEPT,))
        db.execute("DELETE FROM votes WHERE at < ?", (old,))
        db.execute("DELETE FROM answers WHERE at < ?", (old,))
        db.execute(
            "DELETE FROM questions WHERE updated < ? AND state NOT IN ('open', 'withdrawing')",
            (old,),
        )
