"""One answer of three calls in a process of its own, for `test_private`.

`python -m tests.bot.llm.traced URL scope|collection|open [around]` asks a follow-up of the
OpenAI-compatible server at URL: its rewriting, an answer, a repair. `around`: in a
program that has turned tracing on for all that it calls. Prints the engine and the number of calls.
"""

from __future__ import annotations

import sys
from contextlib import nullcontext

import pytest
from langchain_core.tracers.context import tracing_v2_enabled
from langchain_core.tracers.langchain import wait_for_all_tracers

from bot.opening import Opening
from bot.settings import Settings
from bot.values import Scope, Turn
from tests.bot.llm.support import TOWN, Talk, hits_of

BEFORE = Turn("Who closed the lighthouse?", "Mayor Edith Lowell closed the lighthouse.")
QUESTION = "When did she do that?"


def main(url: str, kept: str, around: bool) -> None:
    """Ask, wait until every tracer has sent what it has, and say what answered."""
    given = {"KIJI_MODEL": "openai:tiny", "KIJI_MODEL_URL": url, "KIJI_MODEL_FORMAT": "plain"}
    if kept == "collection":
        given["KIJI_PRIVATE_COLLECTIONS"] = "default"
    with pytest.MonkeyPatch.context() as patch:
        talk = Talk(patch, hits_of(TOWN))
        talk.kiji.writer = Opening(Settings.load(given)).writer()

        with tracing_v2_enabled() if around else nullcontext():
            answer = talk.ask(QUESTION, BEFORE, scope=Scope(private=kept == "scope"))
    wait_for_all_tracers()
    print(answer.engine, answer.writing.calls if answer.writing else 0)  # noqa: T201 - its result


if __name__ == "__main__":
    main(*sys.argv[1:3], "around" in sys.argv[3:])
