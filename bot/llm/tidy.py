"""A model's claim, made fit to be shown: one line, no marks of its own."""

from __future__ import annotations

import re

from bot.understand.normalise import tidy

# [1], 【2】, [^3], (passage 2): citations are kiji's to give, so that none can be of thin air.
_MARKS = re.compile(
    r"\s*(?:[\[【]\^?\s*\d+(?:\s*[,、-]\s*\d+)*\s*[\]】]|[(（](?:passage|抜粋|source|出典)\s*\d+[)）])",
    re.IGNORECASE,
)
_EDGES = re.compile(r"^[\s*_`>#・•-]+|[\s*_`]+$")


def tidied(claim: str) -> str:
    """The claim on one line, without citation marks, Markdown or control characters."""
    return _EDGES.sub("", _MARKS.sub("", tidy(claim))).strip()
