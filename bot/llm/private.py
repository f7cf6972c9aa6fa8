"""What keeps a private answer's calls from LangSmith, whatever its variables say.

A model on this machine may read what is private; LangSmith, which LangChain would
send each call's messages to, is not on this machine.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from bot.llm.model import ModelOptions

Item = TypeVar("Item")


async def untraced(stream: AsyncGenerator[Item, None]) -> AsyncGenerator[Item, None]:
    """The items of a stream whose calls LangSmith does not hear of.

    Holds against its variables and against a tracer that a program round kiji has set.
    """
    from langsmith.run_helpers import tracing_context

    with tracing_context(enabled=False):
        async with aclosing(stream) as items:
            async for item in items:
                yield item


def is_traced(options: ModelOptions) -> bool:
    """Whether LangSmith, by its own variables, is sent what the model is."""
    from langsmith.utils import tracing_is_enabled

    return not options.private and bool(tracing_is_enabled())
