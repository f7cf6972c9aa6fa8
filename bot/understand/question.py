"""The question as typed, made into a Query (or something social)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.values import Turn
from retrieval.values import Language, Query

from .followup import stand_alone
from .intent import classify
from .language import detect
from .lists import wants_list
from .moment import with_dates
from .normalise import clean
from .social import Social, social_kind, without_courtesies


def understand(question: str, history: Sequence[Turn], asked_at: datetime) -> Query | Social:
    """What is asked, made to stand alone, or what is said to be polite.

    `history` is the conversation, oldest turn first; only its last turns count.
    `asked_at` is the moment from which 今日 and last month are taken; without a
    timezone it is the machine's own.

    Raises InputError `understand.empty_question` and
    `understand.question_too_long` (details `length`, `limit`).
    """
    text = clean(question)
    kind = social_kind(text)
    if kind is not None:
        return Social(kind, detect(text) or _spoken_before(history), question)
    bare = without_courtesies(text)
    language = detect(bare) or detect(text) or _spoken_before(history)
    asked = stand_alone(bare, history, language)
    several, count = wants_list(asked, language)
    moment = asked_at if asked_at.tzinfo is not None else asked_at.astimezone()
    return Query(
        text=with_dates(asked, moment, language),
        original=question,
        intent=classify(asked, language),
        language=language,
        asked_at=moment,
        wants_list=several,
        count=count,
    )


def _spoken_before(history: Sequence[Turn]) -> Language:
    """The language of a text without letters: that of the question before."""
    for turn in reversed(history):
        if spoken := detect(turn.question):
            return spoken
    return Language.JA
