"""What the store tells about itself and about its work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ArticleInfo:
    """An article in the list: what it is, without its text.

    `passages` is how many it was split into; `indexed_at` is aware, in UTC.
    """

    id: str
    title: str
    date: str | None
    date_inferred: bool
    source: str
    passages: int
    indexed_at: datetime


@dataclass(frozen=True, slots=True)
class IndexProgress:
    """How far an indexing is.

    `articles` counts those that are stored or were found unchanged, `passages`
    those that are embedded; `total` is how many articles there are, or None
    where they come one by one from a source that does not say.
    """

    articles: int
    passages: int
    total: int | None = None


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an indexing did, in articles; `passages` counts those it embedded and kept."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    passages: int = 0

    def __add__(self, other: IndexReport) -> IndexReport:
        return IndexReport(
            self.added + other.added,
            self.replaced + other.replaced,
            self.unchanged + other.unchanged,
            self.passages + other.passages,
        )
