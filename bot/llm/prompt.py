"""What is sent to a model: instructions, numbered passages fenced as data, the question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.llm.fence import defused, new_fence
from bot.llm.structured import MOST_CLAIMS
from bot.verify import Rejected
from prompts.catalogue import say
from retrieval.values import Hit, Language, Query

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

# A model's own words are given back to it only so far.
_LONGEST = 300


def answer_messages(query: Query, hits: Sequence[Hit], *, plain: bool) -> list[BaseMessage]:
    """The call that answers: the hits are passages 1, 2, … in their order.

    The instructions are the same for every question, so that a provider's cache of
    prompts can hold them.
    """
    from langchain_core.messages import HumanMessage, SystemMessage

    language = query.language
    texts = [hit.text for hit in hits]
    fence = new_fence([query.text, *texts, *(hit.article.title for hit in hits)])
    spoken = say(language, "llm.language")
    system = say(language, "llm.system", most=MOST_CLAIMS, spoken=spoken)
    form = say(language, "llm.format_plain" if plain else "llm.format_json")
    question = say(
        language,
        "llm.question",
        fence=fence,
        passages="\n\n".join(_passage(hit, n, fence, language) for n, hit in enumerate(hits, 1)),
        question=defused(query.text),
        spoken=spoken,
    )
    return [SystemMessage(f"{system}\n\n{form}"), HumanMessage(question)]


def _passage(hit: Hit, number: int, fence: str, language: Language) -> str:
    article = hit.article
    return say(
        language,
        "llm.passage",
        fence=fence,
        number=number,
        title=defused(" ".join(article.title.split())),
        date=article.date or say(language, "llm.undated"),
        text=defused(hit.text),
    )


def repair_messages(
    messages: Sequence[BaseMessage], said: str, rejected: Sequence[Rejected], language: Language
) -> list[BaseMessage]:
    """The call that asks for failed claims again, each with what was wrong with it."""
    from langchain_core.messages import AIMessage, HumanMessage

    items = "\n".join(
        say(
            language,
            "llm.repair_item",
            claim=defused(one.draft.text)[:_LONGEST],
            problem=say(
                language, f"llm.problem.{one.problem}", words=defused(one.words)[:_LONGEST]
            ).rstrip(" :："),
        )
        for one in rejected
    )
    return [*messages, AIMessage(said), HumanMessage(say(language, "llm.repair", items=items))]
