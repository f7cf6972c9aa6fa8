"""A bot that dies in the middle of something, and is found by another."""

from __future__ import annotations

import threading
from typing import Any

from bot.slack.service import Service
from tests.bot.slack.workplace import wait


class Life:
    """A bot that dies, as `kill -9` would have it: without a last word, its lock let go."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.dead = threading.Event()
        service.start()

    def die(self, *_: Any, **__: Any) -> None:
        self.dead.set()
        raise SystemExit  # ends the worker's thread, and nothing else notices

    def bury(self) -> None:
        wait(self.dead.is_set, "death")
        self.service.transport.stop()
        for crew in (self.service.crew, self.service.adders):
            crew.take_no_more()
        self.service._keeper.stop(20)
        self.service._instance._lock.release()
