"""Every setting of kiji, in one frozen object, built once by the command that runs.

A field `lock_timeout` is the variable `KIJI_LOCK_TIMEOUT`. What a field accepts
stands in its type; `_sentence` turns a refusal into a `SettingsError` that names
the setting, the value and what is allowed.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import platformdirs
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
)

from bot.environment import read_environment, spoken_language
from retrieval.errors import SettingsError
from retrieval.values import Language

if TYPE_CHECKING:
    from retrieval.load import LoadLimits
    from retrieval.store import StoreOptions

PREFIX = "KIJI_"

# A provider as LangChain's init_chat_model names it, and what that provider calls the model.
_MODEL = re.compile(r"[a-z][a-z0-9_]*:\S+")
# Names of variables that hold what must never be shown: kiji's own and the providers'.
_SECRET = re.compile(r"(?:_KEY|_TOKEN|_SECRET|_PASSWORD)$")
# Shorter values are no secrets, and would blot out ordinary words.
_SHORTEST_SECRET = 6


def _expanded(path: Path) -> Path:
    return path.expanduser()


def _known_zone(name: str) -> str:
    if name:
        # ZoneInfo raises ValueError for a malformed key, KeyError for one that is not there,
        # and OSError for a folder of the zone database, such as "Asia".
        try:
            ZoneInfo(name)
        except (KeyError, OSError) as error:
            raise ValueError(name) from error
    return name


def _http_url(url: str) -> str:
    if url:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(url)
        _ = parts.port  # raises ValueError when it is no port
    return url.rstrip("/")


def _model_name(name: str) -> str:
    if name and not _MODEL.fullmatch(name):
        raise ValueError(name)
    return name


def _json_object(text: str) -> str:
    if text and not isinstance(json.loads(text), dict):
        raise ValueError(text)
    return text


def _listed(text: str) -> frozenset[str]:
    """The names of a comma-separated list."""
    return frozenset(name.strip() for name in text.split(",") if name.strip())


def _lower(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


class Settings(BaseModel):
    """The settings; see `.env.example` for what each one does.

    Sizes are in megabytes of 1,000,000 bytes, times in seconds.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    store: Annotated[Path, AfterValidator(_expanded)] = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("kiji", appauthor=False))
    )
    collection: str = "default"

    lang: Annotated[Literal["auto", "ja", "en"], BeforeValidator(_lower)] = "auto"
    timezone: Annotated[str, AfterValidator(_known_zone)] = ""

    embedding_model: str = ""
    passages: int = Field(default=10, ge=1, le=100)

    model: Annotated[str, AfterValidator(_model_name)] = ""
    model_url: Annotated[str, AfterValidator(_http_url)] = ""
    model_key: SecretStr = SecretStr("")
    model_format: Annotated[Literal["auto", "json", "plain"], BeforeValidator(_lower)] = "auto"
    model_options: Annotated[str, AfterValidator(_json_object)] = ""
    model_connect_timeout: float = Field(default=10, gt=0, le=600)
    model_first_token_timeout: float = Field(default=30, gt=0, le=3600)
    model_timeout: float = Field(default=120, gt=0, le=3600)
    model_retries: int = Field(default=2, ge=0, le=10)
    model_per_minute: float = Field(default=0, ge=0, le=100_000)
    model_max_tokens: int = Field(default=1500, ge=50, le=100_000)
    model_history_tokens: int = Field(default=800, ge=0, le=100_000)
    private_collections: str = ""

    chroma_url: Annotated[str, AfterValidator(_http_url)] = ""
    chroma_token: SecretStr = SecretStr("")
    chroma_api_key: SecretStr = SecretStr("")
    chroma_tenant: str = ""
    chroma_database: str = ""

    max_file_mb: float = Field(default=20, gt=0, le=2000)
    max_page_mb: float = Field(default=5, gt=0, le=2000)
    fetch_timeout: float = Field(default=20, gt=0, le=600)
    allow_private_urls: bool = False

    slack_bot_token: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_signing_secret: SecretStr = SecretStr("")
    slack_transport: Annotated[Literal["socket", "http"], BeforeValidator(_lower)] = "socket"
    slack_host: str = "127.0.0.1"
    slack_port: int = Field(default=3000, ge=1, le=65535)
    slack_users: str = ""
    slack_channels: str = ""
    slack_admins: str = ""
    slack_private_channels: str = ""
    slack_workers: int = Field(default=8, ge=1, le=64)
    slack_answer_timeout: float = Field(default=120, gt=0, le=3600)
    slack_retention_days: float = Field(default=30, gt=0, le=3650)
    slack_api_url: Annotated[str, AfterValidator(_http_url)] = "https://slack.com/api"

    lock_timeout: float = Field(default=30, ge=0, le=3600)
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lower)] = (
        "info"
    )

    # What "auto" comes to here; read off the locale, so no variable of its own.
    _language: Language = Language.EN
    # What the environment holds that must never be shown, whoever it belongs to.
    _secrets: frozenset[str] = frozenset()

    @classmethod
    def load(
        cls,
        environ: Mapping[str, str],
        dotenv: Path | None = None,
        options: Mapping[str, str] | None = None,
    ) -> Settings:
        """The settings of an environment (over a `.env` file), and over it `options`.

        `options` are command-line options by field name; an empty variable counts as
        not set. Raises SettingsError for an unknown `KIJI_*` and for a value that is
        not allowed.
        """
        merged = read_environment(environ, dotenv)
        given = {
            name.removeprefix(PREFIX).lower(): value.strip()
            for name, value in merged.items()
            if name.startswith(PREFIX) and value.strip()
        }
        for name in given:
            if name not in cls.model_fields:
                raise _unknown(name)
        options = options or {}
        try:
            settings = cls.model_validate(given | dict(options))
        except ValidationError as error:
            raise _sentence(error.errors()[0], options) from None
        settings._language = spoken_language(merged | {"KIJI_LANG": settings.lang})
        settings._secrets = frozenset(
            value.strip()
            for name, value in merged.items()
            if _SECRET.search(name) and len(value.strip()) >= _SHORTEST_SECRET
        )
        return settings

    @property
    def language(self) -> Language:
        """The language of kiji's own words in a terminal."""
        return self._language

    @property
    def secrets(self) -> frozenset[str]:
        """Keys and tokens of the environment, kiji's and the providers'; never to be shown."""
        return self._secrets

    @property
    def is_private(self) -> bool:
        """Whether the collection is one that no outside model may read."""
        return self.collection in _listed(self.private_collections)

    def is_private_channel(self, channel: str) -> bool:
        """Whether no outside model may read what is asked in a Slack channel."""
        return channel in _listed(self.slack_private_channels)

    def zone(self) -> tzinfo:
        """The time zone in which 今日 is meant: `timezone`, else the machine's."""
        if self.timezone:
            return ZoneInfo(self.timezone)
        local = datetime.now().astimezone().tzinfo
        assert local is not None  # noqa: S101 - astimezone() always sets it
        return local

    def now(self) -> datetime:
        """The moment at which a question is asked, in `zone()`."""
        return datetime.now(self.zone())

    def store_options(self) -> StoreOptions:
        """Where the library is and how it is opened. Raises InputError for a collection's name."""
        from retrieval.store import StoreOptions

        return StoreOptions(
            folder=self.store,
            collection=self.collection,
            embedding_model=self.embedding_model,
            chroma_url=self.chroma_url,
            chroma_token=self.chroma_token.get_secret_value(),
            chroma_api_key=self.chroma_api_key.get_secret_value(),
            chroma_tenant=self.chroma_tenant,
            chroma_database=self.chroma_database,
            lock_timeout_seconds=self.lock_timeout,
        )

    def load_limits(self) -> LoadLimits:
        """The bounds of loading that these settings give."""
        from retrieval.load.limits import MEGABYTE, LoadLimits

        return LoadLimits(
            max_bytes=round(self.max_file_mb * MEGABYTE),
            max_page_bytes=round(self.max_page_mb * MEGABYTE),
            timeout_seconds=self.fetch_timeout,
            allow_private=self.allow_private_urls,
        )


