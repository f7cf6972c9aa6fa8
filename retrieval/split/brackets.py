"""Which opening bracket belongs to which closing one.

A quote or an aside is never cut, so its two ends have to be known before
sentences are looked for. Brackets in real text are often unbalanced (`1)`, a
lost 」), and one of them must not swallow the rest of the article: a pair has to
close on its own line. Only a quotation may run over a few lines, and never over
a blank one.
"""

from __future__ import annotations

import re

PAIRS = {
    "「": "」",
    "『": "』",
    "｢": "｣",
    "“": "”",
    "（": "）",
    "(": ")",
    "【": "】",
    "〈": "〉",
    "《": "》",
    "〔": "〕",
    "［": "］",
    "[": "]",
}
OPENING = "".join(PAIRS)
CLOSING = "".join(PAIRS.values())
LINE_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"

# A quotation over several lines is a stanza or a statement, not a chapter.
LONGEST_QUOTE_OVER_LINES = 400  # characters
MOST_QUOTES_OVER_LINES = 8  # that wait for their end at once

_OPENING_OF = {closing: opening for opening, closing in PAIRS.items()}
_QUOTES = frozenset("「『｢“")
_TOKEN = re.compile(rf"[{re.escape(OPENING + CLOSING)}]|[{LINE_BREAKS}]\s*")


def matched(text: str, start: int, end: int) -> dict[int, int]:
    """Map the offset of each matched opening bracket in `text[start:end]` to its closing one.

    Pairs nest. Where two kinds cross, 「（」）, the pair that closes first stands.
    Linear in the length of the slice.
    """
    pairs: dict[int, int] = {}
    open_at: list[int] = []
    waiting = dict.fromkeys(PAIRS, 0)
    line_start = start
    for token in _TOKEN.finditer(text, start, end):
        at = token.start()
        char = text[at]
        if char in PAIRS:
            open_at.append(at)
            waiting[char] += 1
        elif char in _OPENING_OF:
            opening = _OPENING_OF[char]
            while waiting[opening]:
                found = open_at.pop()
                waiting[text[found]] -= 1
                if text[found] != opening:
                    continue
                if found >= line_start or at - found < LONGEST_QUOTE_OVER_LINES:
                    pairs[found] = at
                break
        else:
            line_start = token.end()
            blank = sum(token.group().count(mark) for mark in "\n\u2029") > 1
            kept = [] if blank else [spot for spot in open_at if text[spot] in _QUOTES]
            kept = kept[-MOST_QUOTES_OVER_LINES:]
            if len(kept) != len(open_at):
                open_at = kept
                waiting = dict.fromkeys(PAIRS, 0)
                for spot in kept:
                    waiting[text[spot]] += 1
    return pairs
