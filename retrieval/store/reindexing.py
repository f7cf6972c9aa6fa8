"""Indexing again from the stored texts, after a change of model, prompts or splitter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retrieval.errors import StoreMismatchError
from retrieval.store import record, rows
from retrieval.store.database import Database
from retrieval.store.indexing import Indexing, Progress
from retrieval.store.reports import IndexReport
from retrieval.store.window import Encoder
from retrieval.store.writer import Writer
from retrieval.values import Article


class Reindexing:
    """Builds a shadow of a collection and lets it take the collection's place at the end."""

    def __init__(self, writer: Writer, encoder: Encoder, progress: Progress | None = None) -> None:
        self._writer = writer
        self._encoder = encoder
        self._progress = progress

    def run(self, name: str, shadow: str) -> IndexReport:
        """Do it; over again, quickly, for what another process indexed meanwhile."""
        self._begin(shadow)
        while True:
            stored = _Stored(self._writer.database, name)
            report = Indexing(self._writer, self._encoder, self._progress).run(shadow, stored)
            self._remove_others(shadow, stored)
            with self._writer.alone():
                if _Stored(self._writer.database, name).generation == stored.generation:
                    self._writer.switch(name, shadow)
                    return report

    def _begin(self, shadow: str) -> None:
        """Go on with the shadow that a killed reindex left, if it was made with what is set now."""
        with self._writer.alone():
            with self._writer.database.read() as connection:
                left = record.find(connection, shadow)
            if left is not None:
                try:
                    left.check(self._encoder, self._writer.place)
                    return
                except StoreMismatchError:
                    self._writer.drop(shadow)
            with self._writer.database.write() as connection:
                record.create(connection, shadow, self._encoder)

    def _remove_others(self, shadow: str, stored: _Stored) -> None:
        with self._writer.database.read() as connection:
            made = record.find(connection, shadow)
            there = rows.names(connection, made.id) if made else []
        if others := sorted(set(there) - set(stored.names)):
            self._writer.remove(shadow, others)


class _Stored:
    """The articles of a collection at one generation, read one by one."""

    def __init__(self, database: Database, name: str) -> None:
        self._database = database
        self.names: Sequence[str] = ()
        with database.snapshot() as connection:
            found = record.find(connection, name)
            self._id = found.id if found else 0
            self.generation = found.generation if found else 0
            self.names = rows.names(connection, self._id)

    def __len__(self) -> int:
        return len(self.names)

    def __iter__(self) -> Iterator[Article]:
        for name in self.names:
            with self._database.read() as connection:
                article = rows.article(connection, self._id, name)
            if article is not None:
                yield article
