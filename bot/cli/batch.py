"""Questions as JSON lines: `{"id", "question", "history": [{"question", "answer"}]}`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from bot.cli.app import App
from bot.cli.streams import notice
from bot.terminal.trouble import sentence
from bot.terminal.visible import well_formed
from bot.values import Turn
from retrieval.errors import InputError


@dataclass(frozen=True, slots=True)
class Asked:
    """One line's question; `id` is as the line gives it, or the line's number.

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


def each(app: App, path: str, answer: Callable[[Asked], None]) -> int:
    """Have every line of a file (`-`: standard input) answered; gives the exit status.

    A line that can't be used is told on stderr by its number, and the lines after
    it are still answered: status 1 says that some are missing.
    """
    failed = 0
    with _opened(path) as lines:
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
