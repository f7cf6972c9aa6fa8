"""Articles from Slack: a page, a file, or a message, read into the library of its place."""

from __future__ import annotations

import re
import tempfile
import threading
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.slack.scopes import Scopes, article_id
from bot.slack.shelf import Shelf
from bot.slack.web import Calls, Limited, Refused
from retrieval.errors import LoadError
from retrieval.values import Article

if TYPE_CHECKING:
    from bot.opening import Opening
    from retrieval.store.reports import IndexProgress

# A page may be a JSONL file; so many of its articles are taken.
MOST_ARTICLES = 200
_URL = re.compile(r"https?://[^\s<>|]+\Z", re.IGNORECASE)
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")
_BLOCK = 65_536


@dataclass(frozen=True, slots=True)
class Added:
    """What was added; `titles` of the articles, `passages` over all of them."""

    titles: tuple[str, ...]
    passages: int
    unchanged: bool


def is_url(text: str) -> bool:
    """Whether a text is one http(s) address: nothing else may be read for somebody in Slack."""
    return bool(_URL.match(text))


class Adding:
    """Reads articles in. Raises KijiError; Limited and Lost where Slack is asked."""

    def __init__(self, opening: Opening, shelf: Shelf, scopes: Scopes, calls: Calls) -> None:
        self._opening = opening
        self._shelf = shelf
        self._scopes = scopes
        self._calls = calls
        # One at a time in a process: embedding takes the processor that answers need, too.
        self._one = threading.Lock()

    def page(
        self, url: str, place: str, person: str, progress: Callable[[int], None] | None = None
    ) -> Added:
        """Add what an http(s) address leads to. `progress` is given passages embedded."""
        if not is_url(url):
            raise LoadError("slack.not_a_url", source=url)
        return self._index(self._opening.articles(url), place, person, progress)

    def file(
        self, file: str, place: str, person: str, progress: Callable[[int], None] | None = None
    ) -> Added:
        """Add a file that was dropped in Slack, by its id."""
        try:
            response = self._calls.patiently(
                "files.info", lambda: self._calls.client.files_info(file=file)
            )
        except Limited:
            raise
        except Refused as error:
            raise LoadError("slack.file_refused", name=file) from error
        info: dict[str, Any] = response.get("file") or {}
        name = str(info.get("name") or file)
        limit = self._opening.settings.load_limits().max_bytes
        if int(info.get("size") or 0) > limit:
            raise LoadError("slack.file_too_large", name=name, limit=limit // 1_000_000)
        with tempfile.TemporaryDirectory() as folder:
            ending = _ENDING.search(name)
            path = Path(folder) / f"file{ending[0] if ending else ''}"
            self._download(str(info.get("url_private_download") or ""), name, path, limit)
            articles = (
                replace(
                    article,
                    id=article.id.replace(str(path), f"{file}/{name}"),
                    source=name,
                    title=name if article.title == path.stem else article.title,
                )
                for article in self._opening.articles(str(path))
            )
            return self._index(articles, place, person, progress)

    def message(self, words: str, ts: str, link: str, place: str, person: str) -> Added:
        """Add a message's words; its day is that of the message."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "message.txt"
            path.write_text(words, "utf-8")
            day = datetime.fromtimestamp(float(ts), UTC)
            zone = self._opening.settings.zone()
            dated = day.astimezone(zone).date().isoformat()
            articles = (
                replace(article, id=f"message/{ts}", source=link, date=dated, date_inferred=False)
                for article in self._opening.articles(str(path))
            )
            return self._index(articles, place, person, None)

    def remove(self, article: str) -> None:
        """Take an article out of the library and out of every place."""
        self._shelf.library.remove(article)
        self._scopes.revoke(article)

    def _download(self, url: str, name: str, path: Path, limit: int) -> None:
        """Fetch a file with the bot's token, which goes to Slack and to nobody else."""
        target, own = urlsplit(url), urlsplit(self._calls.client.base_url)
        slack = target.scheme == "https" and (target.hostname or "").endswith(".slack.com")
        if not slack and (target.scheme, target.netloc) != (own.scheme, own.netloc):
            raise LoadError("slack.file_elsewhere", name=name)
        request = urllib.request.Request(  # noqa: S310 - the scheme and host were looked at
            url, headers={"Authorization": f"Bearer {self._calls.client.token}"}
        )
        seconds = self._opening.settings.fetch_timeout
        opener = urllib.request.build_opener(_NoRedirect)
        try:
            with opener.open(request, timeout=seconds) as response, path.open("wb") as out:
                kind = response.headers.get_content_type()
                if kind == "text/html" and path.suffix.lower() not in (".html", ".htm"):
                    # Slack's page to sign in on, where the scope files:read is missing.
                    raise LoadError("slack.file_refused", name=name)
                size = 0
                while block := response.read(_BLOCK):
                    size += len(block)
                    if size > limit:
                        raise LoadError("slack.file_too_large", name=name, limit=limit // 1_000_000)
                    out.write(block)
        except OSError as error:
            raise LoadError("slack.file_refused", name=name) from error

    def _index(
        self,
        articles: Iterable[Article],
        place: str,
        person: str,
        progress: Callable[[int], None] | None,
    ) -> Added:
        titles: list[str] = []

        def placed() -> Iterator[Article]:
            for number, article in enumerate(articles):
                if number == MOST_ARTICLES:
                    break
                own = replace(article, id=article_id(place, article.id))
                # Before it can be found, not after: between the two it would be everybody's.
                self._scopes.grant(own.id, place, person)
                titles.append(own.title)
                yield own

        def told(step: IndexProgress) -> None:
            if progress is not None:
                progress(step.passages)

        with self._one:
            report = self._shelf.library.index(placed(), told)
        return Added(tuple(titles), report.passages, not (report.added or report.replaced))


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: it could lead the token elsewhere."""

    def redirect_request(self, *_: Any) -> None:  # noqa: ANN401 - urllib's own signature
        """Nowhere."""
