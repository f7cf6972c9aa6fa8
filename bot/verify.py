"""The one check that every engine's draft passes before anything is shown.

A claim stays when each of its quotes stands, word for word, in the article that
it names, and its short answer stands in one of them. What fails is dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.quotes import find_quote, folded
from bot.values import Citation, Draft, DraftClaim, Quote
from retrieval.values import Hit


@dataclass(frozen=True, slots=True)
class Verified:
    """A draft claim that passed, with the citations that bear it."""

    draft: DraftClaim
    citations: tuple[Citation, ...]


def _focus(text: str, quote: Quote, place: tuple[int, int], short: str) -> tuple[int, int] | None:
    """Where the short answer stands inside the quote, or None."""
    if not short:
        return None
    if quote.focus and place[0] <= quote.focus[0] <= quote.focus[1] <= place[1]:
        given = folded(text).find(short, *quote.focus)
        if given is not None:
            return given
    return folded(text).find(short, *place)


def cite(hit: Hit, quote: Quote, short: str) -> Citation | None:
    """The citation of a quote in its hit's article, or None when it does not stand there."""
    article = hit.article
    text = article.text
    if quote.text.strip() and quote.start is not None and text.startswith(quote.text, quote.start):
        place: tuple[int, int] | None = (quote.start, quote.start + len(quote.text))
    else:
        place = find_quote(text, quote.text, hit.passage.start, hit.passage.end)
    if place is None:
        return None
    return Citation(
        article=article.id,
        title=article.title,
        source=article.source,
        quote=text[place[0] : place[1]],
        start=place[0],
        end=place[1],
        date=article.date,
        focus=_focus(text, quote, place, short),
    )


def verify(draft: Draft, hits: Sequence[Hit]) -> Iterator[Verified]:
    """The claims of a draft that the articles bear out, in the draft's order.

    A claim is dropped when it has no quote, when it names a hit that is not
    there, when a quote does not stand in its hit's article, or when its short
    answer stands in none of its quotes.
    """
    for claim in draft.claims:
        citations = []
        for quote in claim.quotes:
            hit = hits[quote.hit] if 0 <= quote.hit < len(hits) else None
            citation = cite(hit, quote, claim.short) if hit else None
            if citation is None:
                break
            citations.append(citation)
        else:
            borne = not claim.short or any(citation.focus for citation in citations)
            if citations and borne:
                yield Verified(claim, tuple(citations))
