"""`/kiji …`: each command gives the words to answer with; slow ones go on in the background."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.slack import escape
from bot.slack.access import Access
from bot.slack.adding import Adding, is_url
from bot.slack.answering import TimedOut, worded
from bot.slack.blocks import Message, answer_message, shortened
from bot.slack.feedback import Feedback
from bot.slack.people import People
from bot.slack.pump import Pump
from bot.slack.scopes import Binding, Scopes, place_of
from bot.slack.shelf import Shelf
from bot.slack.trouble import sentence
from bot.values import AnswerEvent
from prompts.catalogue import say
from retrieval.errors import InputError
from retrieval.values import Language

if TYPE_CHECKING:
    from bot.settings import Settings
    from retrieval.store import ArticleInfo

_MOST_LISTED = 40
# How often a running answer looks at the clock.
_LOOK_SECONDS = 0.3
# In the words of a command Slack sends links as they were typed, or in angle brackets.
_BRACKETS = "<>"


@dataclass(frozen=True, slots=True)
class Said:
    """A command as it was typed, by whom and where."""

    text: str
    channel: str
    person: str

    @property
    def place(self) -> str:
        """The place that it is about."""
        return place_of(self.channel, self.person)

    @property
    def name(self) -> str:
        """The command's own name; empty where nothing was typed."""
        return self.text.strip().partition(" ")[0].lower()

    @property
    def rest(self) -> str:
        """What was typed after the name."""
        return self.text.strip().partition(" ")[2].strip()

    @property
    def url_to_add(self) -> str:
        """The address that is to be read in; empty where that is not what it says."""
        url = self.rest.strip(_BRACKETS).partition("|")[0]
        return url if self.name == "add" and is_url(url) else ""


# Says something to the person alone.
Tell = Callable[[Message], None]


class Commands:
    """Runs a command, in a thread that may take its time."""

    def __init__(
        self,
        settings: Settings,
        access: Access,
        shelf: Shelf,
        scopes: Scopes,
        feedback: Feedback,
        adding: Adding,
        people: People,
    ) -> None:
        self._settings = settings
        self._access = access
        self._shelf = shelf
        self._scopes = scopes
        self._feedback = feedback
        self._adding = adding
        self._people = people

    def run(self, said: Said, tell: Tell) -> None:
        """Do what was typed; what comes of it is told."""
        language = self._people.language(said.person)
        rest = said.rest
        try:
            match said.name:
                case "ask" if rest:
                    tell(self._ask(said, rest))
                case "articles":
                    tell(_words(self._list(said, language)))
                case "add":
                    # One that can be read in is in the record by now, and not here.
                    tell(_words(say(language, "slack.add_needs_url")))
                case "remove":
                    tell(_words(self._remove(said, rest, language)))
                case "use":
                    tell(_words(self._use(said, rest, language)))
                case "share":
                    tell(_words(self._share(said, rest, language)))
                case "forget":
                    count = self._feedback.forget(said.person)
                    tell(_words(say(language, "slack.forgotten", count=count)))
                case "" | "help":
                    tell(_words(say(language, "slack.help")))
                case _:
                    shown = escape.mrkdwn(shortened(said.name, 40))
                    unknown = say(language, "slack.unknown_command", name=shown)
                    tell(_words(unknown + "\n" + say(language, "slack.help")))
        except Exception as error:  # noqa: BLE001 - whatever it is, the person is told
            tell(_words(sentence(error, language)))

    # --- each of them

    def _ask(self, said: Said, question: str) -> Message:
        kiji, scope = self._shelf.asked_from(said.channel, said.person)
        pump = Pump(kiji.answer(question, (), scope, self._settings.now()))
        seconds = self._settings.slack_answer_timeout
        end = time.monotonic() + seconds
        try:
            while time.monotonic() < end:
                event = pump.next(_LOOK_SECONDS)
                if isinstance(event, AnswerEvent):
                    answer = worded(event.answer, scope)
                    return answer_message(answer, asked=question, votes=False)
                if not self._shelf.warm:
                    # Loading the models is nobody's slow answer.
                    end = time.monotonic() + seconds
        finally:
            pump.leave()
        raise TimedOut(seconds)

    def _list(self, said: Said, language: Language) -> str:
        infos = self._shelf.seen_from(said.place)
        if not infos:
            return say(language, "slack.no_articles")
        binding = self._scopes.binding(said.place)
        lines = [say(language, "slack.articles", count=len(infos))]
        for number, info in enumerate(infos[:_MOST_LISTED], 1):
            used = binding.articles is None or info.id in binding.articles
            mark = "" if used else say(language, "slack.not_used")
            lines.append(f"{number}. {_title(info)}{mark}")
        if len(infos) > _MOST_LISTED:
            lines.append(say(language, "slack.more_articles", count=len(infos) - _MOST_LISTED))
        if binding.collection:
            lines.append(
                say(language, "slack.uses_collection", name=escape.mrkdwn(binding.collection))
            )
        return "\n".join(lines)

    def _remove(self, said: Said, which: str, language: Language) -> str:
        info = self._one(said, which)
        own = self._scopes.added_in(said.place)
        if info.id not in own:
            return say(language, "slack.not_yours", title=_title(info))
        self._adding.remove(info.id)
        return say(language, "slack.removed", title=_title(info))

    def _share(self, said: Said, which: str, language: Language) -> str:
        if not self._access.is_admin(said.person):
            return say(language, "slack.admins_only")
        info = self._one(said, which)
        self._scopes.share(info.id)
        return say(language, "slack.shared", title=_title(info))

    def _use(self, said: Said, which: str, language: Language) -> str:
        first, _, rest = which.partition(" ")
        if first.lower() == "collection" and rest.strip():
            if not self._access.is_admin(said.person):
                return say(language, "slack.admins_only")
            name = rest.strip()
            if name not in self._shelf.collections():
                raise InputError(
                    "store.unknown_collection",
                    collection=name,
                    known=", ".join(self._shelf.collections()) or "-",
                )
            self._scopes.bind(said.place, Binding(collection=name))
            return say(language, "slack.uses_collection", name=escape.mrkdwn(name))
        if not which:
            return self._list(said, language)
        if which.lower() in ("all", "すべて", "全部"):
            self._scopes.bind(said.place, Binding())
            return say(language, "slack.uses_all")
        infos = [self._one(said, part) for part in which.replace(",", " ").split()]
        self._scopes.bind(said.place, Binding(frozenset(info.id for info in infos)))
        titles = "\n".join(f"• {_title(info)}" for info in infos)
        return say(language, "slack.uses", count=len(infos)) + "\n" + titles

    def _one(self, said: Said, which: str) -> ArticleInfo:
        """An article by its number in the list, or its id; only of those that are seen here."""
        infos = self._shelf.seen_from(said.place)
        which = which.strip().strip(_BRACKETS)
        if which.isascii() and which.isdigit() and 1 <= int(which) <= len(infos):
            return infos[int(which) - 1]
        for info in infos:
            if which and info.id == which:
                return info
        raise InputError("slack.no_such_article", which=which or "—")


def _words(words: str) -> Message:
    return Message(words, (), words)


def _title(info: ArticleInfo) -> str:
    title = escape.mrkdwn(shortened(escape.one_line(info.title), 120))
    return f"{title} {info.date}" if info.date else title
