"""What is asked: a question on the command line, or a batch of them as JSON lines.

{"id", "question", "history": [{"question", "answer"}]}
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from bot.cli.app import App
from bot.cli.help import Misuse
from bot.cli.streams import notice
from bot.terminal.trouble import sentence
from bot.terminal.visible import well_formed
from bot.values import Turn
from retrieval.errors import InputError


@dataclass(frozen=True, slots=True)
class Asked:
    """One question; `id` is as its line gives it, or the line's number.

    `record` is the whole line, for a command that reads more of it.
    """

    id: str | int
    question: str
    history: tuple[Turn, ...] = ()
    record: dict[str, Any] = field(default_factory=dict, repr=False)


@contextmanager
def _opened(path: str) -> Iterator[BinaryIO]:
    if path == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(path).expanduser().open("rb")
    except (OSError, ValueError) as error:
        raise InputError("cli.batch_missing", path=path) from error
    with file:
        yield file


def asked(question: Sequence[str], batch: str | None) -> Asked | str:
    """The question on the command line, or the path of the batch. Raises Misuse."""
    if batch is not None and question:
        raise Misuse("cli.question_and_batch")
    if batch is not None:
        return batch
    if not question:
        raise Misuse("cli.missing", name="QUESTION")
    return Asked("1", well_formed(" ".join(question)))


def each(app: App, source: Asked | str, answer: Callable[[Asked], None]) -> int:
    """Have a question, or every line of a file (`-`: standard input), answered.

    Gives the exit status. What `answer` raises of the one question passes; a line that
    can't be used is told on stderr by its number, and the lines after it are still
    answered: status 1 says that some are missing.
    """
    if isinstance(source, Asked):
        answer(source)
        return 0
    failed = 0
    with _opened(source) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                answer(_parsed(line, number))
            except InputError as error:
                failed = 1
                problem = sentence(error, app.language)
                notice(app.say("cli.batch_line", line=number, problem=problem))
    return failed


def _parsed(line: bytes, number: int) -> Asked:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # JSONDecodeError and UnicodeDecodeError
        raise InputError("cli.batch_not_json") from error
    if not isinstance(record, dict):
        raise InputError("cli.batch_not_json")
    question = record.get("question")
    if not isinstance(question, str):
        raise InputError("cli.batch_no_question")
    name = record.get("id", str(number))
    if isinstance(name, bool) or not isinstance(name, str | int):
        raise InputError("cli.batch_bad_id")
    history = tuple(_turns(record.get("history") or []))
    return Asked(name, well_formed(question), history, record)


def _turns(history: Any) -> Iterator[Turn]:  # noqa: ANN401 - any JSON value
    if not isinstance(history, list):
        raise InputError("cli.batch_bad_history")
    for turn in history:
        match turn:
            case {"question": str(question), "answer": str(answer)}:
                yield Turn(well_formed(question), well_formed(answer))
            case _:
                raise InputError("cli.batch_bad_history")
