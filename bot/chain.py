"""From a question to an answer, top to bottom: understand, search, read, check, say.

Every face calls `Kiji.answer` and nothing else. It yields what happens as it
happens; a claim is told only once its quotes have passed the check, and the last
event is the whole answer. Closing the iterator stops the work between stages.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.compose import Composition, social_answer, summary_answer
from bot.understand import Social, SocialKind, understand
from bot.values import AnswerEvent, Event, Scope, StatusEvent, Turn
from bot.verify import verify
from retrieval.search import search

if TYPE_CHECKING:
    from bot.engine import Engine
    from retrieval.store import Library

log = logging.getLogger(__name__)

# How many passages are read for one question. More cost time linearly; the recall
# that is left beyond these is told by `python -m tests.bench recall`.
PASSAGES = 10


class Kiji:
    """Answers questions about the articles of one library. Safe to share between threads."""

    def __init__(self, library: Library, engine: Engine, passages: int = PASSAGES) -> None:
        self.library = library
        self.engine = engine
        self.passages = passages

    def warm_up(self) -> None:
        """Load the models now, so that the first question does not wait for them."""
        self.library.warm_up()
        self.engine.warm_up()

    def answer(
        self,
        question: str,
        history: Sequence[Turn] = (),
        scope: Scope | None = None,
        asked_at: datetime | None = None,
    ) -> Iterator[Event]:
        """Answer one question; the last event is an `AnswerEvent`.

        `history` are the earlier turns, oldest first; `asked_at` (timezone-aware,
        default now) is what 今日 and last month are taken from. Raises KijiError
        for what a person can mend: an empty question, a store that can't be read.
        """
        started = time.perf_counter()
        articles = (scope or Scope()).articles
        query = understand(question, history, asked_at or datetime.now().astimezone())
        if isinstance(query, Social):
            if query.kind is SocialKind.SUMMARY:
                yield StatusEvent("reading")
                yield AnswerEvent(summary_answer(query, self.library, articles, started))
            else:
                yield AnswerEvent(social_answer(query, started))
            return

        yield StatusEvent("searching")
        hits = search(self.library, query, self.passages, articles)

        yield StatusEvent("reading")
        draft = self.engine.draft(query, hits)

        yield StatusEvent("checking")
        composition = Composition(query, hits, self.engine.name)
        for verified in verify(draft, hits):
            yield composition.add(verified)

        answer = composition.answer(started)
        log.info(
            "answered=%s intent=%s engine=%s hits=%d claims=%d/%d seconds=%.3f",
            answer.answered,
            query.intent,
            answer.engine,
            len(hits),
            len(answer.claims),
            len(draft.claims),
            answer.seconds,
        )
        yield AnswerEvent(answer)
