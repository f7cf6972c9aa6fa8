"""Search by meaning that follows what other processes commit."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from retrieval.errors import StoreError
from retrieval.store import record, rows
from retrieval.store.database import Database
from retrieval.store.record import Record
from retrieval.store.vectors import Place, Vectors
from retrieval.store.window import Encoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Near = list[tuple[int, float]]

# A vector whose passage was replaced a moment ago is passed over: so many more are asked for.
_SPARE = 16


class Reader:
    """Keeps the vectors of a collection open, and opens them anew when a commit moved them.

    Chroma's graph is approximate: now and then a passage can't be reached in it,
    and among the few of one article that shows. Few are therefore compared one by one.
    """

    def __init__(self, database: Database, place: Place, encoder: Encoder) -> None:
        self._database = database
        self._place = place
        self._encoder = encoder
        self._vectors: Vectors | None = None
        self._lock = threading.Lock()
        # The vectors that were last compared one by one, and of which moment and articles.
        self._few: tuple[list[int], NDArray[np.float32]] | None = None
        self._few_of: tuple[str, int, frozenset[str] | None] | None = None

    def nearest(
        self, name: str, vector: list[float], k: int, articles: frozenset[str] | None
    ) -> Near:
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
    ) -> Near:
        of = (found.place, found.generation, articles)
        if self._few is not None and of == self._few_of:
            return _compare(self._few, vector, k)
        most = self._place.exact_most
        with self._database.snapshot() as connection:
            scope = None if articles is None else rows.rowids(connection, found.id, articles)
            few = rows.candidates(connection, found.id, scope, most + 1)
        if scope == []:
            return []
        vectors = self._open(found.place)
        if len(few) <= most:
            self._few, self._few_of = vectors.get(few), of
            return _compare(self._few, vector, k)
        return self._walk(found, vectors, vector, k, scope)

    def _walk(
        self, found: Record, vectors: Vectors, vector: list[float], k: int, scope: list[int] | None
    ) -> Near:
        """Search in Chroma's graph until there are k whose passages are there."""
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


def _compare(few: tuple[list[int], NDArray[np.float32]], vector: list[float], k: int) -> Near:
    import numpy as np

    ids, matrix = few
    if not ids:
        return []
    cosines = matrix @ np.asarray(vector, dtype="float32")
    best = np.argsort(-cosines, kind="stable")[:k]
    return [(ids[i], float(cosines[i])) for i in best]
