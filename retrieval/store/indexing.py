"""Indexing a stream of articles, window by window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sized

from retrieval.errors import KijiError
from retrieval.store import record, rows
from retrieval.store.reports import IndexProgress, IndexReport
from retrieval.store.window import (
    MOST_ARTICLES,
    MOST_PASSAGES,
    Cut,
    Encoder,
    content_hash,
    cut,
    embed,
)
from retrieval.store.writer import Writer
from retrieval.values import Article

Progress = Callable[[IndexProgress], None]


class Indexing:
    """One run over articles, into one collection; memory holds one window of them."""

    def __init__(self, writer: Writer, encoder: Encoder, progress: Progress | None = None) -> None:
        self._writer = writer
        self._encoder = encoder
        self._progress = progress
        self._collection = ""
        self._report = IndexReport()
        self._embedded = 0
        self._total: int | None = None
        self._window: dict[str, Cut] = {}

    def run(self, collection: str, articles: Iterable[Article]) -> IndexReport:
        """Index them all. When the stream itself fails, what it gave so far is kept."""
        self._collection = collection
        self._total = len(articles) if isinstance(articles, Sized) else None
        known = self._known()
        try:
            for article in articles:
                hashed = content_hash(article)
                waiting = self._window.get(article.id)
                if hashed == (waiting.hash if waiting else known.get(article.id)):
                    self._report += IndexReport(unchanged=1)
                    self._tell()
                    continue
                if waiting:
                    self._flush()
                self._window[article.id] = cut(article)
                known[article.id] = hashed
                if self._full():
                    self._flush()
        except KijiError:
            self._flush()
            raise
        self._flush()
        return self._report

    def _known(self) -> dict[str, str]:
        """The hashes that are stored; a mismatch is found here, before the model works."""
        with self._writer.database.snapshot() as connection:
            made = record.find(connection, self._collection)
            if made is None:
                return {}
            made.check(self._encoder, self._writer.place)
            return rows.hashes(connection, made.id)

    def _full(self) -> bool:
        pieces = sum(len(one.pieces) for one in self._window.values())
        return pieces >= MOST_PASSAGES or len(self._window) >= MOST_ARTICLES

    def _flush(self) -> None:
        cuts, self._window = list(self._window.values()), {}
        if cuts:
            embedded = embed(cuts, self._encoder, self._tell)
            self._report += self._writer.put(self._collection, embedded, self._encoder)
            self._tell()

    def _tell(self, embedded: int = 0) -> None:
        self._embedded += embedded
        if self._progress is not None:
            done = self._report.added + self._report.replaced + self._report.unchanged
            self._progress(IndexProgress(done, self._embedded, self._total))
