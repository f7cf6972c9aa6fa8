"""今日, 先月, last month in a question: the date they mean, written beside them."""

from __future__ import annotations

import re
from datetime import datetime

from retrieval.dates import format_iso, resolve_question_time
from retrieval.values import Language

from .normalise import mask_quotes

# Words that mean another day whenever they are said. 前日 and 18世紀 don't.
_LEANING = re.compile(
    r"[今本一]?昨[日夜晩年]|今[日朝夜晩週月年]|本[日年](?!人)|明[日朝晩]|明後日|去年|おととい|おととし"
    r"|[先来再](?:々)?[週月]|[来再]年|(?:きょう|きのう|あした|あす)(?=[はのにも、]|$)"
    r"|(?<![のらと\d])\d{1,3}(?:日|週間|か月|ヶ月|カ月|年)前"
    r"|(?<![^\s,.\"'“(])(?:today|yesterday|tomorrow|tonight|ago"
    r"|(?:this|last|next) (?:night|week|weekend|month|year|spring|summer|autumn|fall|winter"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|january|february|march|april|may|june|july|august|september|october|november|december))\b",
    re.IGNORECASE,
)
_AROUND = 30  # characters on each side that may belong to the same expression
_OPENS_BRACKET = re.compile(r"\s?[(（]")


def with_dates(text: str, asked_at: datetime, language: Language) -> str:
    """The question with each time that leans on `asked_at` told in full.

    「昨日の会談」 becomes 「昨日（2026年11月23日）の会談」: the words that were typed
    stay, for an article of that day says 昨日 too, and the date is there for all
    others. Times inside quotations and times with a year of their own stay bare.
    """
    leaning = list(_LEANING.finditer(mask_quotes(text)))
    if not leaning:
        return text
    first = max(0, leaning[0].start() - _AROUND)
    last = leaning[-1].end() + _AROUND
    for mention in reversed(resolve_question_time(text[first:last], asked_at)):
        start, end = first + mention.start, first + mention.end
        leans = any(start <= word.start() and word.end() <= end for word in leaning)
        if mention.iso is None or not leans or _OPENS_BRACKET.match(text, end):
            continue
        date = format_iso(mention.iso, language)
        gloss = f"（{date}）" if language is Language.JA else f" ({date})"
        text = text[:end] + gloss + text[end:]
    return text
