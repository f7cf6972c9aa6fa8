"""Vectors in folders here, with Chroma's embedded engine; a folder in use never changes.

Chroma rewrites its index files in place. A process that opens them at that
moment crashes (a segmentation fault, not an exception); one that was killed
while it wrote may leave them so; and an engine that has opened them never sees
what another process wrote (chroma#2399). So a writer changes a copy, and the
SQLite transaction that commits the articles also names the copy as the place to
read from. A reader that finds a new name opens that folder. Copying costs 4 ms
for a thousand passages, whose embedding takes some 15 s.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
import threading
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.errors import StoreError
from retrieval.store.trouble import store_errors, vector_errors

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

_COLLECTION = "vectors"
_SQLITE = "chroma.sqlite3"
# Chroma's registry of open engines is a plain dict: two threads must not change it at once.
_REGISTRY = threading.Lock()


class Folders:
    """A `Place`: one folder under `<store>/chroma` for each edition of a collection."""

    private = True
    # Fetching 2,000 vectors takes 0.08 s, once a commit; comparing them 0.3 ms.
    exact_most = 2000

    def __init__(self, folder: Path) -> None:
        self._store = folder
        self._root = folder / "chroma"

    def name(self, store: str, collection: int, generation: int) -> str:  # noqa: ARG002
        """The folder's name, never used twice."""
        return f"{collection}-{generation}"

    def owns(self, name: str) -> bool:
        """Whether it is a folder's name: two numbers."""
        return name[:1].isdigit()

    def begin(self, source: str, target: str) -> None:
        """Copy the folder, or make an empty one."""
        self.discard(target)
        with store_errors(self._store):
            if not source:
                (self._root / target).mkdir(parents=True)
            else:
                _copy(self._existing(source), self._root / target)

    def client(self, name: str) -> tuple[ClientAPI, str]:
        """Open the engine on a folder; without the folder it would make an empty one."""
        import chromadb
        from chromadb.config import Settings

        folder = self._existing(name)
        quiet = logging.getLogger("chromadb.telemetry")
        quiet.disabled = True
        with _REGISTRY:
            settings = Settings(anonymized_telemetry=False)
            return chromadb.PersistentClient(folder, settings), _COLLECTION

    def release(self, client: ClientAPI) -> None:
        """Close the engine when nobody in this process uses it any more."""
        with _REGISTRY:
            client.close()  # type: ignore[attr-defined] # missing in ClientAPI, there in Client

    def discard(self, name: str) -> None:
        """Delete the folder. What can't be deleted yet is left for the next writer."""
        shutil.rmtree(self._root / name, ignore_errors=True)

    def present(self) -> set[str]:
        """The folders that are there."""
        with store_errors(self._store):
            return {path.name for path in self._root.iterdir()} if self._root.is_dir() else set()

    def errors(self) -> AbstractContextManager[None]:
        """Inside, what Chroma raises becomes a StoreError."""
        return vector_errors(self._store)

    def _existing(self, name: str) -> Path:
        folder = self._root / name
        if not folder.is_dir():
            raise StoreError("store.vectors", path=str(self._store))
        return folder


def _copy(source: Path, target: Path) -> None:
    """Copy a folder that may be opened by others meanwhile.

    An engine that opens a folder writes one row to its SQLite file, so that
    this file is copied by SQLite; the index files rest.
    """
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(f"{_SQLITE}*"))
    with (
        closing(sqlite3.connect(source / _SQLITE)) as old,
        closing(sqlite3.connect(target / _SQLITE)) as new,
    ):
        old.backup(new)
