"""`kiji chat`: at a terminal or over a pipe."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from bot import telemetry
from bot.terminal.console import console, plain_console
from bot.terminal.desk import Desk
from bot.terminal.preparation import Preparation, prepare
from bot.terminal.visible import well_formed

if TYPE_CHECKING:
    from bot.opening import Opening


def chat(opening: Opening, paths: Sequence[str], *, resume: bool) -> int:
    """Hold a chat; gives the exit status, or at a terminal ends the process with it.

    Raises KijiError for what stands in its way.

    `paths` are indexed first and only they are asked; `resume` goes on with the
    collection's last talk.
    """
    # Found out before the prompt: a name that leads nowhere is no reason to start talking.
    for path in paths:
        if "://" not in path:
            next(opening.articles(path), None)
    desk = Desk(opening.settings, resume=resume)
    try:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            from bot.terminal.pipe import Pipe

            pipe = Pipe(desk, opening, paths, plain_console(sys.stdout), console(sys.stderr))
            return pipe.run(map(well_formed, sys.stdin))

        from bot.terminal.repl import Repl

        preparation = Preparation(partial(prepare, opening, paths))
        Repl(desk, opening, preparation, console(sys.stdout), console(sys.stderr)).run()
    finally:
        desk.close()
    if preparation.done is not None:
        preparation.done.library.close()
    # Tearing the interpreter down takes seconds with torch in it, and crashes while a thread
    # still imports it. Nothing is lost: talks are closed, and an index is whole at every moment.
    telemetry.finish()
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
