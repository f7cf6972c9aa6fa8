"""The JSON of the command line, by DESIGN.md's contract, and the way back from it.

Fields may be added here, none changed: tests and measurements call exactly this.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from bot.values import Answer, Citation, Claim, Writing
from retrieval.values import Article, Found, Hit, Intent, Language

if TYPE_CHECKING:
    from retrieval.store import ArticleInfo


def answer_record(answer: Answer, question_id: str | int) -> dict[str, Any]:
    """What `kiji ask --json` prints.

    `date` is there only where the answer is a time, `covers` (the titles that came
    nearest) only with a refusal. `model` (what a language model did, its tokens) is
    there only where one was asked, `note` only where the answer is not all its own.
    """
    record: dict[str, Any] = {
        "id": question_id,
        "question": answer.question,
        "answer": answer.text,
        "short": answer.short,
        "answered": answer.answered,
        "intent": str(answer.intent),
        "engine": answer.engine,
        "seconds": round(answer.seconds, 3),
        "claims": [
            {"text": claim.text, "citations": list(claim.citations)} for claim in answer.claims
        ],
        "citations": [
            {
                "article": citation.article,
                "title": citation.title,
                "source": citation.source,
                "quote": citation.quote,
                "start": citation.start,
                "end": citation.end,
            }
            for citation in answer.citations
        ],
    }
    if answer.date is not None:
        record["date"] = answer.date
    if answer.covers:
        record["covers"] = list(answer.covers)
    if answer.writing is not None:
        record["model"] = asdict(answer.writing)
    if answer.note:
        record["note"] = answer.note
    return record


def stored_answer(answer: Answer) -> dict[str, Any]:
    """The answer's record with what it takes to show it again; without its hits."""
    record = answer_record(answer, "")
    record["language"] = str(answer.language)
    record["social"] = answer.social
    for shown, citation in zip(record["citations"], answer.citations, strict=True):
        shown["date"] = citation.date
        shown["focus"] = citation.focus
    return record


def restored_answer(record: dict[str, Any]) -> Answer:
    """The answer that `stored_answer` wrote down."""
    return Answer(
        question=record["question"],
        text=record["answer"],
        language=Language(record["language"]),
        answered=record["answered"],
        intent=Intent(record["intent"]),
        engine=record["engine"],
        seconds=record["seconds"],
        short=record["short"],
        claims=tuple(Claim(claim["text"], tuple(claim["citations"])) for claim in record["claims"]),
        citations=tuple(
            Citation(**{**citation, "focus": citation["focus"] and tuple(citation["focus"])})
            for citation in record["citations"]
        ),
        date=record.get("date"),
        social=record["social"],
        covers=tuple(record.get("covers", ())),
        writing=Writing(**record["model"]) if "model" in record else None,
        note=record.get("note", ""),
    )


def hits_record(hits: Sequence[Hit], question_id: str | int) -> dict[str, Any]:
    """What `kiji search --json` prints."""
    return {"id": question_id, "hits": [_hit(hit) for hit in hits]}


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "article": hit.article.id,
        "title": hit.article.title,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "text": hit.text,
        "score": hit.score,
        "found": _found(hit.found),
    }


def _found(found: Found) -> dict[str, Any]:
    return {
        "dense_rank": found.dense_rank,
        "dense_score": found.dense_score,
        "lexical_rank": found.lexical_rank,
        "lexical_score": found.lexical_score,
        "terms": list(found.terms),
    }


def article_record(article: Article) -> dict[str, Any]:
    """What `kiji articles ID --json` prints, text and all."""
    return {
        "id": article.id,
        "source": article.source,
        "title": article.title,
        "date": article.date,
        "date_inferred": article.date_inferred,
        "author": article.author,
        "text": article.text,
    }


def info_record(info: ArticleInfo) -> dict[str, Any]:
    """One line of `kiji articles --json`: an article without its text."""
    return {
        "id": info.id,
        "source": info.source,
        "title": info.title,
        "date": info.date,
        "date_inferred": info.date_inferred,
        "passages": info.passages,
        "indexed_at": info.indexed_at.isoformat(timespec="seconds"),
    }
