"""An event loop in a thread of its own: asynchronous streams as plain iterators.

The providers' asynchronous clients are used because only they can be stopped in
the middle of a read: cancelling closes the connection. Here, too, is the time in
which a connection must be made: of the providers' clients some take none.
"""

from __future__ import annotations

import asyncio
import queue
import socket
import sys
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, TypeVar

Item = TypeVar("Item")

if sys.platform == "win32":
    _EventLoop = asyncio.ProactorEventLoop
else:
    _EventLoop = asyncio.SelectorEventLoop

# Seconds that the stream being run gives a connection; copied into every task it starts.
_connect_within: ContextVar[float | None] = ContextVar("connect_within", default=None)

# A blocked read looks up this often, so that Ctrl-C is seen on every system.
_TICK = 0.25
# How long a closed stream is waited for; its connection is closed within that, or abandoned.
_CLOSING = 2.0


class ConnectTimeout(TimeoutError):
    """A connection was not made in its time."""


class _ImpatientLoop(_EventLoop):
    """Bounds the one call that every HTTP client's connection goes through."""

    async def sock_connect(self, sock: socket.socket, address: Any) -> None:  # noqa: ANN401
        clock = asyncio.timeout(_connect_within.get())
        try:
            async with clock:
                await super().sock_connect(sock, address)
        except TimeoutError as error:
            if clock.expired():
                raise ConnectTimeout from error
            raise


class Loop:
    """Made once and shared; the thread starts with the first stream and is a daemon."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    def _started(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = _ImpatientLoop()
                threading.Thread(
                    target=self._loop.run_forever, name="kiji-model", daemon=True
                ).start()
            return self._loop

    def iterate(
        self, make: Callable[[], AsyncGenerator[Item, None]], connect_within: float | None = None
    ) -> Iterator[Item]:
        """The items of an asynchronous generator; raises what it raises.

        What it connects to must take the connection within `connect_within` seconds.
        Closing this iterator, or an exception in whoever reads it, cancels the
        generator and waits for it to clean up.
        """
        items: queue.SimpleQueue[tuple[bool, Any]] = queue.SimpleQueue()
        ended = threading.Event()

        async def pump() -> None:
            _connect_within.set(connect_within)
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
