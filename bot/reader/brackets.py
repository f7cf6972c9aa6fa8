"""Spans that end inside a bracket or a quotation, brought to its edge."""

from __future__ import annotations

from retrieval.split.brackets import PAIRS

_OPENING = {closing: opening for opening, closing in PAIRS.items()}


def balanced(text: str, start: int, end: int, limit: int) -> tuple[int, int]:
    """The span with each bracket in it opened and closed.

    A bracket at its edge whose other half is outside is left out; one that opens within is
    closed where the text closes it before `limit`, else the span ends before it. What would
    leave nothing leaves the span as it was.
    """
    first, last = start, end
    while first < last and text[first] in PAIRS and PAIRS[text[first]] not in text[first:last]:
        first += 1
    while first < last and text[last - 1] in _OPENING and not _opened(text, first, last - 1):
        last -= 1
    unclosed = _unclosed(text, first, last)
    if unclosed is not None:
        closing = text.find(PAIRS[text[unclosed]], last, limit)
        last = closing + 1 if closing >= 0 else unclosed
    return (first, last) if first < last else (start, end)


def _opened(text: str, start: int, closing: int) -> bool:
    """Whether the bracket that closes at `closing` is opened after `start`."""
    opening = _OPENING[text[closing]]
    return text.count(opening, start, closing) > text.count(text[closing], start, closing)


def _unclosed(text: str, start: int, end: int) -> int | None:
    """Where the first bracket opens that is not closed before `end`."""
    stack: list[int] = []
    for place in range(start, end):
        if text[place] in PAIRS:
            stack.append(place)
        elif stack and text[place] == PAIRS[text[stack[-1]]]:
            stack.pop()
    return stack[0] if stack else None
