"""The measurements, one command each: `python -m tests.bench COMMAND FOLDER …`."""

from __future__ import annotations

import sys

from tests.bench import answers, calibrate, english, recall, side_by_side

COMMANDS = {
    "answers": answers.main,
    "calibrate": calibrate.main,
    "english": english.main,
    "recall": recall.main,
    "side_by_side": side_by_side.main,
}


def main() -> None:
    """Run the command that is named."""
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        sys.exit(f"usage: python -m tests.bench {{{','.join(COMMANDS)}}} FOLDER …")
    COMMANDS[sys.argv[1]](sys.argv[2:])


main()
