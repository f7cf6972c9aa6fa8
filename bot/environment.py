"""The environment as kiji sees it: the process's variables over those of a `.env` file.

Light on purpose: `kiji --help` needs the language and nothing more.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from retrieval.errors import SettingsError
from retrieval.values import Language


def read_environment(environ: Mapping[str, str], dotenv: Path | None = None) -> dict[str, str]:
    """The variables of `environ` over those of the `.env` file, where there is one.

    Raises SettingsError when the file can't be read as UTF-8.
    """
    merged: dict[str, str] = {}
    if dotenv is not None and dotenv.is_file():
        from dotenv import dotenv_values

        try:
            values = dotenv_values(dotenv, encoding="utf-8-sig", interpolate=False)
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError("settings.unreadable_dotenv", path=str(dotenv)) from error
        merged |= {name: value or "" for name, value in values.items()}
    return merged | dict(environ)


def spoken_language(environ: Mapping[str, str]) -> Language:
    """The language of kiji's own words: `KIJI_LANG`, else the locale's, else English.

    The locale is read as POSIX says: the first of LC_ALL, LC_MESSAGES and LANG that is set.
    """
    wanted = environ.get("KIJI_LANG", "").strip().lower()
    if wanted in tuple(Language):
        return Language(wanted)
    locale = next(filter(None, map(environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return Language.JA if locale.lower().startswith("ja") else Language.EN
