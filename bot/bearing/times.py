"""Times in a claim: each must stand in a quote, or be what a time of a quote comes to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.bearing.evidence import Evidence, times_of
from bot.quotes import folded
from retrieval.dates import TimeMention

_YEAR = re.compile(r"\d{4}|年|明治|大正|昭和|平成|令和|\byear\b|[０-９]{4}")
_CLOCK = re.compile(
    r"\D{0,4}\d{1,2}(?::\d{2})?\s*(?:[ap]\.?m\.?|時(?:\d{1,2}分|半)?|o'clock)?\W*$", re.IGNORECASE
)


def missing_time(claim: str, evidence: Sequence[Evidence]) -> tuple[str | None, str]:
    """A time of the claim that no quote bears out (or None), and the claim without its times.

    A claim may say a time in full that the article names in passing, or less
    exactly than the article does; it may not say it more exactly, or another.
    """
    day = evidence[0].article.date
    known = [mention for one in evidence for mention in one.times]
    isos = [mention.iso for mention in known if mention.iso]
    rest = list(claim)
    for mention in times_of(claim, day):
        if not (_stands(mention, evidence) or _follows(mention, isos)):
            return mention.text, ""
        rest[mention.start : mention.end] = " " * (mention.end - mention.start)
    return None, "".join(rest)


def _stands(mention: TimeMention, evidence: Sequence[Evidence]) -> bool:
    """Whether a quote says it in the same words, and not as a part of a longer number."""
    for one in evidence:
        text = one.article.text
        place = folded(text).find(mention.text, one.start, one.end)
        while place is not None:
            start, end = place
            before = start > 0 and text[start - 1].isdecimal() and text[start].isdecimal()
            after = end < len(text) and text[end - 1].isdecimal() and text[end].isdecimal()
            if not before and not after:
                return True
            place = folded(text).find(mention.text, start + 1, one.end)
    return False


def _follows(mention: TimeMention, isos: Sequence[str]) -> bool:
    if mention.iso is None:
        return False
    if any(_bears(iso, mention) for iso in isos):
        return True
    first, _, last = mention.iso.partition("/")
    ends = {end for iso in isos for end in iso.split("/")}
    return bool(last) and {first, last} <= ends


def _bears(iso: str, mention: TimeMention) -> bool:
    """Whether a time of the article, resolved, bears out a time of the claim."""
    said = mention.iso or ""
    ends = iso.split("/")
    if said == iso or all(end.startswith((f"{said}-", f"{said}T")) for end in ends):
        return True
    if said in ends:
        return True
    if not _YEAR.search(mention.text):
        # 9月20日 of a claim has no year of its own: month and day must be those of the article.
        if _CLOCK.match(mention.text) and "T" in said:
            return any(
                end.partition("T")[2] == said.partition("T")[2] for end in ends if "T" in end
            )
        return said[5:] != "" and any(
            end[5:] == said[5:] or end[5:].startswith(f"{said[5:]}T") for end in ends
        )
    return False
