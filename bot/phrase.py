"""How an answer is said: a frame in the asker's language round the article's own words."""

from __future__ import annotations

import re
from datetime import date

from prompts.catalogue import say
from retrieval.dates import TimeMention, find_times, format_iso, time_at
from retrieval.values import Article, Intent, Language, Query

# A Japanese noun phrase takes です; a clause that ends in kana would not always bear it.
_NOUN_END = re.compile(
    r"(?:[一-鿿々ァ-ヺー0-9０-９A-Za-z%％）」』)]|さん|こと|もの|ため|とき|ところ|ごろ|まで|から|たち)$"
)


def time_of(article: Article, start: int, end: int) -> TimeMention | None:
    """The time expression that stands at a span of the article, resolved where it can be."""
    anchor = date.fromisoformat(article.date) if article.date else None
    return time_at(find_times(article.text, anchor), start, end)


def phrase(query: Query, short: str, time: TimeMention | None = None) -> str:
    """One claim's sentence: a frame round `short`, the words as they stand.

    A resolved time is said in full with the article's expression beside it,
    unless the article itself already gives it in full.
    """
    language = query.language
    short = short.strip()
    if query.intent is Intent.WHEN and time is not None and time.iso is not None:
        said = format_iso(time.iso, language)
        key = "answer.same_date" if said == short else "answer.date"
        return say(language, key, date=said, short=short)
    if language is Language.JA:
        key = "answer.noun" if _NOUN_END.search(short) else "answer.words"
    else:
        key = "answer.words" if query.intent is Intent.WHY else "answer.noun"
    return say(language, key, short=short)


def phrase_sentence(query: Query, sentence: str) -> str:
    """A whole sentence that answers, quoted in a frame that has a full stop of its own."""
    return say(query.language, "answer.words", short=sentence.rstrip("。"))
