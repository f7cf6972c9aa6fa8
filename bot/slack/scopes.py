"""Which article may be seen where.

A place is a channel (its id) or, for direct messages, the person (their id). What
is added in a place has an id that begins with it, so that the same page added in
two places is two articles and neither can change the other. Seen from a place
are: what was added there, what an admin has shared, and what the operator
indexed with `kiji index`. An id that looks like Slack's and is not known here is
seen from nowhere.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass

from bot.slack.ledger import Ledger

_PREFIX = "slack:"


def place_of(channel: str, person: str) -> str:
    """The place of what is said in a channel by a person."""
    return person if channel.startswith("D") else channel


def article_id(place: str, original: str) -> str:
    """The library's id for an article that was added in a place."""
    return f"{_PREFIX}{place}:{original}"


@dataclass(frozen=True, slots=True)
class Binding:
    """What a place asks: some articles (ids), or another collection; None: what it can see."""

    articles: frozenset[str] | None = None
    collection: str | None = None


class Scopes:
    """Who may see what. Raises StoreError."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def grant(self, article: str, place: str, person: str) -> None:
        """Note where an article is added; to be done before it can be found."""
        with self._ledger.write() as db:
            db.execute(
                "INSERT OR IGNORE INTO grants (article, place, person, at) VALUES (?, ?, ?, ?)",
                (article, place, person, time.time()),
            )

    def share(self, article: str) -> bool:
        """Let an article be seen everywhere; False when it was not added through Slack."""
        with self._ledger.write() as db:
            cursor = db.execute("UPDATE grants SET shared = 1 WHERE article = ?", (article,))
        return cursor.rowcount == 1

    def revoke(self, article: str) -> None:
        """Forget an article; to be done after it can no longer be found."""
        with self._ledger.write() as db:
            db.execute("DELETE FROM grants WHERE article = ?", (article,))

    def added_in(self, place: str) -> set[str]:
        """The articles that were added in a place."""
        with self._ledger.read() as db:
            rows = db.execute("SELECT article FROM grants WHERE place = ?", (place,)).fetchall()
        return {row["article"] for row in rows}

    def visible(self, place: str, articles: Iterable[str]) -> frozenset[str]:
        """Those of the library's articles (ids) that are seen from a place."""
        with self._ledger.read() as db:
            rows = db.execute(
                "SELECT article FROM grants WHERE place = ? OR shared = 1", (place,)
            ).fetchall()
        granted = {row["article"] for row in rows}
        return frozenset(
            article for article in articles if article in granted or not article.startswith(_PREFIX)
        )

    def bind(self, place: str, binding: Binding) -> None:
        """Say what a place asks from now on."""
        articles = None if binding.articles is None else json.dumps(sorted(binding.articles))
        with self._ledger.write() as db:
            db.execute(
                "INSERT OR REPLACE INTO bindings VALUES (?, ?, ?)",
                (place, articles, binding.collection),
            )

    def binding(self, place: str) -> Binding:
        """What a place asks."""
        with self._ledger.read() as db:
            row = db.execute("SELECT * FROM bindings WHERE place = ?", (place,)).fetchone()
        if row is None:
            return Binding()
        articles = row["articles"]
        return Binding(
            None if articles is None else frozenset(json.loads(articles)), row["collection"]
        )
