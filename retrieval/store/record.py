"""What a collection was made with, and whether that is still what is set."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from retrieval.embed import Prompts
from retrieval.errors import StoreMismatchError
from retrieval.split import SPLITTER_VERSION
from retrieval.store import lexical
from retrieval.store.vectors import Place
from retrieval.store.window import Encoder


def cutting() -> str:
    """What decides how an article is cut: the splitter's version and the words' version."""
    return f"{SPLITTER_VERSION}/{lexical.VERSION}"


@dataclass(frozen=True, slots=True)
class Record:
    """A row of `collections`.

    `generation` grows with every commit; `place` is where the vectors of this
    generation lie, "" before the first; `dead`, how many deleted ones still take
    up room there.
    """

    id: int
    name: str
    model: str
    fingerprint: str
    prompts: Prompts
    splitter: str
    place: str
    generation: int
    dead: int

    def check(self, encoder: Encoder, place: Place) -> None:
        """Raise StoreMismatchError when the index was made otherwise than is set now."""
        details = {"collection": self.name, "was": self.model, "now": encoder.label}
        if self.fingerprint != encoder.fingerprint:
            other = self.model != encoder.label
            raise StoreMismatchError(f"store.mismatch_{'model' if other else 'files'}", **details)
        if self.prompts != encoder.prompts:
            raise StoreMismatchError("store.mismatch_prompts", **details)
        self.check_cutting()
        if self.place and not place.owns(self.place):
            raise StoreMismatchError("store.mismatch_place", collection=self.name)

    def check_cutting(self) -> None:
        """Raise StoreMismatchError when articles are split or cut into words otherwise now."""
        if self.splitter != cutting():
            raise StoreMismatchError("store.mismatch_splitter", collection=self.name)


def find(connection: sqlite3.Connection, name: str) -> Record | None:
    """The collection of that name, or None."""
    row = connection.execute("SELECT * FROM collections WHERE name = ?", (name,)).fetchone()
    if row is None:
        return None
    return Record(
        id=row["id"],
        name=row["name"],
        model=row["model"],
        fingerprint=row["fingerprint"],
        prompts=Prompts(row["query_prompt"], row["passage_prompt"]),
        splitter=row["splitter"],
        place=row["place"],
        generation=row["generation"],
        dead=row["dead"],
    )


def names(connection: sqlite3.Connection) -> list[str]:
    """The names of all collections."""
    return [row[0] for row in connection.execute("SELECT name FROM collections ORDER BY id")]


def create(connection: sqlite3.Connection, name: str, encoder: Encoder) -> Record:
    """Add an empty collection, recorded as made with what is set now."""
    prompts = encoder.prompts
    values = (name, encoder.label, encoder.fingerprint, prompts.query, prompts.passage)
    made = connection.execute(
        "INSERT INTO collections"
        " (name, model, fingerprint, query_prompt, passage_prompt, splitter, place)"
        " VALUES (?, ?, ?, ?, ?, ?, '') RETURNING id",
        (*values, cutting()),
    ).fetchone()[0]
    lexical.create(connection, made)
    return Record(made, *values[:3], prompts, cutting(), place="", generation=0, dead=0)
