"""Commits: articles go in or come out, each whole or not at all.

The order is: vectors first, where no reader looks or to no effect; then one
SQLite transaction, which is the commit; then what it made useless is cleared
away. A process killed anywhere leaves the old state or the new, and at most
something to clear away, which is written down before it is made.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

from filelock import FileLock, Timeout

from retrieval.errors import StoreLockedError
from retrieval.store import edition, lexical, record, rows
from retrieval.store.database import Database
from retrieval.store.record import Record
from retrieval.store.reports import IndexReport
from retrieval.store.trouble import store_errors
from retrieval.store.vectors import Place, Vectors
from retrieval.store.window import Cut, Encoder

# A reader that has just read the name of a place opens it within some 50 ms. Not much longer
# than that takes: each place is a copy of all vectors.
_GRACE_SECONDS = 5.0
# Deleted vectors, beyond as many as are alive, at which an edition is begun anew.
_MOST_DEAD = 1000


class Writer:
    """The one way to change a store; one writer at a time, over all processes.

    `database` holds the articles, `place` their vectors. Raises StoreLockedError when
    another writer does not finish within `timeout` seconds.
    """

    def __init__(self, database: Database, place: Place, timeout: float) -> None:
        self.database = database
        self.place = place
        self._timeout = timeout

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other writers out, and clear away what a killed one left."""
        folder = self.database.folder
        lock = FileLock(folder / "write.lock", timeout=self._timeout)
        with store_errors(folder):
            try:
                lock.acquire()
            except Timeout as error:
                raise StoreLockedError("store.locked", path=str(folder)) from error
        try:
            self._sweep()
            yield
        finally:
            lock.release()

    def put(self, name: str, cuts: Sequence[Cut], encoder: Encoder) -> IndexReport:
        """Add or replace articles of a collection in one commit; `alone` takes care of itself.

        Raises StoreMismatchError when the collection was made otherwise.
        """
        with self.alone():
            with self.database.write() as connection:
                made = record.find(connection, name) or record.create(connection, name, encoder)
                made.check(encoder, self.place)
                known = rows.hashes(connection, made.id)
            # Again: another writer may have been here since the caller looked.
            changed = [one for one in cuts if known.get(one.article.id) != one.hash]
            if changed:
                self._commit(made, changed, [one.article.id for one in changed])
            return IndexReport(
                added=sum(one.article.id not in known for one in changed),
                replaced=sum(one.article.id in known for one in changed),
                unchanged=len(cuts) - len(changed),
                passages=sum(len(one.pieces) for one in changed),
            )

    def remove(self, name: str, articles: Sequence[str]) -> None:
        """Take articles out; ids that are not there are passed over."""
        with self.alone():
            with self.database.read() as connection:
                made = record.find(connection, name)
            if made is not None:
                self._commit(made, [], articles)

    def drop(self, name: str) -> None:
        """Drop a collection, if it is there. The caller is `alone`."""
        with self.database.write() as connection:
            made = record.find(connection, name)
            if made is not None:
                _forget(connection, made)
        if made is not None and self.place.owns(made.place):
            self.place.discard(made.place)

    def switch(self, name: str, other: str) -> None:
        """Put collection `other` in the place of collection `name`. The caller is `alone`."""
        with self.database.write() as connection:
            old, new = record.find(connection, name), record.find(connection, other)
            if old is None or new is None:
                return
            _forget(connection, old)
            connection.execute(
                "UPDATE collections SET name = ?, generation = ? WHERE id = ?",
                (name, max(old.generation, new.generation) + 1, new.id),
            )

    def _commit(self, made: Record, cuts: Sequence[Cut], replaced: Sequence[str]) -> None:
        """Replace the articles of those ids by `cuts`; the ids need not be there."""
        count = sum(len(one.pieces) for one in cuts)
        private = self.place.private
        with self.database.write() as connection:
            store = connection.execute("SELECT id FROM store").fetchone()[0]
            target = self.place.name(store, made.id, made.generation + 1)
            old = rows.passage_ids(connection, made.id, replaced)
            passage = first = rows.reserve(connection, "passages", count)
            article = rows.reserve(connection, "articles", len(cuts))
            if not private:
                _stray(connection, target, range(first, first + count))
            kept = rows.numbers(connection, made.id, without=old)
        numbered: list[tuple[int, int, Cut]] = []
        for number, one in enumerate(cuts, article):
            numbered.append((number, passage, one))
            passage += len(one.pieces)
        added = [(at + i, number) for number, at, one in numbered for i in range(len(one.pieces))]
        vectors = [piece.vector for one in cuts for piece in one.pieces]
        change = edition.Change(added, vectors, old)
        dead = made.dead + len(old)
        renew = private and dead > len(kept) + _MOST_DEAD
        try:
            if renew:
                edition.rewrite(self.place, made.place, target, kept, change)
            else:
                edition.write(self.place, made.place, target, change)
            with self.database.write() as connection:
                rows.delete(connection, made.id, replaced)
                for number, passage, one in numbered:
                    rows.insert(connection, made.id, number, passage, one)
                connection.execute(
                    "UPDATE collections SET place = ?, generation = generation + 1, dead = ?"
                    " WHERE id = ?",
                    (target, 0 if renew else dead, made.id),
                )
                if private:
                    _retire(connection, made.place)
                else:
                    connection.execute("DELETE FROM stray_vectors WHERE place = ?", (target,))
                    _stray(connection, target, old)
        except BaseException:
            if private:
                self.place.discard(target)
            raise
        self._sweep()

    def _sweep(self) -> None:
        """Clear away vectors and places that nothing refers to. The caller is `alone`."""
        with self.database.read() as connection:
            used = {row[0] for row in connection.execute("SELECT place FROM collections")}
            retired = dict(
                tuple(row) for row in connection.execute("SELECT place, at FROM retired_places")
            )
            strays: dict[str, list[int]] = {}
            for place, vector in connection.execute("SELECT place, vector FROM stray_vectors"):
                strays.setdefault(place, []).append(vector)
        now = time.time()
        recent = {place for place, at in retired.items() if 0 <= now - at < _GRACE_SECONDS}
        for name in self.place.present() - used - recent:
            self.place.discard(name)
        for name in retired.keys() - recent:
            if self.place.owns(name):
                self.place.discard(name)
        for name, ids in strays.items():
            if self.place.owns(name) and name in used:
                with closing(Vectors(self.place, name)) as vectors:
                    vectors.delete(ids)
        gone = [name for name in retired.keys() - recent if self.place.owns(name)]
        if gone or strays:
            with self.database.write() as connection:
                _clear(connection, "retired_places", gone)
                _clear(connection, "stray_vectors", list(strays))


def _stray(connection: sqlite3.Connection, place: str, vectors: Sequence[int]) -> None:
    connection.executemany(
        "INSERT INTO stray_vectors (place, vector) VALUES (?, ?)",
        [(place, vector) for vector in vectors],
    )


def _retire(connection: sqlite3.Connection, place: str) -> None:
    if place:
        connection.execute("INSERT INTO retired_places VALUES (?, ?)", (place, time.time()))


def _clear(connection: sqlite3.Connection, table: str, places: Sequence[str]) -> None:
    connection.executemany(
        f"DELETE FROM {table} WHERE place = ?",  # noqa: S608 - a name from this module
        [(place,) for place in places],
    )


def _forget(connection: sqlite3.Connection, made: Record) -> None:
    lexical.drop(connection, made.id)
    connection.execute("DELETE FROM collections WHERE id = ?", (made.id,))
    _retire(connection, made.place)
