"""The SQLite file: connections for any thread, short transactions, clear errors."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from retrieval.sqlite import Connections, transaction
from retrieval.store.schema import prepare
from retrieval.store.trouble import store_errors

FILE_NAME = "kiji.sqlite3"
_PRAGMAS = (
    "foreign_keys = ON",
    "synchronous = NORMAL",  # WAL: a kill loses nothing
)


class Database:
    """`kiji.sqlite3` of a folder, which is made when it is not there.

    Any thread may use it. Raises StoreError for what is wrong with the file or the disk.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / FILE_NAME
        self._connections = Connections(self.path, _PRAGMAS)
        with store_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
        with self.read() as connection:
            prepare(connection, str(self.path))

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection in autocommit; each statement sees what is committed by then."""
        with store_errors(self.folder), self._connections.lent() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """A connection whose statements all see the same moment."""
        with self.read() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("COMMIT")

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or, on any error, nothing."""
        with self.read() as connection, transaction(connection):
            yield connection

    def close(self) -> None:
        """Close every connection; one that is lent is closed when it comes back."""
        self._connections.close()
