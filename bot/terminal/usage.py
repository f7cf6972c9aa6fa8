"""What a language model took for a talk, for `/usage`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.values import Answer
from prompts.catalogue import say
from retrieval.values import Language


def usage(answers: Sequence[Answer], language: Language) -> list[str]:
    """Tokens of the last answer and of the whole talk; a sentence where no model was asked."""
    asked = [(answer, answer.writing) for answer in answers if answer.writing is not None]
    if not asked:
        return [say(language, "llm.usage.none")]

    def total(counts: Iterable[int | None]) -> str:
        told = list(counts)
        known = [count for count in told if count is not None]
        if not known:
            return say(language, "llm.usage.unknown")
        count = f"{sum(known):,}"
        # A call that was stopped or broke off has told none.
        return count if known == told else say(language, "llm.usage.at_least", count=count)

    _, last = asked[-1]
    return [
        say(
            language,
            "llm.usage.last",
            input=total([last.input_tokens]),
            output=total([last.output_tokens]),
            calls=last.calls,
            model=last.model,
        ),
        say(
            language,
            "llm.usage.talk",
            input=total(one.input_tokens for _, one in asked),
            output=total(one.output_tokens for _, one in asked),
            calls=sum(one.calls for _, one in asked),
            kept=sum(one.kept for _, one in asked),
            repaired=sum(one.repaired for _, one in asked),
            dropped=sum(one.dropped for _, one in asked),
            fallen=sum(answer.engine != one.model for answer, one in asked),
            answers=len(asked),
        ),
    ]
