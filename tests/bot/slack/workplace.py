"""A bot at work in a fake workspace, with the real embedded engine behind it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.opening import Opening
from bot.settings import Settings
from bot.slack.service import Service
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.messages import APP_TOKEN, BOT_TOKEN, BOT_USER, SECRET, shown


def settings(slack: FakeSlack, store: Path, **more: str) -> Settings:
    return Settings.load(
        {
            "KIJI_STORE": str(store),
            "KIJI_TIMEZONE": "Asia/Tokyo",
            "KIJI_SLACK_BOT_TOKEN": BOT_TOKEN,
            "KIJI_SLACK_APP_TOKEN": APP_TOKEN,
            "KIJI_SLACK_SIGNING_SECRET": SECRET,
            "KIJI_SLACK_API_URL": slack.api_url,
            "KIJI_SLACK_WORKERS": "4",
            **more,
        }
    )


class SharedOpening(Opening):
    """The real thing; its models are those that the test session has loaded already."""

    def __init__(self, made: Settings, models: Any) -> None:
        super().__init__(made)
        self._models = models

    def library(self):
        from retrieval.store import Library

        return Library.open(self.settings.store_options(), self._models.library.embedder)

    def kiji(self, library):
        from bot.chain import Kiji

        return Kiji(library, self._models.engine, self.settings.passages)


class Workplace:
    """A fake Slack with a bot in it. `channel` and `person` are there to be used."""

    def __init__(self, slack: FakeSlack, store: Path, models: Any) -> None:
        self.slack = slack
        self.store = store
        self.models = models
        self.person = slack.person("mika")
        self.other = slack.person("omar", "en-US")
        self.channel = slack.new_channel(self.person, self.other)
        self.more: dict[str, str] = {}

    def service(self, **more: str) -> Service:
        made = settings(self.slack, self.store, **self.more, **more)
        return Service(SharedOpening(made, self.models))

    @contextmanager
    def bot(self, **more: str) -> Iterator[Service]:
        service = self.service(**more)
        service.start()
        try:
            if service.transport.__class__.__name__ == "HttpTransport":
                self.slack.deliveries.http = (
                    f"http://127.0.0.1:{service.transport.port}/slack/events"
                )
            else:
                wait(lambda: self.slack.deliveries.sockets, "a socket")
            yield service
        finally:
            service.stop(20)
            self.slack.deliveries.http = None

    def answers(self, channel: str, thread: str) -> list[dict[str, Any]]:
        """What the bot said in a thread, in order."""
        return [
            message
            for message in self.slack.memory.thread(channel, thread)
            if message.get("user") == BOT_USER and message["ts"] != thread
        ]

    def settle(self, service: Service) -> None:
        """Wait until everything that came in is done with."""
        wait(
            lambda: (
                all(d.done.is_set() for d in self.slack.deliveries.log)
                and service.jobs.to_do() == 0
                and service.additions.to_do() == 0
            ),
            "quiet",
            20,
        )

    def answer(self, channel: str, thread: str, count: int = 1) -> dict[str, Any]:
        """The newest of `count` answers in a thread, once it is whole."""
        wait(
            lambda: (
                len(self.answers(channel, thread)) >= count
                and all("metadata" in m for m in self.answers(channel, thread))
            ),
            f"{count} answer(s)",
        )
        found = self.answers(channel, thread)
        assert len(found) == count, [shown(m) for m in found]
        return found[-1]

    def ask(self, words: str, thread: str | None = None, channel: str | None = None) -> str:
        """Mention the bot and wait for the answer; gives its text as a person sees it."""
        channel = channel or self.channel
        before = len(self.answers(channel, thread)) if thread else 0
        ts = self.slack.mention(channel, self.person, words, thread)
        return shown(self.answer(channel, thread or ts, before + 1))


def wait(condition: Callable[[], Any], what: str, seconds: float = 15.0) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.01)
    raise AssertionError(f"{what}: did not come in {seconds} s")
