"""Answers whose spans are sent, in a process of its own that ends as `kiji chat` does.

`python -m tests.bot.spans`: one answer of a model, one of the reader after the model
failed, one that is stopped. OpenTelemetry's variables say where the spans go.
"""

from __future__ import annotations

import os

import pytest

from bot import telemetry
from tests.bot.llm.support import TOWN, Talk, hits_of
from tests.fakes.model import HttpError, plain

KEY = "sk-do-not-show-1234567890"
QUESTION = "Who closed the lighthouse?"
CLOSED = (
    1,
    "Mayor Edith Lowell closed the lighthouse",
    "Mayor Edith Lowell closed the lighthouse.",
)
EMBEDDED = "Visitors may return in June."


def main() -> None:
    """Answer, and leave as a chat does: at once, with what is on its way sent first."""
    telemetry.start(os.environ)
    with pytest.MonkeyPatch.context() as patch:
        talk = Talk(patch, hits_of(TOWN), embedded=EMBEDDED, key=KEY, retries=0)
        talk.model.enqueue(plain(CLOSED), HttpError(401, text=f"{KEY} is not valid"))
        talk.model.enqueue(plain(CLOSED) * 50)
        talk.ask(QUESTION)
        talk.ask(QUESTION)
        stopped = talk.kiji.answer(QUESTION)
        next(stopped)
        stopped.close()
    telemetry.finish()
    os._exit(0)


if __name__ == "__main__":
    main()
