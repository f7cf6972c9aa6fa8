"""Words from outside, made safe to show in Slack, and emphasis that renders beside Japanese.

Slack reads `<!channel>`, `<@U…>` and `<https://…>` in text and in markdown blocks
alike, so the three control characters are written as entities. What only looks
like a ping, a link or markup is kept apart by characters that nobody sees:
the words stay the same to a reader.
"""

from __future__ import annotations

import re

ZERO = "\u200b"  # ZERO WIDTH SPACE
JOIN = "\u2060"  # WORD JOINER

_MARKUP = re.compile(r"([\\`*_\[\]|~])")
_LEADING = re.compile(r"^([^\S\n]*)(?:([#>+=-])|(\d+)([.)]))", re.MULTILINE)
_AT = re.compile(r"@(?=\w)")
_SCHEME = re.compile(r"(?<=[A-Za-z]):(?=//|[^\s/]*@)", re.ASCII)
_DOMAIN = re.compile(r"(?<=[A-Za-z0-9])\.(?=[A-Za-z]{2,})", re.ASCII)
_COLON = re.compile(r":(?=[a-z0-9_+'-]+:)")
# Characters that would change the look of what follows, or hide it.
_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_INVISIBLE = re.compile(f"[{ZERO}{JOIN}]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def entities(text: str) -> str:
    """`&`, `<` and `>` as entities, as Slack asks."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def inert(text: str) -> str:
    """Text that pings nobody, links nowhere and shows no emoji, in any of Slack's texts."""
    text = _ODD.sub("", text)
    text = _AT.sub(f"@{JOIN}", text)
    text = _SCHEME.sub(f":{JOIN}", text)
    text = _DOMAIN.sub(f".{JOIN}", text)
    text = _COLON.sub(f":{JOIN}", text)
    return entities(text)


def inline(text: str) -> str:
    """Text that a markdown block shows as it stands inside a line."""
    return _MARKUP.sub(r"\\\1", inert(text))


def markdown(text: str) -> str:
    """Text that a markdown block shows as it stands, from the start of a line; line feeds stay."""
    text = inline(text)

    def quiet(match: re.Match[str]) -> str:
        if match[2]:
            return f"{match[1]}\\{match[2]}"
        return f"{match[1]}{match[3]}\\{match[4]}"

    # NOTE: `>` is `&gt;` by now and needs no backslash; `#`, `-`, `+`, `=` and `1.` do.
    text = _LEADING.sub(quiet, text)
    return re.sub(r"^[ \t]+", "", text, flags=re.MULTILINE)


def mrkdwn(text: str) -> str:
    """Text that a mrkdwn text object shows as it stands (on the Home tab, in notices)."""
    return re.sub(r"([*_~`])", rf"{JOIN}\1{JOIN}", inert(text))


def one_line(text: str) -> str:
    """The text with each run of white space as one space."""
    return " ".join(text.split())


def bold(text: str) -> str:
    """Escaped markdown in bold, wherever it stands.

    CommonMark 0.31.2, 6.2: `**` closes only if what is before it is no punctuation, or
    what is after it is punctuation or a space; 「…」 beside kana is neither. A zero-width
    space inside is no punctuation, one outside is where mrkdwn sees a word's edge.
    """
    return f"{ZERO}**{ZERO}{text}{ZERO}**{ZERO}" if text.strip() else text


def address(url: str) -> str:
    """An http(s) address as a markdown link may hold it, or an empty string."""
    if not re.match(r"https?://[^\s<>|]+\Z", url, re.IGNORECASE):
        return ""
    return url.replace("(", "%28").replace(")", "%29").replace("\\", "%5C").replace("`", "%60")


def link(title: str, url: str) -> str:
    """A markdown link; the title alone where the address is none that Slack may open."""
    target = address(url)
    return f"[{title}]({target})" if target else title


def unescaped_markdown(text: str) -> str:
    """The words of a markdown text that `markdown` wrote: what nobody sees taken out."""
    text = _ESCAPED.sub(r"\1", _INVISIBLE.sub("", text))
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
