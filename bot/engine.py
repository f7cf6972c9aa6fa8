"""What an answering engine is: hits and a query in, a draft out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.values import Draft
from retrieval.values import Hit, Query


class Engine(Protocol):
    """Proposes claims with quotes; `bot.verify` decides what is shown."""

    @property
    def name(self) -> str:
        """The engine's name as an answer reports it, e.g. `embedded`."""

    def warm_up(self) -> None:
        """Load what the first draft would have to load."""

    def draft(self, query: Query, hits: Sequence[Hit]) -> Draft:
        """Propose claims, best first; an empty draft means that it is not there.

        `hits` are the passages found for the query, best first.
        """