def _unknown(name: str) -> SettingsError:
    variable = PREFIX + name.upper()
    near = difflib.get_close_matches(name, Settings.model_fields, n=1, cutoff=0.6)
    if near:
        return SettingsError("settings.unknown_near", name=variable, near=PREFIX + near[0].upper())
    return SettingsError("settings.unknown", name=variable)


def _sentence(problem: Any, options: Mapping[str, str]) -> SettingsError:  # noqa: ANN401 - pydantic's ErrorDetails is only for type checkers
    """One of pydantic's findings as an error that says what would be allowed."""
    field = str(problem["loc"][0])
    name = f"--{field}" if field in options else PREFIX + field.upper()
    value = str(problem["input"])
    if len(value) > 80:
        value = value[:79] + "…"
    match field:
        case "timezone":
            return SettingsError("settings.wrong_timezone", name=name, value=value)
        case "chroma_url" | "slack_api_url":
            return SettingsError("settings.wrong_url", name=name)
        case "model_url":
            return SettingsError("settings.wrong_model_url", name=name)
        case "model":
            return SettingsError("settings.wrong_model", name=name, value=value)
        case "model_options":
            return SettingsError("settings.wrong_options", name=name)
    info = Settings.model_fields[field]
    if info.annotation is bool:
        return SettingsError("settings.wrong_switch", name=name, value=value)
    if choices := get_args(info.annotation):
        return SettingsError(
            "settings.wrong_choice", name=name, value=value, choices=", ".join(choices)
        )
    whole = "whole" if info.annotation is int else "number"
    bounds = {
        bound: getattr(rule, bound)
        for rule in info.metadata
        for bound in ("ge", "gt", "le")
        if hasattr(rule, bound)
    }
    low = bounds.get("ge", bounds.get("gt"))
    above = "_above" if "gt" in bounds else ""
    return SettingsError(
        f"settings.wrong_{whole}{above}", name=name, value=value, low=low, high=bounds.get("le")
    )
