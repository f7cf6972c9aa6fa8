"""The language model as a writer of claims: asks, reads, asks once more, and gives up in time."""

from __future__ import annotations

import logging
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

from bot.engine import Proposal, Verdict, Words
from bot.llm.call import Caller, Meter
from bot.llm.failure import Kind, ModelFailure
from bot.llm.followup import bounded, rewrite_messages, usable
from bot.llm.model import make_model
from bot.llm.parser import ReplyParser
from bot.llm.prompt import answer_messages, repair_messages
from bot.llm.reply import SaidClaim, SaidNothing, SaidQuote, SaidWords
from bot.llm.short import short_of
from bot.llm.structured import MOST_CLAIMS, schema
from bot.llm.tidy import tidied
from bot.values import DraftClaim, Quote, StatusEvent, Turn, Writing
from bot.verify import Rejected, Verified
from retrieval.values import Hit, Language, Query

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage
    from langchain_core.runnables import Runnable

    from bot.llm.model import ModelOptions

log = logging.getLogger(__name__)

# Making a follow-up stand alone may take this share of an answer's time, and no more.
_REWRITE_SHARE = 0.25


class Writer:
    """One model, as its options say. Safe to share between threads.

    It sees only the passages of the question at hand: what was said before cannot
    talk it round.
    """

    def __init__(
        self, model: BaseChatModel, options: ModelOptions, caller: Caller | None = None
    ) -> None:
        self.name = options.name
        self.outside = options.outside
        self.options = options
        self.model = model
        self._caller = caller or Caller(options)
        # `auto` believes the model's profile. Set to False where a server refuses.
        self._able = options.format == "json" or (
            options.format == "auto" and bool((model.profile or {}).get("structured_output"))
        )

    def meter(self, private: bool = False) -> Meter:
        """A meter for one answer, whose time begins now; `private`: nothing of it is traced."""
        return Meter(
            time.monotonic() + self.options.timeout, private=private or self.options.private
        )

    def stand_alone(
        self, question: str, history: Sequence[Turn], language: Language, meter: Meter
    ) -> str:
        """The follow-up as a question of its own; empty where the model could not make one."""
        turns = bounded(history, self.options.history_tokens)
        if not turns:
            return ""
        deadline = meter.deadline
        meter.deadline = time.monotonic() + _REWRITE_SHARE * self.options.timeout
        try:
            messages = rewrite_messages(question, turns, language)
            return usable("".join(self._caller.stream(self.model, messages, meter)))
        except ModelFailure as failure:
            log.info("a follow-up was not made to stand alone: %s", failure)
            return ""
        finally:
            meter.deadline = deadline

    def propose(
        self, query: Query, hits: Sequence[Hit], meter: Meter
    ) -> Generator[Proposal, Verdict, Writing]:
        """Claims as the model writes them; the verdict on each is sent back.

        Rejected claims are asked for once more, together, and proposed again. Never
        raises ModelFailure: what went wrong stands in the `Writing` that is returned.
        """
        work = _Work(query, tuple(hits))
        failure = ""
        try:
            yield from self._answer(work, meter)
            if work.rejected:
                yield from self._repair(work, meter)
            elif not work.kept and not work.nothing:
                failure = Kind.MALFORMED
        except ModelFailure as error:
            log.info("the model failed: %s", error)
            failure = error.kind
        if not failure and not work.kept and not work.repaired:
            failure = Kind.NOT_THERE if work.nothing and not work.rejected else Kind.NOT_BORNE_OUT
        return Writing(
            model=self.name,
            calls=meter.calls,
            input_tokens=meter.input_tokens,
            output_tokens=meter.output_tokens,
            kept=work.kept,
            repaired=work.repaired,
            dropped=len(work.rejected) - work.repaired,
            seconds=meter.seconds,
            first_token=meter.first_token,
            fallback=str(failure),
        )

    def _answer(self, work: _Work, meter: Meter) -> Generator[Proposal, Verdict, None]:
        try:
            yield from self._read(work, meter)
        except ModelFailure as failure:
            if not self._able or failure.kind is not Kind.REQUEST or work.said:
                raise
            # A server that knows no structured output says 400; from now on it gets labelled lines.
            log.info("structured output was refused; going on with the plain format")
            self._able = False
            yield from self._read(work, meter)

    def _read(self, work: _Work, meter: Meter) -> Generator[Proposal, Verdict, None]:
        work.model = _bound(self.model, len(work.hits)) if self._able else None
        work.messages = answer_messages(work.query, work.hits, plain=work.model is None)
        with closing(self._claims(work, work.messages, meter)) as proposals:
            for proposal in proposals:
                if not isinstance(proposal, DraftClaim):
                    yield proposal
                    continue
                verdict = yield proposal
                if isinstance(verdict, Verified):
                    work.kept += 1
                    work.told.add(proposal.text)
                elif isinstance(verdict, Rejected):
                    work.rejected.append(verdict)
                if work.kept + len(work.rejected) >= MOST_CLAIMS:
                    return

    def _repair(self, work: _Work, meter: Meter) -> Generator[Proposal, Verdict, None]:
        """Ask once for what failed; as many claims as failed are taken, and no more."""
        messages = repair_messages(
            work.messages, work.said.strip(), work.rejected, work.query.language
        )
        left = len(work.rejected)
        try:
            with closing(self._claims(work, messages, meter)) as proposals:
                for proposal in proposals:
                    if not isinstance(proposal, DraftClaim):
                        yield proposal
                        continue
                    if isinstance((yield proposal), Verified):
                        work.repaired += 1
                        work.told.add(proposal.text)
                    left -= 1
                    if left == 0:
                        return
        except ModelFailure:
            # The claims that stand are an answer without the others.
            if not work.kept and not work.repaired:
                raise

    def _claims(
        self, work: _Work, messages: Sequence[BaseMessage], meter: Meter
    ) -> Generator[Proposal, None, None]:
        """What one reply says, as proposals; closing it stops the call."""
        parser = ReplyParser()
        model = work.model or self.model
        checking = False
        with closing(self._caller.stream(model, messages, meter)) as pieces:  # type: ignore[type-var]
            for piece in pieces:
                work.said += piece
                for said in parser.feed(piece):
                    if isinstance(said, SaidQuote) and not checking:
                        checking = True
                        yield StatusEvent("checking")
                    yield from work.proposed(said)
        for said in parser.close():
            yield from work.proposed(said)


