"""The fence round what is data: marks that no article can have written."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

# The brackets of the marks; a text's own are exchanged, so that even a guessed mark is none.
_MARKS = str.maketrans({"⟦": "[", "⟧": "]"})


def new_fence(texts: Iterable[str]) -> str:
    """A word for the marks of one call, in none of the texts."""
    held = list(texts)
    while True:
        fence = secrets.token_hex(4)
        if not any(fence in text for text in held):
            return fence


def defused(text: str) -> str:
    """A text that holds no mark; the same length, so that its quotes can still be found."""
    return text.translate(_MARKS)
