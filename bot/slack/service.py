"""The bot put together, started, and brought to an end."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

from slack_bolt import App

from bot.log import log_bug
from bot.slack.access import Access
from bot.slack.adding import Adding
from bot.slack.additions import Additions
from bot.slack.answering import Answering, Desk
from bot.slack.commands import Commands
from bot.slack.crew import Crew
from bot.slack.deliveries import Deliveries
from bot.slack.desk import FrontDesk, Rooms
from bot.slack.feedback import Feedback
from bot.slack.indexing import Indexing
from bot.slack.instances import Instance
from bot.slack.intake import Intake
from bot.slack.jobs import Jobs
from bot.slack.keeper import Keeper
from bot.slack.ledger import Ledger
from bot.slack.listeners import listen
from bot.slack.people import People
from bot.slack.scopes import Scopes
from bot.slack.shelf import Shelf
from bot.slack.streams import Streams
from bot.slack.threads import Me, Threads
from bot.slack.transports import HttpTransport, SocketTransport, Transport
from bot.slack.web import Calls, Lost, Refused, web_client
from retrieval.errors import SettingsError

if TYPE_CHECKING:
    from bot.opening import Opening
    from bot.settings import Settings

log = logging.getLogger(__name__)

# How long the end waits for answers that are under way.
STOP_SECONDS = 60.0
# Indexing goes one at a time; those who wait have said so to the person meanwhile.
_ADDERS = 4
_KEEPER_SECONDS = 5.0


def required(settings: Settings) -> None:
    """Raise SettingsError for the first token that is missing."""
    if not settings.slack_bot_token.get_secret_value():
        raise SettingsError("slack.no_bot_token")
    if settings.slack_transport == "socket" and not settings.slack_app_token.get_secret_value():
        raise SettingsError("slack.no_app_token")
    if settings.slack_transport == "http" and not settings.slack_signing_secret.get_secret_value():
        raise SettingsError("slack.no_signing_secret")


def who_am_i(calls: Calls, settings: Settings) -> Me:
    """The bot as Slack knows it. Raises SettingsError when Slack won't say."""
    try:
        found = calls.patiently("auth.test", calls.client.auth_test)
    except Refused as error:
        raise SettingsError(
            "slack.bad_token", name="KIJI_SLACK_BOT_TOKEN", code=error.code
        ) from error
    except Lost as error:
        raise SettingsError("slack.unreachable", url=settings.slack_api_url) from error
    return Me(user=str(found["user_id"]), bot=str(found["bot_id"]), team=str(found["team_id"]))


class Service:
    """One instance of the bot. Raises KijiError for what stands in its way."""

    def __init__(self, opening: Opening) -> None:
        settings = opening.settings
        required(settings)
        self._calls = Calls(
            web_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
        )
        self.me = who_am_i(self._calls, settings)
        self._ledger = Ledger(settings.store)
        self._instance = Instance(settings.store)
        self._stopping = False

        scopes = Scopes(self._ledger)
        access = Access.of(settings)
        self.shelf = Shelf(opening, scopes)
        self.deliveries = Deliveries(self._ledger)
        self.jobs = Jobs(self._ledger, self._instance)
        self.additions = Additions(self._ledger, self._instance)
        self.feedback = Feedback(self._ledger)
        threads = Threads(self._calls, self.deliveries, self.jobs, self.feedback, self.me)
        people = People(self._calls, settings.language)
        answering = Answering(
            Desk(
                settings=settings,
                calls=self._calls,
                jobs=self.jobs,
                streams=Streams(self._ledger),
                feedback=self.feedback,
                threads=threads,
                people=people,
                shelf=self.shelf,
                me=self.me,
            )
        )
        self.crew = Crew(self.jobs, answering.run, settings.slack_workers, "answers")
        adding = Adding(opening, self.shelf, scopes, self._calls)
        indexing = Indexing(self.additions, adding, self._calls, people, threads, self.me)
        self.adders = Crew(self.additions, indexing.run, _ADDERS, "additions")
        self._keeper = Keeper(
            self._ledger,
            self._instance,
            [self.crew, self.adders],
            settings.slack_retention_days,
        )
        commands = Commands(settings, access, self.shelf, scopes, self.feedback, adding, people)
        self._desk = FrontDesk(
            Rooms(
                settings=settings,
                access=access,
                calls=self._calls,
                shelf=self.shelf,
                feedback=self.feedback,
                commands=commands,
                people=people,
            )
        )
        intake = Intake(
            self.deliveries,
            self.additions,
            access,
            self.me,
            answer=self.crew.wake,
            add=self.adders.wake,
            refuse=self._desk.refuse,
        )
        app = App(
            client=self._calls.client,
            signing_secret=settings.slack_signing_secret.get_secret_value(),
            logger=logging.getLogger("kiji.slack"),
            name="kiji",
        )
        listen(app, intake, self._desk, self._calls)
        self.transport: Transport
        if settings.slack_transport == "http":
            self.transport = HttpTransport(
                app, settings.slack_host, settings.slack_port, self.ready
            )
        else:
            self.transport = SocketTransport(app, settings.slack_app_token.get_secret_value())

    def ready(self) -> bool:
        """Whether a question that comes now is answered without delay."""
        return self.shelf.warm and not self._stopping and self.transport.connected()

    def start(self) -> None:
        """Connect, take up what was left, and load the models meanwhile."""
        threading.Thread(target=self._warm_up, name="kiji-slack-warm-up", daemon=True).start()
        self._keeper.start()
        self.crew.start()
        self.adders.start()
        self.transport.start()

    def _warm_up(self) -> None:
        try:
            self.shelf.warm_up()
        except Exception as error:  # noqa: BLE001 - each question will meet it again, and say so
            log_bug(error)

    def stop(self, seconds: float = STOP_SECONDS) -> bool:
        """Take in nothing new, end what is under way, close; whether nothing is left to do.

        What is left waits in the record for the next start, or for another instance.
        """
        self._stopping = True
        end = time.monotonic() + seconds
        self.transport.stop()
        crews = (self.crew, self.adders)
        for crew in crews:
            crew.take_no_more()
        late = [crew for crew in crews if not crew.stop(max(end - time.monotonic(), 0))]
        self._keeper.stop(_KEEPER_SECONDS)
        self._desk.close()
        if late:
            # To let go of our name would have an heir take up what these still work on, and
            # both would answer. The process ends soon, and lets go of everything.
            return False
        done = self.jobs.to_do() == 0 and self.additions.to_do() == 0
        self.shelf.close()
        self._ledger.close()
        self._instance.close()
        return done
