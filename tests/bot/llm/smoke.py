"""Twenty questions on the English sample to a real, small model over real HTTP.

`make llm-smoke` runs it. It prints each answer, the share of claims kept, repaired and
dropped, of answers that fell back, and how long checking and showing took beside the
model; it fails when no shown answer comes from the model.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

import bot.chain
from bot.chain import Kiji
from bot.embedded import embedded_engine
from bot.llm.model import ModelOptions
from bot.llm.writer import make_writer
from bot.terminal.render import rendered
from bot.values import Answer, AnswerEvent, ClaimEvent, Scope
from retrieval.sample import articles
from retrieval.store import Library, StoreOptions
from retrieval.values import Language

QUESTIONS = (
    "Who ordered the closure of the bridge?",
    "When was the bridge shut?",
    "Why was the bridge closed?",
    "How old is the swing bridge?",
    "Which ship struck the pier?",
    "When did the barge strike the pier?",
    "Who owns the barge?",
    "How long was the longest crack?",
    "Who is the chief engineer?",
    "How much will the repairs cost?",
    "How much has the council set aside?",
    "How many vehicles cross the bridge on a working day?",
    "Who will direct the response for shipping?",
    "When does the free ferry start?",
    "How often will the ferry run?",
    "Why did Calloway choose a ferry?",
    "Who is Joseph Lund?",
    "What does Tom Renwick want from the council?",
    "When did the council cut the bridge's maintenance budget?",
    "Who invented the telephone?",
)


@contextmanager
def server(python: str, threads: int) -> Iterator[str]:
    """A running llama.cpp server; gives its base URL."""
    script = Path(__file__).with_name("smoke_server.py")
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(
            [python, str(script), str(threads)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        assert process.stdout is not None
        try:
            address = process.stdout.readline().strip()
            if not address:
                log.seek(0)
                raise SystemExit(f"the server did not start:\n{log.read()[-2000:]}")
            yield f"{address}/v1"
        finally:
            process.communicate()


class Timed:
    """Adds up how long calls of a function take."""

    def __init__(self, call: Callable) -> None:
        self.call = call
        self.seconds = 0.0

    def __call__(self, *args, **kwargs):
        started = time.perf_counter()
        try:
            return self.call(*args, **kwargs)
        finally:
            self.seconds += time.perf_counter() - started


def ask(kiji: Kiji, question: str) -> tuple[Answer, float | None]:
    """The answer, and the seconds until its first claim was told."""
    started = time.perf_counter()
    first = None
    for event in kiji.answer(question, scope=Scope(frozenset({"sample/bridge.en.md"}))):
        if isinstance(event, ClaimEvent) and first is None:
            first = time.perf_counter() - started
        if isinstance(event, AnswerEvent):
            return event.answer, first
    raise AssertionError("no answer")


def main() -> None:
    """Ask, print, sum up."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--python", default=sys.executable, help="has xllamacpp and the model")
    parser.add_argument("--format", default="json")
    parser.add_argument("--passages", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1, help="2 is slower where others compute")
    parser.add_argument("--questions", type=int, default=len(QUESTIONS))
    given = parser.parse_args()
    out = Console(width=100)
    with (
        tempfile.TemporaryDirectory() as folder,
        server(given.python, given.threads) as url,
        Library.open(StoreOptions(folder=Path(folder))) as library,
    ):
        library.index(articles())
        options = ModelOptions(
            "openai:smollm2-135m", url=url, format=given.format, max_tokens=160,
            options='{"temperature": 0}', timeout=120, first_token_timeout=90,
        )  # fmt: skip
        kiji = Kiji(library, embedded_engine(), given.passages, make_writer(options))
        kiji.warm_up()
        # Finding passages and the embedded engine are no part of checking what a model says.
        search = bot.chain.search = Timed(bot.chain.search)  # type: ignore[assignment]
        draft = kiji.engine.draft = Timed(kiji.engine.draft)  # type: ignore[method-assign]
        answers = []
        around = 0.0
        for question in QUESTIONS[: given.questions]:
            answer, first = ask(kiji, question)
            shown = time.perf_counter()
            text = rendered(answer, Language.EN, 100)
            around += time.perf_counter() - shown
            answers.append(answer)
            out.print(f"[bold]{question}[/bold]")
            out.print(text)
            out.print(f"  {answer.writing}\n  first claim after {first}\n", markup=False)
    written = [answer.writing for answer in answers if answer.writing is not None]
    claims = sum(one.kept + one.repaired + one.dropped for one in written)
    kept, repaired = sum(one.kept for one in written), sum(one.repaired for one in written)
    own = [answer for answer in answers if answer.answered and answer.engine != "embedded"]
    waited = sum(one.seconds for one in written)
    whole = sum(answer.seconds for answer in answers)
    beside = whole - waited - search.seconds - draft.seconds + around
    out.print(
        f"{len(answers)} answers, {len(own)} of the model, {len(answers) - len(own)} fell back; "
        f"{claims} claims: kept {kept}, repaired {repaired}, dropped {claims - kept - repaired}; "
        f"model {waited:.1f} s, checking and rendering {beside:.2f} s = {beside / waited:.1%}"
    )
    if not own:
        raise SystemExit("no shown answer comes from the model")


if __name__ == "__main__":
    main()
