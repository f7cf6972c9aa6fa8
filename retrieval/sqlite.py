"""SQLite for many threads: connections lent one to a thread at a time, whole transactions."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_BUSY_SECONDS = 10.0


class Connections:
    """A pool of autocommit connections to one file, each opened with the same pragmas.

    Raises sqlite3.Error.
    """

    def __init__(self, path: Path, pragmas: Sequence[str]) -> None:
        self._path, self._pragmas = path, pragmas
        self._idle: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._closed = False

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        connection.row_factory = sqlite3.Row
        for pragma in self._pragmas:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    @contextmanager
    def lent(self) -> Iterator[sqlite3.Connection]:
        """A connection for this thread alone; it comes back to the pool."""
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = self._open()
        try:
            yield connection
        finally:
            with self._lock:
                keep = not self._closed
                if keep:
                    self._idle.append(connection)
            if not keep:
                connection.close()

    def close(self) -> None:
        """Close every connection; one that is lent is closed when it comes back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Inside, all is written or, on any error, nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
