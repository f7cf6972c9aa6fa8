"""What a face opens: the library, the chain and the loaders, as the settings say.

Cheap to make: everything heavy is imported by the call that needs it. Tests give
a face another opening, with fakes behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from retrieval.values import Article, Hit, Intent, Query

if TYPE_CHECKING:
    from bot.chain import Kiji
    from bot.llm.writer import Writer
    from bot.settings import Settings
    from bot.values import Turn
    from retrieval.load import OnSkip
    from retrieval.store import Library


class Opening:
    """Opens what the settings name."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def library(self) -> Library:
        """The library of the settings' store and collection."""
        from retrieval.store import Library

        return Library.open(self.settings.store_options())

    def kiji(self, library: Library) -> Kiji:
        """The chain over a library, with the engine that the settings choose."""
        from bot.chain import Kiji
        from bot.embedded import embedded_engine

        return Kiji(library, embedded_engine(), self.settings.passages, self.writer())

    def writer(self) -> Writer | None:
        """The language model that writes the answers, where the settings name one.

        None, too, for a collection that no outside model may read. Raises ModelError
        when the model can't be used as it is set; nothing is sent yet.
        """
        if not self.settings.model:
            return None
        from bot.llm.model import model_options
        from bot.llm.writer import make_writer

        options = model_options(self.settings)
        if options is None or (options.private and options.outside):
            return None
        return make_writer(options)

    def model_notice(self) -> str:
        """One sentence that says which text goes to whom; empty where no model is set."""
        if not self.settings.model:
            return ""
        from bot.llm.model import model_options
        from bot.llm.probe import who_gets_what
        from prompts.catalogue import say

        settings = self.settings
        options = model_options(settings)
        assert options is not None  # noqa: S101 - a model is set
        if options.private and options.outside:
            return say(
                settings.language,
                "llm.private",
                collection=settings.collection,
                model=settings.model,
            )
        return who_gets_what(options, settings.language)

    def search(
        self,
        library: Library,
        question: str,
        k: int,
        articles: frozenset[str] | None = None,
        history: Sequence[Turn] = (),
    ) -> list[Hit]:
        """The passages found for a question, best first, without answering it.

        Raises InputError for a question that can't be used.
        """
        from bot.understand import Social, understand
        from retrieval.search import search

        now = self.settings.now()
        query = understand(question, history, now)
        if isinstance(query, Social):
            # Words such as ありがとう are no question to answer, but they can be searched for.
            query = Query(question, question, Intent.OTHER, query.language, now)
        return search(library, query, k, articles)

    def articles(self, source: str, on_skip: OnSkip | None = None) -> Iterator[Article]:
        """The articles of a path, a URL or `-`, lazily. Raises LoadError.

        Files of a folder that can't be read are given to `on_skip`.
        """
        from retrieval.load import load

        return load(source, self.settings.load_limits(), on_skip=on_skip)

    def sample(self) -> list[Article]:
        """The articles that come with kiji."""
        from retrieval.sample import articles

        return articles()
