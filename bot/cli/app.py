"""What every command is given: the environment, the language, and the way to the settings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from bot.environment import read_environment, spoken_language
from prompts.catalogue import say
from retrieval.errors import SettingsError

if TYPE_CHECKING:
    from bot.opening import Opening

DOTENV = Path(".env")


class App:
    """One run of `kiji`. Making it is cheap; `opening` builds the settings, once."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        try:
            self.language = spoken_language(read_environment(environ, DOTENV))
        except SettingsError:
            # Told when the settings are read; `kiji --help` works without.
            self.language = spoken_language(environ)

    def opening(self, store: str | None, collection: str | None) -> Opening:
        """The way to library, chain and loaders; starts the log. Raises SettingsError."""
        from bot.log import start_log
        from bot.opening import Opening
        from bot.settings import PREFIX, Settings
        from bot.telemetry import asked_for
        from bot.telemetry import start as start_telemetry

        options = {"store": store, "collection": collection}
        settings = Settings.load(
            self.environ,
            DOTENV,
            {name: value for name, value in options.items() if value is not None},
        )
        start_log(settings.store, settings.log_level, settings.secrets)
        of_file = read_environment({}, DOTENV)
        if settings.model or asked_for(of_file):
            # The providers' packages, LangSmith and OpenTelemetry read their own variables;
            # those of the file are meant for them too.
            for name, value in of_file.items():
                if value and not name.startswith(PREFIX):
                    os.environ.setdefault(name, value)
        start_telemetry(of_file | dict(self.environ))
        return Opening(settings)

    def say(self, key: str, **values: object) -> str:
        """A sentence of the catalogue in the language of this run."""
        return say(self.language, key, **values)
