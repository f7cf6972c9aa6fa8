"""One Chroma collection, through langchain-chroma: vectors by passage rowid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    import numpy as np
    from chromadb.api import ClientAPI
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings
    from numpy.typing import NDArray

# Against exact search over 16,000 vectors the 50 nearest were found to .99 (Chroma's
# defaults: .88), in 4.5 ms. What is not synced is inserted again by whoever opens: with
# Chroma's 1,000 a first search took 0.4 s, with 100 it takes 0.01 s.
_HNSW: CreateHNSWConfiguration = {
    "space": "cosine",
    "ef_construction": 200,
    "ef_search": 400,
    "batch_size": 100,
    "sync_threshold": 100,
}


class Place(Protocol):
    """Where vectors lie: `Folders` here, or a `Server`.

    A place has a name, which the SQLite file records. `private` tells whether
    nobody reads a new edition before its name is committed; `exact_most`, among
    how many vectors a search should compare all, not walk Chroma's graph.
    """

    private: bool
    exact_most: int

    def name(self, store: str, collection: int, generation: int) -> str:
        """What the edition of a collection is called that this generation reads from."""

    def owns(self, name: str) -> bool:
        """Whether this kind of place gave that name."""

    def begin(self, source: str, target: str) -> None:
        """Make `target` ready for writing: as `source` is, or empty where that is ""."""

    def client(self, name: str) -> tuple[ClientAPI, str]:
        """Chroma's client for a place, and the name of the Chroma collection in it."""

    def release(self, client: ClientAPI) -> None:
        """Close a client."""

    def discard(self, name: str) -> None:
        """Delete a place with all that is in it, if it is there."""

    def present(self) -> set[str]:
        """The names of places that `discard` may clear away when nothing refers to them."""

    def errors(self) -> AbstractContextManager[None]:
        """Inside, what Chroma raises becomes a StoreError."""


class Vectors:
    """An open collection; `create` makes it where it is not there.

    Raises StoreError when it can't be opened or read. Not for use after `close`.
    """

    def __init__(self, place: Place, name: str, create: bool = False) -> None:
        self.name = name
        self._place = place
        with place.errors():
            from langchain_chroma import Chroma

            self._client, collection = place.client(name)
            self._given = _Given()
            try:
                self._chroma: Chroma = Chroma(
                    collection,
                    cast("Embeddings", self._given),
                    client=self._client,
                    collection_configuration={"hnsw": _HNSW} if create else None,
                    create_collection_if_not_exists=create,
                )
            except BaseException:
                place.release(self._client)
                raise
            self._most = int(self._client.get_max_batch_size())

    def add(self, rows: Sequence[tuple[int, int]], vectors: Sequence[list[float]]) -> None:
        """Add unit vectors; a row is (passage rowid, article rowid)."""
        with self._place.errors():
            for at in range(0, len(rows), self._most):
                batch = rows[at : at + self._most]
                self._given.vectors = vectors[at : at + self._most]
                ids = [str(passage) for passage, _ in batch]
                # Chroma keeps a text with each vector and indexes it, at 5 times the disk
                # space; the texts are in SQLite, so that it gets the rowid.
                self._chroma.add_texts(ids, [{"article": article} for _, article in batch], ids)

    def delete(self, passages: Sequence[int]) -> None:
        """Delete vectors by passage rowid; those that are not there are no error."""
        with self._place.errors():
            for at in range(0, len(passages), self._most):
                self._chroma.delete([str(rowid) for rowid in passages[at : at + self._most]])

    def search(
        self, vector: list[float], k: int, articles: Iterable[int] | None = None
    ) -> list[tuple[int, float]]:
        """The k nearest as (passage rowid, cosine), best first; `articles` are rowids."""
        where = None if articles is None else {"article": {"$in": list(articles)}}
        with self._place.errors():
            found = self._chroma.similarity_search_by_vector_with_relevance_scores(
                vector,
                k=k,
                filter=where,  # type: ignore[arg-type] # its hint omits operators
            )
        return [(int(document.page_content), 1.0 - distance) for document, distance in found]

    def get(self, passages: Sequence[int]) -> tuple[list[int], NDArray[np.float32]]:
        """The vectors of those rowids that are there: (rowids, a row of the matrix for each)."""
        with self._place.errors():
            found = self._chroma.get(ids=[str(rowid) for rowid in passages], include=["embeddings"])
        return [int(rowid) for rowid in found["ids"]], found["embeddings"].astype("float32")

    def close(self) -> None:
        """Let go of the files or the connection."""
        self._place.release(self._client)


class _Given:
    """LangChain's `Embeddings`, giving vectors that were made beforehand in large batches.

    Not a subclass: that would import LangChain where a store is only listed.
    """

    def __init__(self) -> None:
        self.vectors: Sequence[list[float]] = ()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:  # noqa: ARG002
        return list(self.vectors)

    def embed_query(self, text: str) -> list[float]:
        raise NotImplementedError(text)
