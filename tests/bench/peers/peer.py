"""What a system that is measured must do, and how it is spoken to.

A peer's file names its packages in a `# /// script` block (PEP 723), makes one
`System`, and hands it to `serve`: JSON lines on standard input and output. This
module is imported in every peer's own environment, so it needs the standard library alone.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Text:
    """An article as kiji loads it: `text` begins with the title's line."""

    id: str
    title: str
    text: str


@dataclass(frozen=True)
class Said:
    """What a person sees.

    `short` is the bare answer, "" when refused, None of a system that only finds.
    `quotes` are (article, words) shown beside it.
    """

    short: str | None
    quotes: list[tuple[str, str]]


class System:
    """One system over one folder, in which its index must last from process to process."""

    def index(self, articles: list[Text]) -> None:
        """Add articles to the index, and keep it."""
        raise NotImplementedError

    def find(self, question: str) -> list[str]:
        """Ids of articles, best first, each once; `ask` has just been asked the same."""
        raise NotImplementedError

    def ask(self, question: str) -> Said:
        """Answer as a user of the library would have it answered; this is what is timed."""
        raise NotImplementedError

    def unrefused(self, question: str) -> str | None:
        """What it would have said to the question asked last, had it not refused; None: unknown."""
        return None


def distinct(ids: list[str], most: int = 10) -> list[str]:
    """The first ids, each once."""
    return list(dict.fromkeys(ids))[:most]


def serve(make: Callable[[Path, Path, Path], System]) -> None:
    """Serve `make(work, encoder, reader)`, all three folders, until the input ends."""
    # What libraries print must not stand among the replies.
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    system = make(*(Path(each) for each in sys.argv[1:4]))
    for line in sys.stdin:
        reply = _reply(system, json.loads(line))
        replies.write(json.dumps(reply, ensure_ascii=False) + "\n")
        replies.flush()


def _reply(system: System, wanted: dict[str, str]) -> dict[str, object]:
    begun = time.perf_counter()
    if "index" in wanted:
        with Path(wanted["index"]).open(encoding="utf-8") as lines:
            articles = [Text(**json.loads(line)) for line in lines]
        begun = time.perf_counter()
        system.index(articles)
        return {"seconds": time.perf_counter() - begun}
    if "ask" in wanted:
        said = system.ask(wanted["ask"])
        return asdict(said) | {"seconds": time.perf_counter() - begun}
    if "find" in wanted:
        question = wanted["find"]
        return {"articles": system.find(question), "unrefused": system.unrefused(question)}
    return {"memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
