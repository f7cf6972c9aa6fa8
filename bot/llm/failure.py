"""What can go wrong with a model, by kind; told apart without importing any provider's package."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum


class Kind(StrEnum):
    """Why a model's answer is not, or not wholly, there; each has a sentence in the catalogue."""

    UNREACHABLE = "unreachable"
    CONNECT_TIMEOUT = "connect_timeout"
    FIRST_TOKEN_TIMEOUT = "first_token_timeout"  # noqa: S105 - a token of text
    TIMEOUT = "timeout"
    KEY = "key"
    NO_MODEL = "no_model"
    BUSY = "busy"
    SERVER = "server"
    REQUEST = "request"
    BROKEN_OFF = "broken_off"
    MALFORMED = "malformed"
    NOT_THERE = "not_there"
    NOT_BORNE_OUT = "not_borne_out"
    OTHER = "other"


_AGAIN = frozenset(
    {Kind.BUSY, Kind.SERVER, Kind.UNREACHABLE, Kind.CONNECT_TIMEOUT, Kind.BROKEN_OFF}
)
_UNREACHABLE = ("ConnectError", "APIConnectionError", "ConnectionError", "ReadError", "WriteError")
_BROKEN = ("RemoteProtocolError", "IncompleteRead", "ClientPayloadError")


class ModelFailure(Exception):
    """A call failed. `status` is HTTP's, `retry_after` in seconds where the provider said so."""

    def __init__(
        self, kind: Kind, status: int | None = None, retry_after: float | None = None
    ) -> None:
        # Never the provider's own words: they may quote the key, the prompt, or the article.
        super().__init__(f"{kind}" if status is None else f"{kind} (HTTP {status})")
        self.kind = kind
        self.status = status
        self.retry_after = retry_after
        # Whether the same call may well succeed a moment later.
        self.worth_another_try = kind in _AGAIN


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__  # type: ignore[assignment]


def _status(error: BaseException) -> int | None:
    for name in ("status_code", "code", "status"):
        value = getattr(error, name, None)
        if isinstance(value, int) and 400 <= value < 600:
            return value
    return None


# What Anthropic says in the middle of a stream whose HTTP status was 200.
_IN_STREAM = {
    "rate_limit_error": Kind.BUSY,
    "overloaded_error": Kind.SERVER,
    "api_error": Kind.SERVER,
}


def _in_stream(error: BaseException) -> Kind | None:
    body = getattr(error, "body", None)
    inner = body.get("error") if isinstance(body, Mapping) else None
    return _IN_STREAM.get(str(inner.get("type"))) if isinstance(inner, Mapping) else None


def _details(error: BaseException) -> Iterator[Mapping[str, object]]:
    """What Google says beside an HTTP status: objects of google.rpc, as JSON."""
    body = getattr(error, "details", None)
    inner = body.get("error") if isinstance(body, Mapping) else None
    details = inner.get("details") if isinstance(inner, Mapping) else None
    for detail in details if isinstance(details, list) else ():
        if isinstance(detail, Mapping):
            yield detail


def _of_status(status: int) -> Kind:
    if status in (401, 403):
        return Kind.KEY
    if status == 404:
        return Kind.NO_MODEL
    if status == 429:
        return Kind.BUSY
    return Kind.SERVER if status >= 500 else Kind.REQUEST


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Seconds that a response asks to wait: Retry-After as a number or an HTTP date (RFC 9110)."""
    given = headers.get("retry-after")
    if given is None:
        return None
    try:
        return max(0.0, float(given))
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(given)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - (now or datetime.now(UTC))).total_seconds())


def failure_of(error: BaseException) -> ModelFailure:
    """Any provider's error as one of ours, by its HTTP status or the names in its chain."""
    chain = list(_chain(error))
    for one in chain:
        if isinstance(one, ModelFailure):
            return one
        if (status := _status(one)) is not None:
            headers = getattr(getattr(one, "response", None), "headers", None)
            wait = retry_after(headers) if headers is not None else None
            kind = _of_status(status)
            for detail in _details(one):
                if detail.get("reason") == "API_KEY_INVALID":
                    kind = Kind.KEY
                delay = re.fullmatch(r"([\d.]+)s", str(detail.get("retryDelay", "")))
                if delay and wait is None:
                    wait = float(delay[1])
            return ModelFailure(kind, status, wait)
        if (told := _in_stream(one)) is not None:
            return ModelFailure(told)
    names = [name for one in chain for name in (base.__name__ for base in type(one).__mro__)]
    if "ConnectTimeout" in names:
        return ModelFailure(Kind.CONNECT_TIMEOUT)
    if any(name in names for name in _BROKEN):
        return ModelFailure(Kind.BROKEN_OFF)
    if any("Timeout" in name for name in names):
        return ModelFailure(Kind.TIMEOUT)
    if any(name in names for name in _UNREACHABLE):
        return ModelFailure(Kind.UNREACHABLE)
    return ModelFailure(Kind.OTHER)
