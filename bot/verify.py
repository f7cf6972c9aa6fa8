"""The one check that every engine's draft passes before anything is shown.

A claim stays when each of its quotes stands, word for word, in the article that
it names, its short answer stands in one of them, and, where the engine worded it
itself, the quotes bear its words out. What fails is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.bearing import Problem, plainly_said, unborne, wrong_language
from bot.bearing.evidence import Evidence
from bot.quotes import find_quote, folded
from bot.values import Citation, Draft, DraftClaim, Quote
from retrieval.values import Hit, Language

# Up to the last white space, full-width character or mark: what comes may lengthen a Latin word.
_WHOLE_WORDS = re.compile(r"(?:.*[^\w.,]|.*[^\x00-\x7f])?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A draft claim that did not pass: why, and the words that it failed of."""

    draft: DraftClaim
    problem: Problem
    words: str = ""


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
        passage = hit.passage
        place = find_quote(text, quote.text, passage.start, passage.end, within=quote.within)
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


def check(claim: DraftClaim, hits: Sequence[Hit], language: Language) -> Verified | Rejected:
    """Whether the articles bear a claim out.

    It is rejected when it has no quote, when it names a hit that is not there,
    when a quote does not stand in its hit's article, when its short answer stands
    in none of its quotes, or when it is in the engine's own words and these say
    what its quotes do not (`bot.bearing`).
    """
    if not claim.quotes:
        return Rejected(claim, Problem.NO_QUOTE)
    citations = []
    for quote in claim.quotes:
        if not 0 <= quote.hit < len(hits):
            return Rejected(claim, Problem.NO_PASSAGE)
        citation = cite(hits[quote.hit], quote, claim.short)
        if citation is None:
            return Rejected(claim, Problem.NOT_FOUND, quote.text)
        citations.append(citation)
    if claim.short and not any(citation.focus for citation in citations):
        return Rejected(claim, Problem.NOT_FOUND, claim.short)
    if claim.own_words:
        evidence = [
            Evidence(hits[quote.hit].article, citation.start, citation.end)
            for quote, citation in zip(claim.quotes, citations, strict=True)
        ]
        if problem := unborne(claim.text, evidence, language):
            return Rejected(claim, *problem)
    return Verified(claim, tuple(citations))


def verify(
    draft: Draft, hits: Sequence[Hit], language: Language = Language.JA
) -> Iterator[Verified]:
    """The claims of a draft that the articles bear out, in the draft's order."""
    for claim in draft.claims:
        checked = check(claim, hits, language)
        if isinstance(checked, Verified):
            yield checked


def known_words(
    words: str, quotes: Sequence[Quote], hits: Sequence[Hit], language: Language
) -> str:
    """How much of a claim that is still being written stands, as it begins, in its quotes.

    Whole words only; empty when a quote has not passed or its sentence denies
    something (the claim may leave that out), or when the claim goes its own way.
    """
    places = []
    for quote in quotes:
        citation = cite(hits[quote.hit], quote, "") if 0 <= quote.hit < len(hits) else None
        if citation is None:
            return ""
        places.append(Evidence(hits[quote.hit].article, citation.start, citation.end))
    match = _WHOLE_WORDS.match(words.lstrip())
    whole = match.group() if match else ""
    if not whole.strip() or not all(map(plainly_said, places)):
        return ""
    if wrong_language(whole, language):
        return ""
    standing = any(folded(one.article.text).find(whole, one.start, one.end) for one in places)
    return whole if standing else ""
