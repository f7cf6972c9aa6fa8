"""What answering engines are: hits and a query in, claims with quotes out."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bot.values import Draft, DraftClaim, Quote, StatusEvent, Turn, Writing
from bot.verify import Rejected, Verified
from retrieval.values import Hit, Language, Query

if TYPE_CHECKING:
    from bot.llm.call import Meter


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


@dataclass(frozen=True, slots=True)
class Words:
    """A claim that is still being written, as far as it goes, and its quotes."""

    text: str
    quotes: tuple[Quote, ...]


Proposal = StatusEvent | Words | DraftClaim
# What the chain sends back for a DraftClaim; None for everything else.
Verdict = Verified | Rejected | None


class Writer(Protocol):
    """A language model: proposes claims while it writes them, and hears what became of each."""

    @property
    def name(self) -> str:
        """The model's name as an answer reports it, e.g. `openai:gpt-5`."""

    @property
    def outside(self) -> bool:
        """Whether what it is given leaves this machine."""

    def meter(self, private: bool = False) -> Meter:
        """A meter for one answer, whose time begins now; `private`: nothing of it is traced."""

    def stand_alone(
        self, question: str, history: Sequence[Turn], language: Language, meter: Meter
    ) -> str:
        """A follow-up as a question of its own; empty where it could not be made one."""

    def propose(
        self, query: Query, hits: Sequence[Hit], meter: Meter
    ) -> Generator[Proposal, Verdict, Writing]:
        """Claims as they are written; returns what the model did."""
