"""An event loop in a thread of its own: asynchronous streams as plain iterators.

The providers' asynchronous clients are used because only they can be stopped in
the middle of a read: cancelling closes the connection.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from functools import lru_cache
from typing import Any, TypeVar

Item = TypeVar("Item")

# A blocked read looks up this often, so that Ctrl-C is seen on every system.
_TICK = 0.25
# How long a closed stream is waited for; its connection is closed within that, or abandoned.
_CLOSING = 2.0


class Loop:
    """Made once and shared; the thread starts with the first stream and is a daemon."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    def _started(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(
                    target=self._loop.run_forever, name="kiji-model", daemon=True
                ).start()
            return self._loop

    def iterate(self, make: Callable[[], AsyncGenerator[Item, None]]) -> Iterator[Item]:
        """The items of an asynchronous generator; raises what it raises.

        Closing this iterator, or an exception in whoever reads it, cancels the
        generator and waits for it to clean up.
        """
        items: queue.SimpleQueue[tuple[bool, Any]] = queue.SimpleQueue()
        ended = threading.Event()

        async def pump() -> None:
            try:
                async with aclosing(make()) as stream:
                    async for item in stream:
                        items.put((True, item))
                items.put((False, None))
            except asyncio.CancelledError:
                raise
            except BaseException as error:  # noqa: BLE001 - raised again, in the thread that reads
                items.put((False, error))
            finally:
                ended.set()

        future = asyncio.run_coroutine_threadsafe(pump(), self._started())
        try:
            while True:
                try:
                    more, item = items.get(timeout=_TICK)
                except queue.Empty:
                    continue
                if more:
                    yield item
                elif item is not None:
                    raise item
                else:
                    return
        finally:
            if not ended.is_set():
                future.cancel()
                ended.wait(_CLOSING)


@lru_cache(maxsize=1)
def shared_loop() -> Loop:
    """The process's one loop: the providers' clients keep connections, which belong to a loop."""
    return Loop()
