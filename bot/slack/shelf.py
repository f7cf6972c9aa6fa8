"""The libraries that are asked: the one of the settings, and others of the same store.

The models are loaded once for all of them.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from bot.slack.scopes import Scopes, place_of
from bot.values import Scope

if TYPE_CHECKING:
    from bot.chain import Kiji
    from bot.opening import Opening
    from retrieval.store import ArticleInfo, Library


class Shelf:
    """Opens libraries as they are asked for. Any thread may use it."""

    def __init__(self, opening: Opening, scopes: Scopes) -> None:
        self._opening = opening
        self._scopes = scopes
        self.library: Library = opening.library()
        self.kiji: Kiji = opening.kiji(self.library)
        self._others: dict[str, Kiji] = {}
        self._infos: tuple[int, list[ArticleInfo]] | None = None
        self._lock = threading.Lock()
        self._warm = threading.Event()

    def warm_up(self) -> None:
        """Load the models."""
        try:
            self.kiji.warm_up()
        finally:
            self._warm.set()  # where loading failed, each question meets the error and tells it

    @property
    def warm(self) -> bool:
        """Whether loading the models is over."""
        return self._warm.is_set()

    def collections(self) -> list[str]:
        """The names of the store's collections."""
        return self.library.collections()

    def infos(self) -> list[ArticleInfo]:
        """The articles of the settings' collection."""
        generation = self.library.generation()
        kept = self._infos
        if kept is None or kept[0] != generation:
            kept = (generation, self.library.articles())
            self._infos = kept
        return kept[1]

    def seen_from(self, place: str) -> list[ArticleInfo]:
        """The articles that may be seen from a place, newest first."""
        infos = self.infos()
        visible = self._scopes.visible(place, (info.id for info in infos))
        return sorted(
            (info for info in infos if info.id in visible),
            key=lambda info: info.indexed_at,
            reverse=True,
        )

    def asked_from(self, channel: str, person: str) -> tuple[Kiji, Scope]:
        """What answers somebody's questions in a channel, and the articles it may use for them."""
        place = place_of(channel, person)
        private = self._opening.settings.is_private_channel(channel)
        binding = self._scopes.binding(place)
        if binding.collection is not None and binding.collection != self.library.options.collection:
            kiji = self._other(binding.collection)
            articles = (info.id for info in kiji.library.articles())
            return kiji, Scope(self._scopes.visible(place, articles), private)
        visible = frozenset(info.id for info in self.seen_from(place))
        if binding.articles is not None:
            visible &= binding.articles
        return self.kiji, Scope(visible, private)

    def _other(self, collection: str) -> Kiji:
        with self._lock:
            if collection not in self._others:
                from bot.chain import Kiji
                from bot.opening import Opening
                from retrieval.store import Library

                settings = self._opening.settings.model_copy(update={"collection": collection})
                library = Library.open(settings.store_options(), self.library.embedder)
                # The writer is asked for anew: a private collection has none.
                self._others[collection] = Kiji(
                    library, self.kiji.engine, self.kiji.passages, Opening(settings).writer()
                )
            return self._others[collection]

    def close(self) -> None:
        """Close every library."""
        self.library.close()
        for kiji in self._others.values():
            kiji.library.close()
