"""Where a store lies, which collection is meant, and where its vectors are kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from retrieval.errors import InputError

DEFAULT_COLLECTION = "default"
# Long enough for a sentence in Japanese or English, short enough for a list on one line.
MAX_COLLECTION_NAME = 100


@dataclass(frozen=True, slots=True)
class StoreOptions:
    """What `Library.open` needs to know.

    `folder` holds `kiji.sqlite3` and, by default, the vectors. With
    `chroma_url` (`http://host:port`) the vectors are on a Chroma server, with
    `chroma_api_key` on Chroma Cloud (then `chroma_tenant` and
    `chroma_database` say where); articles and their words stay in `folder`.
    `embedding_model` is a sentence-transformers name or folder; "" is the
    encoder that comes with kiji. `lock_timeout_seconds` is how long a writer
    waits for another one.

    Raises InputError for a collection name that is empty, too long, or not
    printable.
    """

    folder: Path
    collection: str = DEFAULT_COLLECTION
    embedding_model: str = ""
    chroma_url: str = ""
    chroma_token: str = field(default="", repr=False)
    chroma_api_key: str = field(default="", repr=False)
    chroma_tenant: str = ""
    chroma_database: str = ""
    lock_timeout_seconds: float = 30.0

    def __post_init__(self) -> None:
        name = self.collection
        if not name.strip():
            raise InputError("store.collection_name_empty")
        if len(name) > MAX_COLLECTION_NAME:
            raise InputError("store.collection_name_long", limit=MAX_COLLECTION_NAME)
        if not name.isprintable():
            raise InputError("store.collection_name_control")

    @property
    def remote(self) -> bool:
        """Whether the vectors are on a server or in Chroma Cloud."""
        return bool(self.chroma_url or self.chroma_api_key)
