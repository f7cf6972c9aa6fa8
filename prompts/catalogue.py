"""The catalogue of what kiji says: a folder per language, a TOML file per topic.

`say(language, key, **values)` gives a sentence; the key is the file's stem and
the name in it, `load.missing_file`. Loading fails, naming what is missing, when
a key stands in one language only or its placeholders differ.
"""

from __future__ import annotations

import string
import tomllib
from functools import lru_cache
from importlib import resources

LANGUAGES = ("ja", "en")


class CatalogueError(Exception):
    """The catalogue's files do not agree with each other; a bug, found at load."""


def _flatten(table: dict[str, object], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in table.items():
        key = f"{prefix}{name}"
        if isinstance(value, dict):
            flat |= _flatten(value, f"{key}.")
        elif isinstance(value, str):
            flat[key] = value.strip("\n")
        else:
            raise CatalogueError(f"{key} is not a string")
    return flat


def placeholders(template: str) -> frozenset[str]:
    """The names in braces of a template, e.g. {"path"} of 'no file at {path}'."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(template) if name)


@lru_cache(maxsize=1)
def catalogue() -> dict[str, dict[str, str]]:
    """Every sentence by language and key.

    Raises CatalogueError when the languages differ in keys or placeholders.
    """
    sentences: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        sentences[language] = {}
        for file in (resources.files(__package__) / language).iterdir():
            if file.name.endswith(".toml"):
                topic = file.name.removesuffix(".toml")
                sentences[language] |= _flatten(tomllib.loads(file.read_text("utf-8")), f"{topic}.")
    first, *others = LANGUAGES
    for other in others:
        if odd := sentences[first].keys() ^ sentences[other].keys():
            raise CatalogueError(f"only in one language: {sorted(odd)}")
        for key, template in sentences[first].items():
            if placeholders(template) != placeholders(sentences[other][key]):
                raise CatalogueError(f"placeholders of {key} differ between {first} and {other}")
    return sentences


def say(language: str, key: str, **values: object) -> str:
    """The sentence `key` in a language ("ja" or "en"), its placeholders filled.

    Raises KeyError when there is no such sentence or a placeholder has no value.
    """
    return catalogue()[language][key].format(**values)
