"""`kiji`: reads the environment once, runs a command, and turns errors into one sentence.

Exit status: 0 answered or refused, 1 an error that a person can mend (or a bug,
logged with its trace), 2 wrong usage, 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

import click

from bot.cli.app import App
from bot.cli.help import misuse
from bot.cli.streams import force_utf8, mute, notice
from bot.cli.tree import Gone, Stopped, tree

STOPPED = 130  # 128 + SIGINT, as shells count


def run(arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run one command line; gives the exit status."""
    app = App(environ)
    group = tree(app.language)
    if not arguments:
        with click.Context(group, info_name="kiji") as context:
            notice(group.get_help(context))
        return 2
    try:
        status = group.main(list(arguments), "kiji", standalone_mode=False, obj=app)
    except click.UsageError as error:
        notice(misuse(error, app.language))
        return 2
    except (Stopped, click.Abort, KeyboardInterrupt):
        # A terminal has just echoed ^C where the cursor stood.
        notice(("\n" if sys.stderr.isatty() else "") + app.say("cli.stopped"))
        return STOPPED
    except Gone:
        mute()
        return 0
    except Exception as error:  # noqa: BLE001 - the last net: a person sees a sentence, the log the trace
        from bot.terminal.trouble import sentence

        notice(sentence(error, app.language))
        return 1
    return int(status or 0)


def main() -> None:
    """The command `kiji`."""
    force_utf8()
    sys.exit(run(sys.argv[1:], os.environ))
