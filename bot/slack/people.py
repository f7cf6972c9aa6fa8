"""What Slack knows of people: what they are called, and which language they use it in."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from bot.slack.web import Calls, Lost, Refused
from retrieval.values import Language

_KEPT = 5_000


@dataclass(frozen=True, slots=True)
class Person:
    """A person's display name and language."""

    name: str
    language: Language


class People:
    """Asks `users.info`, once for each person. `fallback` is the language when Slack won't say."""

    def __init__(self, calls: Calls, fallback: Language) -> None:
        self._calls = calls
        self._fallback = fallback
        self._known: OrderedDict[str, Person] = OrderedDict()
        self._lock = threading.Lock()

    def name(self, user: str) -> str:
        """What somebody is called; empty when that can't be found out."""
        return self._person(user).name

    def language(self, user: str) -> Language:
        """The language that somebody reads Slack in."""
        return self._person(user).language

    def _person(self, user: str) -> Person:
        with self._lock:
            if user in self._known:
                return self._known[user]
        try:
            response = self._calls.once(
                "users.info",
                lambda: self._calls.client.users_info(user=user, include_locale=True),
            )
        except (Refused, Lost):
            return Person("", self._fallback)
        found = response.get("user") or {}
        profile = found.get("profile") or {}
        locale = str(found.get("locale") or "")
        language = Language.JA if locale.startswith("ja") else Language.EN
        person = Person(
            str(profile.get("display_name") or found.get("real_name") or ""),
            language if locale else self._fallback,
        )
        with self._lock:
            self._known[user] = person
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return person
