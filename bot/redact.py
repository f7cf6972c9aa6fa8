"""Keys and tokens taken out of a text before anybody reads it."""

from __future__ import annotations

import re
from collections.abc import Collection

HIDDEN = "[hidden]"

# The shapes that providers give their keys, for those that no setting told us of.
_KEY = re.compile(
    r"\b(?:sk|pk|rk|xox[abeprs]|xapp|ghp|gsk|lsv2|hf)[-_][A-Za-z0-9_*-]{6,}|\bAIza[A-Za-z0-9_-]{10,}|"
    r"(?i:\b(?:bearer|authorization:|api[-_ ]?key[\"']?\s*[:=])\s*)[\"']?[A-Za-z0-9._~+/*-]{6,}"
)


def redacted(text: str, secrets: Collection[str] = ()) -> str:
    """The text with every secret, and everything shaped like a key, hidden."""
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return _KEY.sub(HIDDEN, text)
