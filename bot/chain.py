"""From a question to an answer, top to bottom: understand, search, write or read, check, say.

Every face calls `Kiji.answer` and nothing else. It yields what happens as it
happens; a claim is told only once its quotes have passed the check, and the last
event is the whole answer. Closing the iterator stops the work, a model's call too.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.compose import Composition, social_answer, summary_answer
from bot.telemetry import Attribute, Trace
from bot.understand import Social, SocialKind, understand
from bot.understand.followup import leans_on_history
from bot.values import (
    Answer,
    AnswerEvent,
    DraftClaim,
    Event,
    Scope,
    StatusEvent,
    Turn,
    WordsEvent,
    Writing,
)
from bot.verify import Verified, check, known_words, verify
from prompts.catalogue import say
from retrieval.errors import InputError
from retrieval.search import search
from retrieval.values import Hit, Query

if TYPE_CHECKING:
    from bot.engine import Engine, Verdict, Writer
    from bot.llm.call import Meter
    from retrieval.store import Library

log = logging.getLogger(__name__)

# How many passages are read for one question. More cost time linearly; the recall
# that is left beyond these is told by `python -m tests.bench recall`.
PASSAGES = 10


class Kiji:
    """Answers questions about the articles of one library. Safe to share between threads.

    `writer` is the language model that answers where one is set; `engine` answers
    without it, and wherever nothing that the model wrote can be shown.
    """

    def __init__(
        self,
        library: Library,
        engine: Engine,
        passages: int = PASSAGES,
        writer: Writer | None = None,
    ) -> None:
        self.library = library
        self.engine = engine
        self.passages = passages
        self.writer = writer

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
        scope = scope or Scope()
        moment = asked_at or datetime.now().astimezone()
        query = understand(question, history, moment)
        if isinstance(query, Social):
            if query.kind is SocialKind.SUMMARY:
                yield StatusEvent("reading")
                yield AnswerEvent(summary_answer(query, self.library, scope.articles, started))
            else:
                yield AnswerEvent(social_answer(query, started))
            return

        trace = Trace("kiji.answer")
        told: dict[str, Attribute | None] = {}
        try:
            yield StatusEvent("searching")
            writer = self.writer
            if writer is not None and scope.private and writer.outside:
                writer = None
            meter = writer.meter(scope.private) if writer is not None else None
            if writer is not None and meter is not None and history:
                query = _made_alone(query, history, moment, writer, meter)
            searched = time.perf_counter()
            with trace.part("kiji.search"):
                hits = search(self.library, query, self.passages, scope.articles)
            searched = time.perf_counter() - searched

            yield StatusEvent("reading")
            composition = writing = None
            if writer is not None and meter is not None and hits:
                composition = Composition(query, hits, writer.name)
                with trace.part("kiji.write"):
                    writing = yield from _written(writer, query, hits, meter, composition)
            if composition is None or not composition.claims:
                composition = Composition(query, hits, self.engine.name)
                with trace.part("kiji.read"):
                    draft = self.engine.draft(query, hits)
                yield StatusEvent("checking")
                for verified in verify(draft, hits, query.language):
                    yield composition.add(verified)

            answer = composition.answer(started)
            if writing is not None:
                answer = replace(answer, writing=writing, note=_note(writing, answer))
            told = _line(answer, searched)
            log.info("answer %s", " ".join(f"{k}={v}" for k, v in told.items() if v is not None))
            yield AnswerEvent(answer)
        finally:
            trace.end(told or {"stopped": True})


def _made_alone(
    query: Query, history: Sequence[Turn], moment: datetime, writer: Writer, meter: Meter
) -> Query:
    """The query of a follow-up, made to stand alone by the model where the rules see a need.

    What the model gives is a question like any other, in the asker's language; if
    it is not, the rules' own stays.
    """
    alone = understand(query.original, (), moment)
    stands = isinstance(alone, Query) and alone.text == query.text
    if stands and not leans_on_history(query.original, query.language):
        return query
    rewritten = writer.stand_alone(query.original, history, query.language, meter)
    try:
        again = understand(rewritten, (), moment) if rewritten else None
    except InputError:
        return query
    if not isinstance(again, Query) or again.language is not query.language:
        return query
    return replace(again, original=query.original)


def _written(
    writer: Writer, query: Query, hits: Sequence[Hit], meter: Meter, composition: Composition
) -> Generator[Event, None, Writing]:
    """A model's claims, each told the moment it has passed; gives what the model did."""
    verdict: Verdict = None
    shown = ""
    with closing(writer.propose(query, hits, meter)) as proposals:
        while True:
            try:
                proposal = proposals.send(verdict)
            except StopIteration as end:
                if shown:
                    yield WordsEvent("")
                writing: Writing = end.value
                return writing
            verdict = None
            if isinstance(proposal, StatusEvent):
                yield proposal
            elif isinstance(proposal, DraftClaim):
                verdict = check(proposal, hits, query.language)
                if isinstance(verdict, Verified):
                    yield composition.add(verdict)
                elif shown:
                    # What was shown of it is taken back.
                    yield WordsEvent("")
                shown = ""
            else:
                words = known_words(proposal.text, proposal.quotes, hits, query.language)
                if words and words != shown:
                    shown = words
                    yield WordsEvent(words)


def _note(writing: Writing, answer: Answer) -> str:
    """One line on why the model's answer is not, or not wholly, what is shown."""
    if not writing.fallback:
        return ""
    key = "partly" if answer.engine == writing.model else writing.fallback
    return say(answer.language, f"llm.fallback.{key}", model=writing.model)


def _line(answer: Answer, searched: float) -> dict[str, Attribute | None]:
    """What the log and the span say of an answer: counts and times, none of its words."""
    line: dict[str, Attribute | None] = {
        "answered": answer.answered,
        "intent": str(answer.intent),
        "engine": answer.engine,
        "hits": len(answer.hits),
        "claims": len(answer.claims),
        "seconds": round(answer.seconds, 3),
        "search_seconds": round(searched, 3),
    }
    if writing := answer.writing:
        line |= {
            "model": writing.model,
            "model_seconds": round(writing.seconds, 3),
            "first_token": None if writing.first_token is None else round(writing.first_token, 3),
            "calls": writing.calls,
            "input_tokens": writing.input_tokens,
            "output_tokens": writing.output_tokens,
            "kept": writing.kept,
            "repaired": writing.repaired,
            "dropped": writing.dropped,
            "fallback": writing.fallback or None,
        }
    return line