class _Work:
    """One answer as it is being written."""

    def __init__(self, query: Query, hits: tuple[Hit, ...]) -> None:
        self.query = query
        self.hits = hits
        self.model: Runnable[Any, Any] | None = None  # bound to structured output, where it can
        self.messages: list[BaseMessage] = []
        self.said = ""
        self.nothing = False
        self.kept = self.repaired = 0
        self.told: set[str] = set()
        self.rejected: list[Rejected] = []

    def proposed(self, said: SaidQuote | SaidWords | SaidClaim | SaidNothing) -> Iterator[Proposal]:
        """What the model said, as the chain takes it."""
        if isinstance(said, SaidNothing):
            self.nothing = True
        elif isinstance(said, SaidWords):
            yield Words(said.text, self._quotes(said.quotes))
        elif isinstance(said, SaidClaim):
            text = tidied(said.text)
            if not text or text in self.told:
                return
            quotes = self._quotes(said.quotes)
            short = short_of(text, quotes, self.hits, self.query.intent)
            yield DraftClaim(text, quotes, short, own_words=True)

    @staticmethod
    def _quotes(said: Sequence[SaidQuote]) -> tuple[Quote, ...]:
        return tuple(Quote(quote.passage - 1, quote.text, within=True) for quote in said)


def make_writer(options: ModelOptions) -> Writer:
    """The writer of the model that the options name. Raises ModelError."""
    return Writer(make_model(options), options)


def _bound(model: BaseChatModel, passages: int) -> Runnable[Any, Any] | None:
    """The model bound to the schema of claims, or None where it has no structured output.

    Only the binding is taken: its tokens are parsed as they come, which LangChain's
    own parsers do once the reply is whole.
    """
    from langchain_core.runnables import RunnableSequence

    try:
        bound = model.with_structured_output(schema(passages))
    except (NotImplementedError, ValueError):
        return None
    return bound.first if isinstance(bound, RunnableSequence) else None
