"""A chat model whose replies are put in a queue; it streams them token by token."""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

_TOKEN = re.compile(r"\s*[A-Za-z]+|\s*\d|\s+|.", re.DOTALL)


def tokens(text: str) -> list[str]:
    """A text cut about as tokenizers do: Latin words, single digits, single characters."""
    return _TOKEN.findall(text)


class HttpError(Exception):
    """Shaped as the providers' errors are: `status_code`, and a response with headers."""

    def __init__(self, status: int, headers: dict[str, str] | None = None, text: str = "") -> None:
        super().__init__(text or f"Error code: {status}")
        self.status_code = status
        self.response = type("Response", (), {"headers": headers or {}})()


class Break:
    """In a reply: the stream breaks off here, with this error."""

    def __init__(self, error: BaseException) -> None:
        self.error = error


class Pause:
    """In a reply: nothing comes for so many seconds."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds


Reply = Any  # str, an exception, a list of str | Break | Pause, or a function of the messages


class FakeModel(BaseChatModel):
    """Replies with what was enqueued. `history` is what it was sent, `sent` counts its tokens.

    `cancelled` counts streams that were stopped before their end. With `seconds` it
    takes so long for each token.
    """

    seconds: float = 0.0
    tools: bool = False
    _queue: deque[Reply] = PrivateAttr(default_factory=deque)
    _history: list[list[BaseMessage]] = PrivateAttr(default_factory=list)
    _counts: dict[str, int] = PrivateAttr(default_factory=lambda: {"sent": 0, "cancelled": 0})

    @property
    def history(self) -> list[list[BaseMessage]]:
        return self._history

    @property
    def sent(self) -> int:
        return self._counts["sent"]

    @property
    def cancelled(self) -> int:
        return self._counts["cancelled"]

    @property
    def left(self) -> int:
        return len(self._queue)

    def enqueue(self, *replies: Reply) -> FakeModel:
        self._queue.extend(replies)
        return self

    @property
    def _llm_type(self) -> str:
        return "fake"

    def _generate(self, *_: Any, **__: Any) -> ChatResult:
        raise AssertionError("kiji streams")

    def bind_tools(self, tools: Any, **kwargs: Any) -> Any:
        """Structured output by a tool: replies then come as the tool's arguments."""
        kwargs.pop("ls_structured_output_format", None)
        return self.bind(as_tool=True)

    async def _astream(
        self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **kwargs: Any
    ) -> AsyncIterator[ChatGenerationChunk]:
        self._history.append(messages)
        reply = self._queue.popleft()
        if isinstance(reply, Callable):
            reply = reply(messages)
        written = 0
        try:
            for part in reply if isinstance(reply, list) else [reply]:
                if isinstance(part, BaseException):
                    raise part
                if isinstance(part, Break):
                    raise part.error
                if isinstance(part, Pause):
                    await asyncio.sleep(part.seconds)
                    continue
                for token in tokens(part):
                    await asyncio.sleep(self.seconds)
                    written += 1
                    self._counts["sent"] += 1
                    yield ChatGenerationChunk(message=_chunk(token, kwargs.get("as_tool", False)))
            usage = {
                "input_tokens": sum(len(tokens(str(m.content))) for m in messages),
                "output_tokens": written,
            }
            usage["total_tokens"] = sum(usage.values())
            yield ChatGenerationChunk(message=AIMessageChunk(content="", usage_metadata=usage))
        except (asyncio.CancelledError, GeneratorExit):
            self._counts["cancelled"] += 1
            raise


def _chunk(token: str, as_tool: bool) -> AIMessageChunk:
    if not as_tool:
        return AIMessageChunk(content=token)
    call = {"name": None, "args": token, "id": None, "index": 0, "type": "tool_call_chunk"}
    return AIMessageChunk(content="", tool_call_chunks=[call])


def plain(*claims: tuple[int, str, str]) -> str:
    """Claims in the plain format: (passage, quote, claim) each."""
    return "".join(f"QUOTE {n}: {quote}\nCLAIM: {claim}\n" for n, quote, claim in claims)
