"""`kiji slack --check`: what is missing for the bot to work, by name."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from slack_sdk.models.blocks import Block
from slack_sdk.socket_mode import SocketModeClient

from bot.slack.access import Access
from bot.slack.blocks import answer_message, suggestions
from bot.slack.service import required, who_am_i
from bot.slack.suggest import follow_ups
from bot.slack.transports import close
from bot.slack.web import Calls, Lost, Refused, web_client
from bot.values import Answer, Citation, Claim
from prompts.catalogue import say
from retrieval.errors import SettingsError
from retrieval.values import Article, Intent, Language

if TYPE_CHECKING:
    from bot.settings import Settings

_SOCKET_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: its name in `slack.check`, what was found, and whether that is well."""

    name: str
    found: str
    well: bool = True


def manifest() -> dict[str, Any]:
    """The app's manifest, as it is given to Slack."""
    text = (resources.files(__package__) / "manifest.json").read_text("utf-8")
    made: dict[str, Any] = json.loads(text)
    return made


def check(settings: Settings, sample: Article, language: Language) -> Iterator[Finding]:
    """Try everything that the bot needs; `sample` is an article to render an answer from."""

    def tried(name: str, look: Callable[[], str]) -> Finding:
        try:
            return Finding(name, look())
        except SettingsError as error:
            return Finding(name, say(language, error.key, **error.details), well=False)

    calls = Calls(web_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url))
    bot = tried("bot_token", lambda: _bot(settings, calls))
    yield bot
    if bot.well:
        yield _scopes(calls, language)
    if settings.slack_transport == "socket":
        app = tried("app_token", lambda: _app(settings, calls))
        yield app
        if app.well:
            yield _socket(settings, calls, language)
    else:
        yield tried("signing_secret", lambda: _signed(settings))
        yield _port(settings, language)
    if bot.well and (people := _people(settings, calls, language)):
        yield people
    yield _render(sample, language)


def _bot(settings: Settings, calls: Calls) -> str:
    if not settings.slack_bot_token.get_secret_value():
        raise SettingsError("slack.no_bot_token")
    me = who_am_i(calls, settings)
    return f"{me.user} ({me.team})"


def _scopes(calls: Calls, language: Language) -> Finding:
    response = calls.patiently("auth.test", calls.client.auth_test)
    headers: Mapping[str, Any] = response.headers or {}
    given = next((v for name, v in headers.items() if name.lower() == "x-oauth-scopes"), "")
    held = {part.strip() for part in (given[0] if isinstance(given, list) else given).split(",")}
    wanted = manifest()["oauth_config"]["scopes"]["bot"]
    missing = [scope for scope in wanted if scope not in held]
    if missing:
        names = ", ".join(missing)
        return Finding("scopes", say(language, "slack.check.scopes_missing", names=names), False)
    return Finding("scopes", ", ".join(wanted))


def _app(settings: Settings, calls: Calls) -> str:
    token = settings.slack_app_token.get_secret_value()
    if not token:
        raise SettingsError("slack.no_app_token")
    try:
        calls.patiently(
            "apps.connections.open", lambda: calls.client.apps_connections_open(app_token=token)
        )
    except Refused as error:
        raise SettingsError(
            "slack.bad_token", name="KIJI_SLACK_APP_TOKEN", code=error.code
        ) from error
    except Lost as error:
        raise SettingsError("slack.unreachable", url=settings.slack_api_url) from error
    return "connections:write"


def _socket(settings: Settings, calls: Calls, language: Language) -> Finding:
    """Open a socket and wait for Slack's hello."""
    hello: list[str] = []
    client = SocketModeClient(
        app_token=settings.slack_app_token.get_secret_value(),
        web_client=calls.client,
        auto_reconnect_enabled=False,
        on_message_listeners=[hello.append],
    )
    try:
        client.connect()
        end = time.monotonic() + _SOCKET_SECONDS
        while not hello and time.monotonic() < end:
            time.sleep(0.05)
    finally:
        close(client)
    well = bool(hello)
    return Finding(
        "socket", say(language, f"slack.check.{'connected' if well else 'not_connected'}"), well
    )


def _signed(settings: Settings) -> str:
    required(settings)
    return "*" * 8


def _port(settings: Settings, language: Language) -> Finding:
    address = f"{settings.slack_host}:{settings.slack_port}"
    try:
        with socket.create_server((settings.slack_host, settings.slack_port)):
            return Finding("port", address)
    except OSError:
        return Finding("port", say(language, "slack.check.port_taken", port=address), well=False)


def _people(settings: Settings, calls: Calls, language: Language) -> Finding | None:
    access = Access.of(settings)
    named = sorted(access.users | access.admins)
    missing = []
    for user in named:
        try:
            calls.patiently("users.info", lambda user=user: calls.client.users_info(user=user))  # type: ignore[misc]
        except (Refused, Lost):
            missing.append(user)
    if missing:
        names = ", ".join(missing)
        return Finding("people", say(language, "slack.check.people_missing", names=names), False)
    return Finding("people", ", ".join(named)) if named else None


def _render(sample: Article, language: Language) -> Finding:
    """Put an answer together and hold it to the SDK's own rules for blocks."""
    start = sample.text.index("\n") + 1
    quote = sample.text[start:].strip().split("\n")[0]
    start = sample.text.index(quote)
    answer = Answer(
        question=sample.title,
        text=quote,
        language=language,
        answered=True,
        intent=Intent.WHAT,
        engine="embedded",
        seconds=0.0,
        claims=(Claim(quote, (0,)),),
        citations=(
            Citation(sample.id, sample.title, sample.source, quote, start, start + len(quote)),
        ),
    )
    blocks = answer_message(answer, suggestions(follow_ups(answer))).blocks
    try:
        for block in Block.parse_all(blocks):
            block.validate_json()
    except Exception as error:  # noqa: BLE001 - whatever the SDK finds is what a check tells
        return Finding("render", str(error), well=False)
    return Finding("render", say(language, "slack.check.rendered", count=len(blocks)))
