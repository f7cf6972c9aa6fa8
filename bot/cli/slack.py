"""`kiji slack`, `kiji slack --check` and `kiji feedback export`."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from contextlib import closing
from typing import TYPE_CHECKING

from bot import telemetry
from bot.cli.app import App
from bot.cli.streams import notice, write, write_json
from bot.terminal.visible import one_line

if TYPE_CHECKING:
    from bot.opening import Opening


def slack(app: App, check: bool, store: str | None, collection: str | None) -> int:
    """Run the bot until it is told to stop, or look at what it needs."""
    opening = app.opening(store, collection)
    if check:
        return _check(app, opening)
    from bot.slack.service import Service

    _log_slack_too()
    over = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: over.set())
    service = Service(opening)
    service.start()
    transport = opening.settings.slack_transport
    notice(app.say("slack.running", name=service.me.user, transport=transport))
    if told := opening.model_notice():
        notice(told)
    over.wait()
    notice(app.say("slack.stopping"))
    if not service.stop():
        notice(app.say("slack.unfinished"))
    # Tearing the interpreter down takes seconds with torch in it, and waits for threads that
    # a model may hold. Nothing is lost: the record is whole at every moment.
    telemetry.finish()
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _log_slack_too() -> None:
    """Let the SDK's warnings go to kiji's log, not to the terminal."""
    for name in ("slack_sdk", "slack_bolt"):
        logger = logging.getLogger(name)
        logger.handlers = list(logging.getLogger("kiji").handlers)
        logger.setLevel(logging.WARNING)
        logger.propagate = False


def _check(app: App, opening: Opening) -> int:
    from bot.slack.check import check

    _log_slack_too()
    well = True
    for finding in check(opening.settings, opening.sample()[0], app.language):
        well = well and finding.well
        mark = app.say("slack.check.ok" if finding.well else "slack.check.wrong")
        write(f"[{mark}] {app.say(f'slack.check.{finding.name}')}: {one_line(finding.found)}")
    write(app.say("slack.check.all_well" if well else "slack.check.something_wrong"))
    return 0 if well else 1


def export(app: App, bad: bool, store: str | None, collection: str | None) -> int:
    """Print the answers that people liked (or did not), one JSON object a line."""
    opening = app.opening(store, collection)
    from bot.slack.feedback import Feedback
    from bot.slack.ledger import Ledger

    count = 0
    with closing(Ledger(opening.settings.store)) as ledger:
        for case in Feedback(ledger).export(liked=not bad):
            write_json(case)
            count += 1
    notice(app.say("slack.exported", count=count))
    return 0
