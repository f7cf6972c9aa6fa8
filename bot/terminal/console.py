"""The two streams as rich consoles: results on stdout, notices and progress on stderr."""

from __future__ import annotations

import shutil
from typing import TextIO

from rich.console import Console
from rich.text import Text


class _Console(Console):
    def on_broken_pipe(self) -> None:
        # Rich would end the process with status 1; who reads less than all does no wrong.
        raise BrokenPipeError


def console(stream: TextIO) -> Console:
    """A console on a stream that interprets nothing in what it prints.

    Colours follow the terminal, NO_COLOR and FORCE_COLOR.
    """
    return _Console(file=stream, markup=False, emoji=False, highlight=False, soft_wrap=True)


def plain_console(stream: TextIO) -> Console:
    """A console without colour and folding, even on a terminal."""
    return _Console(
        file=stream,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=True,
        force_terminal=False,
        color_system=None,
    )


def width(output: Console) -> int | None:
    """The cells of a line of a terminal; None where lines are not to be folded (a pipe)."""
    if not output.is_terminal:
        return None
    # Rich takes a dumb terminal to be 80 wide without looking.
    return shutil.get_terminal_size().columns if output.is_dumb_terminal else output.width


def put(output: Console, text: Text | str) -> None:
    """Print text that is already folded and safe to show, and flush it."""
    output.print(text if isinstance(text, Text) else Text(text))
    output.file.flush()
