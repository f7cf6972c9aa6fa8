"""The standard streams of a command: UTF-8 whatever the locale, results on stdout."""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def force_utf8() -> None:
    """Make the standard streams speak UTF-8, whatever the locale (LANG=C, a pipe on Windows).

    What is not UTF-8 on the way in becomes U+FFFD; a lone surrogate on the way out
    is escaped, which is also how JSON writes it. Nothing raises.
    """
    for stream, errors in (
        (sys.stdin, "replace"),
        (sys.stdout, "backslashreplace"),
        (sys.stderr, "backslashreplace"),
    ):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors=errors)


def write(text: str) -> None:
    """One line (or several) of results, flushed, so that a reader in a pipe sees it now."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def write_json(record: dict[str, Any]) -> None:
    """One JSON object on one line."""
    write(json.dumps(record, ensure_ascii=False))


def notice(text: str) -> None:
    """One line for the person, beside the results."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def mute() -> None:
    """Nobody reads stdout any more: let what is still buffered go nowhere, without complaint."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 - a device
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
