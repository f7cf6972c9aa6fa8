"""The question as typed, cleaned: NFC, one line, no control characters, of bounded length."""

from __future__ import annotations

import re
import unicodedata

from retrieval.errors import InputError

LONGEST_QUESTION = 2_000
"""In characters, after cleaning. A question; whoever pastes an article wants `kiji index`."""

_JOINER = "\u200d"  # holds the parts of one emoji together
_DROPPED = frozenset({"Cc", "Cf", "Cs"})
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"\w")
_QUOTED = re.compile(r"「[^「」]*」|『[^『』]*』|“[^“”]*”|\"[^\"]*\"")


def tidy(text: str) -> str:
    """NFC on one line; control, format and surrogate characters gone; emoji kept."""
    kept = "".join(
        char
        for char in _SPACES.sub(" ", text)
        if char == _JOINER or unicodedata.category(char) not in _DROPPED
    )
    return _SPACES.sub(" ", unicodedata.normalize("NFC", kept)).strip()


def clean(question: str) -> str:
    """The question tidied.

    Raises InputError `understand.empty_question` when no letter or digit is
    left, `understand.question_too_long` past LONGEST_QUESTION.
    """
    text = tidy(question)
    if not _WORD.search(text):
        raise InputError("understand.empty_question")
    if len(text) > LONGEST_QUESTION:
        raise InputError("understand.question_too_long", length=len(text), limit=LONGEST_QUESTION)
    return text


def fold(text: str) -> str:
    """Text for matching rules: NFKC, lower case, no closing punctuation.

    Its offsets are not those of `text`.
    """
    folded = unicodedata.normalize("NFKC", text).lower().replace("\u2019", "'")
    return folded.strip(" ?!.。、,…〜~")


def mask_quotes(text: str) -> str:
    """Quotations blanked at their length: words inside 「…」 and "…" ask nothing.

    A text that is one quotation and nothing else stays as it is.
    """
    masked = _QUOTED.sub(lambda quote: "〓" * len(quote.group()), text)
    return masked if masked.strip("〓 ?？。") else text
