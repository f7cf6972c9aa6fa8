"""A library: the articles of one collection, indexed by meaning and by words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import TracebackType

from retrieval.embed import Embedder
from retrieval.errors import InputError
from retrieval.store import lexical, record, rows
from retrieval.store.database import Database
from retrieval.store.folders import Folders
from retrieval.store.indexing import Indexing, Progress
from retrieval.store.options import DEFAULT_COLLECTION, StoreOptions
from retrieval.store.reader import Reader
from retrieval.store.record import Record
from retrieval.store.reindexing import Reindexing
from retrieval.store.reports import ArticleInfo, IndexReport
from retrieval.store.server import Server
from retrieval.store.vectors import Place
from retrieval.store.window import Encoder
from retrieval.store.writer import Writer
from retrieval.values import Article, Passage

# A reindex builds here; no person can name it so, as a collection's name is printable.
_SHADOW = "\x1freindex\x1f"


class Library:
    """Open with `Library.open`. Any thread may use it, and other processes at the same time.

    What another process commits is seen by the next call. Every method raises
    StoreError for what is wrong with the disk or the server; the reading ones
    raise InputError `store.unknown_collection` when there is no such
    collection (the default one is then just empty).
    """

    def __init__(self, options: StoreOptions, embedder: Encoder, place: Place) -> None:
        self.options = options
        self.embedder = embedder
        self._database = Database(options.folder)
        self._writer = Writer(self._database, place, options.lock_timeout_seconds)
        self._reader = Reader(self._database, place, embedder)

    @classmethod
    def open(cls, options: StoreOptions, embedder: Encoder | None = None) -> Library:
        """Open a store, making its folder where there is none; some 5 ms.

        Neither torch nor Chroma is loaded before they are needed. `embedder`
        takes the place of the one that `options.embedding_model` names.
        """
        place = Server(options) if options.remote else Folders(options.folder)
        return cls(options, embedder or Embedder(options.embedding_model), place)

    def close(self) -> None:
        """Let go of all files and connections."""
        self._reader.close()
        self._database.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # --- changing it

    def index(self, articles: Iterable[Article], progress: Progress | None = None) -> IndexReport:
        """Add articles, replacing those of the same id; the same content again is nothing to do.

        The stream is read as it comes. Each article enters whole or not at all;
        what was committed before an error or a kill stays, and doing it again
        completes it. Raises StoreMismatchError, StoreLockedError, ModelError,
        and InputError `store.blank_article` for an article without text.
        """
        job = Indexing(self._writer, self.embedder, progress)
        return job.run(self.options.collection, articles)

    def remove(self, article: str) -> None:
        """Take an article out. Raises InputError `store.unknown_article`."""
        self.article(article)
        self._writer.remove(self.options.collection, [article])

    def reindex(self, progress: Progress | None = None) -> IndexReport:
        """Split and embed the stored articles again, with what is set now; needs no source.

        The old index serves until the new one takes its place, in one
        transaction. A reindex that was cut short is gone on with.
        """
        shadow = f"{_SHADOW}{self.options.collection}"
        job = Reindexing(self._writer, self.embedder, progress)
        return job.run(self.options.collection, shadow)

    # --- looking at it

    def generation(self) -> int:
        """A number that grows with every commit to the collection; 0 before the first."""
        found = self._find()
        return found.generation if found else 0

    def is_empty(self) -> bool:
        """Whether the collection has no article."""
        found = self._find()
        if found is None:
            return True
        with self._database.read() as connection:
            return not rows.candidates(connection, found.id, None, 1)

    def collections(self) -> list[str]:
        """The names of the collections in this store."""
        with self._database.read() as connection:
            return [name for name in record.names(connection) if not name.startswith(_SHADOW)]

    def articles(self) -> list[ArticleInfo]:
        """What is in the collection, in the order it was indexed."""
        found = self._find()
        if found is None:
            return []
        with self._database.read() as connection:
            return rows.infos(connection, found.id)

    def article(self, article: str) -> Article:
        """The article of an id. Raises InputError `store.unknown_article`."""
        if found := self._find():
            with self._database.read() as connection:
                if stored := rows.article(connection, found.id, article):
                    return stored
        raise InputError("store.unknown_article", article=article)

    def articles_by_id(self, ids: Iterable[str]) -> dict[str, Article]:
        """The articles of those ids; ids that are gone are left out."""
        found = self._find()
        if found is None:
            return {}
        with self._database.read() as connection:
            return rows.articles(connection, found.id, ids)

    def passages(self, rowids: Iterable[int]) -> dict[int, Passage]:
        """The passages of those rowids; rowids that are gone are left out."""
        found = self._find()
        if found is None:
            return {}
        with self._database.read() as connection:
            return rows.passages(connection, found.id, rowids)

    def aliases(self, articles: Iterable[str] | None = None) -> list[tuple[str, str]]:
        """The (name, other writing) pairs that the articles give; of all, or of some by id."""
        found = self._find()
        if found is None:
            return []
        with self._database.read() as connection:
            return rows.aliases(connection, found.id, articles)

    # --- searching it

    def warm_up(self) -> None:
        """Load the model and open the vectors, some seconds; may run in a thread."""
        vector = self.embedder.query("kiji")
        self.dense(vector, 1)

    def dense(
        self, vector: list[float], k: int, articles: frozenset[str] | None = None
    ) -> list[tuple[int, float]]:
        """The k passages nearest to a unit vector: (passage rowid, cosine), best first.

        `articles` are the ids of those that may be used; None is all of them.
        Raises StoreMismatchError when the index was made otherwise than is set.
        """
        if k < 1 or self._find() is None:
            return []
        return self._reader.nearest(self.options.collection, vector, k, articles)

    def lexical(
        self, tokens: Sequence[str], k: int, articles: frozenset[str] | None = None
    ) -> list[tuple[int, float]]:
        """The k passages that the tokens fit best: (passage rowid, BM25), best first."""
        return self._by_words(tokens, k, articles, lexical.PASSAGES)

    def lexical_articles(
        self, tokens: Sequence[str], k: int, articles: frozenset[str] | None = None
    ) -> list[tuple[str, float]]:
        """The k articles that the tokens fit best as wholes: (article id, BM25), best first."""
        best = self._by_words(tokens, k, articles, lexical.ARTICLES)
        with self._database.read() as connection:
            ids = rows.by_rowid(connection, [rowid for rowid, _ in best])
        return [(ids[rowid], score) for rowid, score in best if rowid in ids]

    def _by_words(
        self, tokens: Sequence[str], k: int, articles: frozenset[str] | None, of: str
    ) -> list[tuple[int, float]]:
        """The k passages or articles that the tokens fit best: (rowid, BM25), best first."""
        found = self._find()
        if found is None:
            return []
        found.check_cutting()
        with self._database.snapshot() as connection:
            scope = None if articles is None else rows.rowids(connection, found.id, articles)
            return lexical.search(connection, found.id, tokens, k, scope, of)

    def _find(self) -> Record | None:
        name = self.options.collection
        with self._database.read() as connection:
            found = record.find(connection, name)
            if found is None and name != DEFAULT_COLLECTION:
                known = [n for n in record.names(connection) if not n.startswith(_SHADOW)]
                shown = ", ".join(known) or "-"
                raise InputError("store.unknown_collection", collection=name, known=shown)
        return found
