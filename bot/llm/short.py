"""The bare answer of a claim: the words of its quote that it says, for `Answer.short`."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from bot.bearing.evidence import times_of
from bot.quotes import find_quote
from bot.values import Quote
from retrieval.dates import TimeMention
from retrieval.values import Hit, Intent

_PERSON = re.compile(
    r"[一-鿿々ァ-ヺー・＝]{2,24}?(?:氏|さん|大統領|首相|総書記|主席|知事|市長|大臣|外相|長官|社長|会長|監督|選手|教授)|"
    r"[A-Z][\w'’.-]+(?:\s+[A-Z][\w'’.-]+)+|[ァ-ヺー]{2,}(?:[・＝][ァ-ヺー]+)+"
)
_EDGE = " 、。,.;:「」『』“”\"'はがをにでとのも"
_SHORTEST = 2


def short_of(claim: str, quotes: tuple[Quote, ...], hits: tuple[Hit, ...], intent: Intent) -> str:
    """The words that claim and quote share and that answer; empty where none stand out.

    For when: the quote's time. For who: a person whom both name. Otherwise the
    longest words that both have.
    """
    for quote in quotes:
        if not 0 <= quote.hit < len(hits):
            continue
        hit = hits[quote.hit]
        place = find_quote(hit.article.text, quote.text, hit.passage.start, hit.passage.end)
        if place is None:
            continue
        words = hit.article.text[slice(*place)]
        if intent is Intent.WHEN:
            mentions = times_of(hit.article.text, hit.article.date)
            if inside := _inside(mentions, *place):
                return hit.article.text[slice(*inside)]
        elif intent is Intent.WHO:
            for match in _PERSON.finditer(words):
                if match.group() in claim:
                    return match.group()
        if shared := _shared(claim, words):
            return shared
    return ""


def _inside(mentions: tuple[TimeMention, ...], start: int, end: int) -> tuple[int, int] | None:
    for mention in mentions:
        if start <= mention.start and mention.end <= end:
            return mention.start, mention.end
    return None


def _shared(claim: str, words: str) -> str:
    match = SequenceMatcher(None, claim, words, autojunk=False).find_longest_match()
    found = claim[match.a : match.a + match.size]
    inner = found.strip(_EDGE)
    return inner if len(inner) >= _SHORTEST else ""
