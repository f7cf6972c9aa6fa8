"""Words that are not a question about an article: thanks, greetings, help, a summary.

A text is social only when every clause of it is; 「ありがとう、ところで誰が…？」 is a
question, and so is 「新システムの使い方は？」.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from retrieval.values import Language

from . import phrases
from .normalise import fold


class SocialKind(StrEnum):
    """What a person expects back: a word, help, or the leading sentences."""

    THANKS = "thanks"
    GREETING = "greeting"
    FAREWELL = "farewell"
    HELP = "help"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Social:
    """Something said that no article answers; `original` is what was typed.

    The reply to each kind but SUMMARY is the sentence `understand.social.<kind>`
    of the catalogue; to SUMMARY it is the opening of an article.
    """

    kind: SocialKind
    language: Language
    original: str


_PHRASES = {
    SocialKind.THANKS: (phrases.THANKS_JA, phrases.THANKS_EN),
    SocialKind.GREETING: (phrases.GREETING_JA, phrases.GREETING_EN),
    SocialKind.FAREWELL: (phrases.FAREWELL_JA, phrases.FAREWELL_EN),
    SocialKind.HELP: (phrases.HELP_JA, phrases.HELP_EN),
    SocialKind.SUMMARY: (phrases.SUMMARY_JA, phrases.SUMMARY_EN),
}
_PATTERNS = {
    kind: re.compile(phrases.pattern(japanese + english))
    for kind, (japanese, english) in _PHRASES.items()
}
_BREAK = re.compile(r"[。、,.!！?？\n…〜～♪☆★]+|\s{2,}")
_DECORATION = re.compile(r"[^\w\s;:/'’ー々・-]+")
_LONGEST = 80  # what people say to be polite is short
_FILLER = frozenset(
    {
        "please",
        "ください",
        "では",
        "じゃあ",
        "well",
        "so",
        "oh",
        "あの",
        "えっと",
        "ああ",
        "うん",
        "はい",
        "yes",
        "w",
        "笑",
    }
)


def _clause_kind(clause: str) -> SocialKind | None:
    folded = " ".join(_DECORATION.sub(" ", fold(clause)).split())
    for kind, pattern in _PATTERNS.items():
        if pattern.fullmatch(folded) or pattern.fullmatch(folded.replace(" ", "")):
            return kind
    return None


def social_kind(text: str) -> SocialKind | None:
    """The kind when the whole text is social, else None.

    Of several clauses the most telling one counts: 「ありがとう。要約して」 is SUMMARY.
    """
    if len(text) > _LONGEST:
        return None
    if whole := _clause_kind(text):
        return whole
    kinds = []
    for clause in _BREAK.split(text):
        if not re.search(r"\w", clause) or fold(clause) in _FILLER:
            continue
        kind = _clause_kind(clause)
        if kind is None:
            return None
        kinds.append(kind)
    order = list(SocialKind)
    return max(kinds, key=order.index, default=None)


def without_courtesies(text: str) -> str:
    """The text without the thanks or greeting that it opens with, if words remain.

    「ありがとう。ところで誰が…？」 gives 「ところで誰が…？」.
    """
    while (cut := _BREAK.search(text)) and cut.end() < len(text):
        if _clause_kind(text[: cut.start()]) not in (SocialKind.THANKS, SocialKind.GREETING):
            break
        text = text[cut.end() :].lstrip()
    return text
