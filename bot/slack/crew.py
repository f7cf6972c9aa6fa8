"""The threads that answer. They take their work from the record, not from Bolt.

Bolt's own five threads only write down what came in. A question waits in the
record; any worker of any instance may take it up, and when the instance that
worked on it is gone, so may another.
"""

from __future__ import annotations

import logging
import threading
import time

from bot.log import log_bug
from bot.slack.answering import Answering
from bot.slack.deliveries import Deliveries, Job
from bot.slack.instances import Instance
from bot.slack.web import Limited, Lost, Refused

log = logging.getLogger(__name__)

# How often a worker that nobody wakes looks for work: that of other instances, and
# what was postponed.
_POLL_SECONDS = 0.5
_TAKE_OVER_SECONDS = 1.0
_EXPIRE_SECONDS = 3600.0
_BACKOFF = 0.5


class Crew:
    """`start` them, `wake` them when there is work, `stop` them when it is time to go."""

    def __init__(
        self,
        deliveries: Deliveries,
        instance: Instance,
        answering: Answering,
        workers: int,
        retention_days: float,
    ) -> None:
        self._deliveries = deliveries
        self._instance = instance
        self._answering = answering
        self._retention_days = retention_days
        self._change = threading.Condition()
        self._woken = 0
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, name=f"kiji-slack-{n}", daemon=True)
            for n in range(workers)
        ]
        self._keeper = threading.Thread(target=self._keep, name="kiji-slack-keeper", daemon=True)

    def start(self) -> None:
        """Begin with what is there to do."""
        self._keeper.start()
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """There is something to do."""
        with self._change:
            self._woken += 1
            self._change.notify()

    def stop(self, seconds: float) -> bool:
        """Take up nothing more, and wait for what is being answered; whether all ended in time."""
        self._stopping.set()
        with self._change:
            self._change.notify_all()
        end = time.monotonic() + seconds
        for thread in [*self._threads, self._keeper]:
            if thread.ident is not None:
                thread.join(max(end - time.monotonic(), 0))
        return not any(thread.is_alive() for thread in self._threads)

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                job = self._deliveries.claim()
            except Exception as error:  # noqa: BLE001 - a worker must outlive a bad moment of the disk
                log_bug(error)
                self._stopping.wait(_POLL_SECONDS)
                continue
            if job is None:
                with self._change:
                    if self._woken:
                        self._woken -= 1
                    else:
                        self._change.wait(_POLL_SECONDS)
                continue
            self._do(job)

    def _do(self, job: Job) -> None:
        wait = _BACKOFF * 2 ** (job.attempts - 1)
        try:
            self._answering.run(job)
            # Its thread may hold the next question, which nobody could take until now.
            self.wake()
        except Limited as limited:
            self._postpone(job, limited, limited.seconds)
        except Lost as lost:
            self._postpone(job, lost, wait)
        except Refused as refused:
            # Slack wants nothing from us there: archived, left, deleted. Trying again
            # would not help, and there is nobody who could be told.
            log.warning("given up %s %s: %s", job.question.channel, job.question.ts, refused)
            self._deliveries.finish(job, "failed")
        except Exception as error:  # noqa: BLE001 - the last net of a worker; the job comes again
            log_bug(error)
            self._postpone(job, error, wait)

    def _postpone(self, job: Job, error: BaseException, seconds: float) -> None:
        again = self._deliveries.postpone(job, seconds)
        log.warning(
            "%s %s %s: %s",
            "postponed" if again else "given up",
            job.question.channel,
            job.question.ts,
            error,
        )

    def _keep(self) -> None:
        expire = 0.0
        while not self._stopping.is_set():
            try:
                if self._deliveries.take_over():
                    self.wake()
                if time.monotonic() >= expire:
                    self._deliveries.expire(self._retention_days)
                    self._instance.sweep()
                    expire = time.monotonic() + _EXPIRE_SECONDS
            except Exception as error:  # noqa: BLE001 - housekeeping is tried again
                log_bug(error)
            self._stopping.wait(_TAKE_OVER_SECONDS)
