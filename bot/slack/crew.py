"""The threads that work. They take their work from the record, not from Bolt.

Bolt's own five threads only write down what came in. It waits in the record; any
worker of any instance may take it up, and when the instance that worked on it is
gone, so may another.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from bot.log import log_bug
from bot.slack.web import Limited, Lost, Refused
from retrieval.errors import StoreLockedError

log = logging.getLogger(__name__)

# How often a worker that nobody wakes looks for work: that of other instances, and
# what was postponed.
_POLL_SECONDS = 0.5
_BACKOFF = 0.5


class Task(Protocol):
    """One piece of work."""

    @property
    def attempts(self) -> int:
        """How often it was taken up, this time too."""

    @property
    def where(self) -> str:
        """What the log calls it."""


T = TypeVar("T", bound=Task)


class Queue(Protocol[T]):
    """Work in the record, shared by instances."""

    def claim(self) -> T | None:
        """The next piece, now this instance's."""

    def postpone(self, task: T, seconds: float, /) -> bool:
        """Give it back, to be tried again; False when it was tried too often and is over."""

    def give_up(self, task: T, /) -> None:
        """Close what can't be done."""

    def take_over(self) -> int:
        """Free what instances that are gone were working on; how many there were."""


class Crew(Generic[T]):
    """`start` them, `wake` them when there is work, `stop` them when it is time to go.

    `run` does one piece of work; it raises Limited, Lost and Refused.
    """

    def __init__(self, queue: Queue[T], run: Callable[[T], None], workers: int, name: str) -> None:
        self._queue = queue
        self._run = run
        self._change = threading.Condition()
        self._woken = 0
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, name=f"kiji-slack-{name}-{n}", daemon=True)
            for n in range(workers)
        ]

    def start(self) -> None:
        """Begin with what is there to do."""
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """There is something to do."""
        with self._change:
            self._woken += 1
            self._change.notify()

    def take_over(self) -> None:
        """Take up what instances that are gone were working on."""
        if self._queue.take_over():
            self.wake()

    def take_no_more(self) -> None:
        """Take up nothing more."""
        self._stopping.set()
        with self._change:
            self._change.notify_all()

    def stop(self, seconds: float) -> bool:
        """Take up nothing more, and wait for what is being done; whether all ended in time."""
        self.take_no_more()
        end = time.monotonic() + seconds
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(max(end - time.monotonic(), 0))
        return not any(thread.is_alive() for thread in self._threads)

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                task = self._queue.claim()
            except Exception as error:  # noqa: BLE001 - a worker must outlive a bad moment of the disk
                log_bug(error)
                self._stopping.wait(_POLL_SECONDS)
                continue
            if task is None:
                with self._change:
                    if self._woken:
                        self._woken -= 1
                    else:
                        self._change.wait(_POLL_SECONDS)
                continue
            self._do(task)

    def _do(self, task: T) -> None:
        wait = _BACKOFF * 2 ** (task.attempts - 1)
        try:
            self._run(task)
            # What may only be done after it could be taken by nobody until now.
            self.wake()
        except Limited as limited:
            self._postpone(task, limited, limited.seconds)
        except (Lost, StoreLockedError) as passing:
            self._postpone(task, passing, wait)
        except Refused as refused:
            # Slack wants nothing from us there: archived, left, deleted. Trying again
            # would not help, and there is nobody who could be told.
            log.warning("given up %s: %s", task.where, refused)
            self._queue.give_up(task)
        except Exception as error:  # noqa: BLE001 - the last net of a worker; the work comes again
            log_bug(error)
            self._postpone(task, error, wait)

    def _postpone(self, task: T, error: BaseException, seconds: float) -> None:
        again = self._queue.postpone(task, seconds)
        log.warning("%s %s: %s", "postponed" if again else "given up", task.where, error)
