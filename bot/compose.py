"""From checked claims to the answer that a person sees."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.phrase import time_of
from bot.values import Answer, Citation, Claim, ClaimEvent
from prompts.catalogue import say
from retrieval.split import split
from retrieval.values import Article, Hit, Intent, Language, PassageKind, Query

if TYPE_CHECKING:
    from bot.understand import Social
    from bot.verify import Verified
    from retrieval.store import Library

# A refusal names so many of the nearest articles, a summary quotes so many sentences.
_COVERED = 3
_SUMMARY_PASSAGES = 2


class Composition:
    """An answer as it grows, claim by claim; citations are numbered once each."""

    def __init__(self, query: Query, hits: Sequence[Hit], engine: str) -> None:
        self._query = query
        self._hits = tuple(hits)
        self._engine = engine
        self._claims: list[Claim] = []
        self._shorts: list[str] = []
        self._citations: list[Citation] = []

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims so far."""
        return tuple(self._claims)

    def add(self, verified: Verified) -> ClaimEvent:
        """Take in a claim that has passed the check."""
        numbers: list[int] = []
        for citation in verified.citations:
            if citation not in self._citations:
                self._citations.append(citation)
            number = self._citations.index(citation)
            if number not in numbers:
                numbers.append(number)
        claim = Claim(verified.draft.text, tuple(numbers))
        self._claims.append(claim)
        self._shorts.append(verified.draft.short)
        return ClaimEvent(claim, tuple(self._citations))

    def answer(self, started: float) -> Answer:
        """The whole answer, or the refusal where no claim has passed.

        `started` is a reading of `time.perf_counter()`.
        """
        query = self._query
        shorts = [short for short in dict.fromkeys(self._shorts) if short]
        separator = "、" if query.language is Language.JA else ", "
        return Answer(
            question=query.original,
            text="\n".join(claim.text for claim in self._claims) or self._refusal(),
            language=query.language,
            answered=bool(self._claims),
            intent=query.intent,
            engine=self._engine,
            seconds=time.perf_counter() - started,
            short=separator.join(shorts),
            claims=tuple(self._claims),
            citations=tuple(self._citations),
            date=self._date(),
            covers=() if self._claims else _covers(self._hits),
            hits=self._hits,
        )

    def _refusal(self) -> str:
        key = "answer.refusal" if self._hits else "answer.no_articles"
        return say(self._query.language, key)

    def _date(self) -> str | None:
        """ISO 8601 of the first claim, where the question asks for a time and it is resolved."""
        if self._query.intent is not Intent.WHEN or not self._citations:
            return None
        citation = self._citations[0]
        if citation.focus is None:
            return None
        for hit in self._hits:
            if hit.article.id == citation.article:
                mention = time_of(hit.article, *citation.focus)
                return mention.iso if mention else None
        return None


def _covers(hits: Sequence[Hit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(hit.article.title for hit in hits))[:_COVERED]


def social_answer(social: Social, started: float) -> Answer:
    """A word back to thanks, a greeting, or a request for help; `started` as in `answer`."""
    return Answer(
        question=social.original,
        text=say(social.language, f"understand.social.{social.kind}"),
        language=social.language,
        answered=False,
        intent=Intent.OTHER,
        engine="",
        seconds=time.perf_counter() - started,
        social=True,
    )


def _lead(article: Article) -> list[Citation]:
    """The first body passages of an article, whole."""
    body = [passage for passage in split(article) if passage.kind is PassageKind.BODY]
    return [
        Citation(
            article=article.id,
            title=article.title,
            source=article.source,
            quote=article.text[passage.start : passage.end],
            start=passage.start,
            end=passage.end,
            date=article.date,
        )
        for passage in body[:_SUMMARY_PASSAGES]
    ]


def summary_answer(
    social: Social, library: Library, articles: frozenset[str] | None, started: float
) -> Answer:
    """The opening of the article in scope that was indexed last, quoted as it stands.

    `started` is a reading of `time.perf_counter()`.
    """
    known = [info for info in library.articles() if articles is None or info.id in articles]
    citations = _lead(library.article(max(known, key=lambda i: i.indexed_at).id)) if known else []
    claims = tuple(Claim(citation.quote, (number,)) for number, citation in enumerate(citations))
    empty = say(social.language, "answer.no_articles")
    return Answer(
        question=social.original,
        text="\n".join(claim.text for claim in claims) or empty,
        language=social.language,
        answered=bool(claims),
        intent=Intent.OTHER,
        engine="embedded",
        seconds=time.perf_counter() - started,
        claims=claims,
        citations=tuple(citations),
    )
