"""The log file: where the trace of a bug goes, and what the core notes about its work."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Collection
from logging.handlers import RotatingFileHandler
from pathlib import Path

from bot.redact import redacted

NAME = "kiji.log"
MEGABYTE = 1_000_000

log = logging.getLogger("kiji")


class Formatter(logging.Formatter):
    """Hides keys and tokens, in traces too."""

    def __init__(self, secrets: Collection[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """The record's line, and its trace, without secrets."""
        return redacted(super().format(record), self._secrets)


def start_log(folder: Path, level: str, secrets: Collection[str] = ()) -> None:
    """Send the records of bot, retrieval and kiji to `folder/kiji.log` (3 files of 1 MB).

    The file is made when the first record is written. Calling it again moves the log.
    `secrets` never reach it.
    """
    handler = RotatingFileHandler(
        folder / NAME, maxBytes=MEGABYTE, backupCount=2, encoding="utf-8", delay=True
    )
    handler.setFormatter(Formatter(secrets))
    for name in ("bot", "retrieval", "kiji"):
        logger = logging.getLogger(name)
        for old in logger.handlers:
            old.close()
        logger.handlers = [handler]
        logger.setLevel(level.upper())
        # A library that configures the root logger must not print our records on the terminal.
        logger.propagate = False
    # A log that can't be written must not print a trace over an answer.
    logging.raiseExceptions = False


def log_bug(error: BaseException) -> str:
    """Write an unexpected error with its trace to the log; gives the id told to the person."""
    bug = secrets.token_hex(4)
    for handler in log.handlers:
        if isinstance(handler, RotatingFileHandler):
            Path(handler.baseFilename).parent.mkdir(parents=True, exist_ok=True)
    log.error("bug %s", bug, exc_info=error)
    return bug
