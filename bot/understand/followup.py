"""A follow-up made to stand alone from the conversation."""

from __future__ import annotations

from collections.abc import Sequence

from bot.values import Turn
from retrieval.values import Language

from . import english, japanese
from .intent import classify
from .language import detect
from .normalise import LONGEST_QUESTION, tidy
from .social import social_kind
from .turns import LONGEST_READ, REMEMBERED_TURNS, Exchange, named_in

_RULES = {
    Language.JA: (japanese.stand_alone, japanese.leans_on_history),
    Language.EN: (english.stand_alone, english.leans_on_history),
}


def stand_alone(text: str, history: Sequence[Turn], language: Language) -> str:
    """The question with what the last turns left unsaid put in; bounded in length.

    Earlier follow-ups are resolved first, so a chain of them keeps its topic.
    """
    exchanges: list[Exchange] = []
    for turn in history[-REMEMBERED_TURNS:]:
        asked = tidy(turn.question[-LONGEST_READ:])
        if not asked or social_kind(asked) is not None:
            continue
        spoken = detect(asked) or language
        full = _resolve(asked, exchanges, spoken)
        exchanges.append(
            Exchange(
                full, named_in(tidy(turn.answer[:LONGEST_READ])), classify(full, spoken), spoken
            )
        )
    return _resolve(text, exchanges, language)


def leans_on_history(text: str, language: Language) -> bool:
    """Whether a question can't be understood by itself."""
    return _RULES[language][1](tidy(text))


def _resolve(text: str, exchanges: Sequence[Exchange], language: Language) -> str:
    if not exchanges:
        return text
    rewrite, leans = _RULES[language]
    if exchanges[-1].language is language:
        same = [exchange for exchange in exchanges if exchange.language is language]
        return rewrite(text, same)[-LONGEST_QUESTION:]
    # The asker changed languages: no grammar to lean on, the earlier question goes in front.
    if leans(text):
        return f"{exchanges[-1].question} {text}"[-LONGEST_QUESTION:]
    return text
