"""One call of the model: its text as it comes, within its times, tried again where that helps."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.llm.failure import Kind, ModelFailure, failure_of
from bot.llm.loop import shared_loop
from bot.llm.private import untraced

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk, BaseMessage
    from langchain_core.rate_limiters import BaseRateLimiter
    from langchain_core.runnables import Runnable

    from bot.llm.model import ModelOptions

log = logging.getLogger(__name__)

# Seconds before the second try; doubled for each one after it.
_FIRST_PAUSE = 0.5


@dataclass
class Meter:
    """What the calls of one answer came to; `deadline` is a reading of `time.monotonic()`.

    `private`: no call of this answer may be traced.
    """

    deadline: float
    private: bool = False
    calls: int = 0
    input_tokens: int | None = None
    output_tokens: int | None = None
    seconds: float = 0.0
    first_token: float | None = None

    def count(self, chunk: AIMessageChunk) -> None:
        """Add the tokens that a chunk reports."""
        if usage := chunk.usage_metadata:
            self.input_tokens = (self.input_tokens or 0) + usage["input_tokens"]
            self.output_tokens = (self.output_tokens or 0) + usage["output_tokens"]


class Caller:
    """Calls one model. Safe to share between threads; the rate limit is the process's."""

    def __init__(
        self,
        options: ModelOptions,
        pause: Callable[[float], float] = lambda seconds: seconds * random.uniform(0.8, 1.2),  # noqa: S311 - jitter
    ) -> None:
        self._options = options
        self._loop = shared_loop()
        self._pause = pause
        self._limiter = _limiter(options.per_minute)

    def stream(
        self, model: Runnable[Any, Any], messages: Sequence[BaseMessage], meter: Meter
    ) -> Iterator[str]:
        """The text of a reply, piece by piece; closing the iterator stops the call.

        The arguments of a tool call count as text. Raises ModelFailure.
        """

        def tries() -> AsyncGenerator[str, None]:
            pieces = self._tries(model, messages, meter)
            return untraced(pieces) if meter.private else pieces

        began = time.monotonic()
        try:
            for text in self._loop.iterate(tries, self._options.connect_timeout):
                meter.seconds += time.monotonic() - began
                if meter.first_token is None:
                    meter.first_token = meter.seconds
                yield text
                began = time.monotonic()
        except GeneratorExit:
            raise
        except BaseException:
            meter.seconds += time.monotonic() - began
            raise
        else:
            meter.seconds += time.monotonic() - began

    async def _tries(
        self, model: Runnable[Any, Any], messages: Sequence[BaseMessage], meter: Meter
    ) -> AsyncGenerator[str, None]:
        for retry in range(self._options.retries + 1):
            try:
                await self._turn(meter)
                meter.calls += 1
                async with aclosing(self._once(model, messages, meter)) as pieces:
                    async for text in pieces:
                        yield text
                return
            except ModelFailure as failure:
                wait = failure.retry_after
                if wait is None:
                    wait = self._pause(_FIRST_PAUSE * 2**retry)
                last = retry == self._options.retries
                late = time.monotonic() + wait >= meter.deadline
                log.info("call %d failed: %s", meter.calls, failure)
                if last or late or not failure.worth_another_try:
                    raise
                await asyncio.sleep(wait)

    async def _turn(self, meter: Meter) -> None:
        """Wait until the rate limit lets another call through, or the time is up."""
        if self._limiter is None:
            return
        try:
            async with asyncio.timeout(meter.deadline - time.monotonic()):
                await self._limiter.aacquire()
        except TimeoutError:
            raise ModelFailure(Kind.BUSY) from None

    async def _once(
        self, model: Runnable[Any, Any], messages: Sequence[BaseMessage], meter: Meter
    ) -> AsyncGenerator[str, None]:
        started = time.monotonic()
        begun = spoken = False
        stream = model.astream(list(messages))
        try:
            while True:
                now = time.monotonic()
                until = meter.deadline
                if not begun:
                    until = min(until, started + self._options.first_token_timeout)
                clock = asyncio.timeout(until - now)
                try:
                    async with clock:
                        chunk = await anext(stream)
                except StopAsyncIteration:
                    return
                except TimeoutError as error:
                    if not clock.expired():
                        raise failure_of(error) from None
                    late = time.monotonic() >= meter.deadline
                    raise ModelFailure(Kind.TIMEOUT if late else Kind.FIRST_TOKEN_TIMEOUT) from None
                except Exception as error:  # noqa: BLE001 - each provider has errors of its own
                    failure = failure_of(error)
                    if spoken:
                        # A second try would say the same again: what came is what there is.
                        failure = ModelFailure(Kind.BROKEN_OFF, failure.status)
                        failure.worth_another_try = False
                    # From None: the provider's own words may quote the key or the prompt.
                    raise failure from None
                meter.count(chunk)
                begun = begun or _says_something(chunk)
                if text := _text(chunk):
                    spoken = True
                    yield text
        finally:
            # astream is typed as an iterator; every one that LangChain makes is a generator.
            if hasattr(stream, "aclose"):
                await stream.aclose()


def _text(chunk: AIMessageChunk) -> str:
    """The words of a chunk: its text, or the arguments of the tool it calls."""
    calls = getattr(chunk, "tool_call_chunks", ())
    return str(chunk.text) + "".join(call["args"] or "" for call in calls)


def _says_something(chunk: AIMessageChunk) -> bool:
    """Whether a chunk is a token of any kind; the first of many streams only names the role."""
    calls = getattr(chunk, "tool_call_chunks", ())
    return bool(chunk.content or calls or chunk.additional_kwargs)


def _limiter(per_minute: float) -> BaseRateLimiter | None:
    if not per_minute:
        return None
    from langchain_core.rate_limiters import InMemoryRateLimiter

    return InMemoryRateLimiter(
        requests_per_second=per_minute / 60, check_every_n_seconds=0.05, max_bucket_size=1
    )
