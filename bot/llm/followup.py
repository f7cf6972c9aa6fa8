"""A follow-up made to stand alone by the model; what it gives is only ever a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.llm.fence import defused, new_fence
from bot.values import Turn
from prompts.catalogue import say
from retrieval.values import Language

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

# A question made to stand alone is not much longer than the follow-up and a name or two.
_LONGEST = 300


def tokens_in(text: str) -> int:
    """About how many tokens a text is: one for each full-width character, else one for four."""
    wide = sum(ord(character) > 0x2E7F for character in text)
    return wide + (len(text) - wide + 3) // 4


def bounded(history: Sequence[Turn], most: int) -> list[Turn]:
    """The last turns that fit into `most` tokens, oldest first."""
    chosen: list[Turn] = []
    for turn in reversed(history):
        most -= tokens_in(turn.question) + tokens_in(turn.answer)
        if most < 0:
            break
        chosen.append(turn)
    return chosen[::-1]


def rewrite_messages(
    question: str, history: Sequence[Turn], language: Language
) -> list[BaseMessage]:
    """The short call that makes a follow-up stand alone."""
    from langchain_core.messages import HumanMessage, SystemMessage

    turns = "\n".join(
        say(language, "llm.turn", question=turn.question, answer=turn.answer) for turn in history
    )
    fence = new_fence([question, turns])
    return [
        SystemMessage(say(language, "llm.rewrite_system", fence=fence)),
        HumanMessage(
            say(
                language,
                "llm.rewrite",
                fence=fence,
                turns=defused(turns),
                question=defused(question),
            )
        ),
    ]


def usable(rewritten: str) -> str:
    """The model's question, or an empty string where it gave something else."""
    line = " ".join(rewritten.split()).strip("「」“”\"' ")
    for label in ("質問：", "Question:", "新しい質問：", "New question:"):
        line = line.removeprefix(label).strip()
    return line if 0 < len(line) <= _LONGEST else ""
