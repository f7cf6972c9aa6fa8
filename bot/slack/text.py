"""What a person wrote, as Slack sends it: mentions and links in angle brackets, `&lt;` for `<`."""

from __future__ import annotations

import re
from collections.abc import Callable

_CONTROL = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
_SOMEBODY = re.compile(
    r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>|<!(?:subteam\^[^>]*|here|channel|everyone)[^>]*>"
)
_LINK = re.compile(r"<(https?://[^<>|\s]+)(?:\|[^<>]*)?>")


def unescaped(text: str) -> str:
    """`&lt;`, `&gt;` and `&amp;` as the characters they stand for."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def links(text: str) -> list[str]:
    """The http(s) links of a message, each once, in order."""
    return list(dict.fromkeys(unescaped(match) for match in _LINK.findall(text)))


def without_links(text: str) -> str:
    """The text without its links."""
    return " ".join(_LINK.sub(" ", text).split())


def mentions(text: str, person: str) -> bool:
    """Whether a text mentions a person."""
    return any(match[1] == person for match in _SOMEBODY.finditer(text))


def for_somebody_else(text: str, bot: str) -> bool:
    """Whether a text mentions people, groups or everybody, and not the bot."""
    return bool(_SOMEBODY.search(text)) and not mentions(text, bot)


def plain(text: str, bot: str, name: Callable[[str], str] = lambda _: "") -> str:
    """The words of a message: without the bot's own mention, with people's and channels' names.

    `name(user_id)` gives what somebody is called, or an empty string.
    """

    def words(match: re.Match[str]) -> str:
        sign, target, label = match[1], match[2], match[3]
        if sign == "@":
            return " " if target == bot else f"@{label or name(target)}".rstrip("@") + " "
        if sign == "#":
            return f"#{label or target}"
        if sign == "!":
            return f"@{label.lstrip('@')}" if label else " "
        return label or target

    return " ".join(unescaped(_CONTROL.sub(words, text)).split())


def escaped(text: str) -> str:
    """The text as Slack would send it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def lines(text: str, bot: str, name: Callable[[str], str] = lambda _: "") -> str:
    """`plain`, line by line: a message to be read as an article keeps its paragraphs."""
    return "\n".join(plain(line, bot, name) for line in text.splitlines())
