"""Search by meaning that follows what other processes commit."""

from __future__ import annotations

import threading

from retrieval.errors import StoreError
from retrieval.store import record, rows
from retrieval.store.database import Database
from retrieval.store.record import Record
from retrieval.store.vectors import Place, Vectors
from retrieval.store.window import Encoder

# A vector whose passage was replaced a moment ago is passed over: so many more are asked for.
_SPARE = 16


class Reader:
    """Keeps the vectors of one collection open, and opens them anew when a commit moved them."""

    def __init__(self, database: Database, place: Place, encoder: Encoder) -> None:
        self._database = database
        self._place = place
        self._encoder = encoder
        self._vectors: Vectors | None = None
        self._lock = threading.Lock()

    def nearest(
        self, name: str, vector: list[float], k: int, articles: frozenset[str] | None
    ) -> list[tuple[int, float]]:
        """(passage rowid, cosine) of the k nearest passages that there are, best first."""
        with self._lock:
            while True:
                found = self._find(name)
                if found is None or not found.place:
                    return []
                found.check(self._encoder, self._place)
                try:
                    return self._nearest(found, vector, k, articles)
                except StoreError:
                    # Cleared away under us, by a writer that was faster? Then there is a new one.
                    now = self._find(name)
                    if now is not None and now.generation == found.generation:
                        raise

    def close(self) -> None:
        """Let go of the vectors; the next search would open them again."""
        with self._lock:
            self._release()

    def _find(self, name: str) -> Record | None:
        with self._database.read() as connection:
            return record.find(connection, name)

    def _nearest(
        self, found: Record, vector: list[float], k: int, articles: frozenset[str] | None
    ) -> list[tuple[int, float]]:
        scope = None
        if articles is not None:
            with self._database.read() as connection:
                scope = rows.rowids(connection, found.id, articles)
            if not scope:
                return []
        vectors = self._open(found.place)
        asked = k + _SPARE
        while True:
            near = vectors.search(vector, asked, scope)
            with self._database.read() as connection:
                there = rows.existing(connection, found.id, [rowid for rowid, _ in near])
            kept = [(rowid, cosine) for rowid, cosine in near if rowid in there]
            if len(kept) >= k or len(near) < asked:
                return kept[:k]
            asked *= 2

    def _open(self, place: str) -> Vectors:
        if self._vectors is None or self._vectors.name != place:
            self._release()
            self._vectors = Vectors(self._place, place)
        return self._vectors

    def _release(self) -> None:
        vectors, self._vectors = self._vectors, None
        if vectors is not None:
            vectors.close()
