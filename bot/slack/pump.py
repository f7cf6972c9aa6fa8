"""Runs the chain in a thread of its own, so that a model that hangs can be left behind.

A Python thread can't be stopped from outside. What can be done is to stop waiting
for it: the generator is closed as soon as it gives control back.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator

from bot.values import Event

_END = object()


class Pump:
    """Events of a chain, as they come."""

    def __init__(self, events: Iterator[Event]) -> None:
        self._events = events
        self._queue: queue.Queue[object] = queue.Queue()
        self._left = threading.Event()
        # A daemon: a model that never answers must not keep the process from ending.
        self._thread = threading.Thread(target=self._run, name="kiji-answer", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            for event in self._events:
                self._queue.put(event)
                if self._left.is_set():
                    break
            self._queue.put(_END)
        except BaseException as error:  # noqa: BLE001 - raised again where the events are taken
            self._queue.put(error)
        finally:
            close = getattr(self._events, "close", None)
            if close is not None:
                close()

    def next(self, seconds: float) -> Event | None:
        """The next event, or None when none came in time.

        Raises StopIteration at the end, and what the chain raised.
        """
        try:
            got = self._queue.get(timeout=seconds)
        except queue.Empty:
            return None
        if got is _END:
            raise StopIteration
        if isinstance(got, BaseException):
            raise got
        return got  # type: ignore[return-value]

    def leave(self) -> None:
        """Want no more events."""
        self._left.set()
