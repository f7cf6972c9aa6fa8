"""Making the next edition of a collection's vectors."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from retrieval.store.vectors import Place, Vectors

_BATCH = 2000

# (passage rowid, article rowid)
Row = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """What an edition does to the one before: rows with their vectors in, passages out."""

    added: Sequence[Row]
    vectors: Sequence[list[float]]
    gone: Sequence[int]


def write(place: Place, source: str, target: str, change: Change) -> None:
    """Make `target` of `source` ("" is nothing) and the change.

    In a place that readers look at meanwhile, what is gone stays until the
    commit. Raises StoreError.
    """
    place.begin(source, target)
    with closing(Vectors(place, target, create=not source)) as vectors:
        vectors.add(change.added, change.vectors)
        if place.private:
            vectors.delete(change.gone)


def rewrite(place: Place, source: str, target: str, kept: Sequence[Row], change: Change) -> None:
    """As `write`, but begin anew with the rows that are kept.

    Chroma's graph never gives back the room of a vector that was deleted.
    """
    write(place, "", target, Change((), (), ()))
    articles = dict(kept)
    passages = list(articles)
    with closing(Vectors(place, source)) as old, closing(Vectors(place, target)) as new:
        for at in range(0, len(passages), _BATCH):
            there, matrix = old.get(passages[at : at + _BATCH])
            new.add([(passage, articles[passage]) for passage in there], matrix.tolist())
        new.add(change.added, change.vectors)
