"""How many claims of an answer nothing bears out: the row that matters with a language model.

A claim is a sentence of the answer. It is borne out when kiji's own check
(`bot.bearing`) finds nothing wrong with it beside the articles that were shown with
the answer, or beside the two sentences of theirs that share most with it. The same
for every system, and kinder than what kiji asks of itself: there the quote must do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.bearing import unborne
from bot.bearing.evidence import Evidence
from bot.evaluate.metrics import fold
from retrieval.split import sentences
from retrieval.values import Article, Language

_JAPANESE = re.compile(r"[ぁ-ゖァ-ヺ一-鿿]")
# What models say when they follow the frameworks' prompts and have nothing to say.
_REFUSAL = re.compile(
    r"don['’]t know|do not know|not (?:mentioned|provided|specified|contain)"
    r"|no (?:information|answer)|cannot (?:answer|find)|empty response"
    r"|(?:分か|わか)りません|不明です|情報(?:は|が)(?:ありません|含まれて)|(?:記載|言及)されていません"
    r"|書かれていません|(?:お)?答え(?:でき|られ)ません",
    re.IGNORECASE,
)
_NEAREST = 2


def refuses(text: str) -> bool:
    """Whether an answer only says that it has none."""
    return not text.strip() or bool(_REFUSAL.search(text))


def unsupported(text: str, shown: Sequence[Article]) -> int:
    """How many sentences of an answer no article that was shown bears out."""
    return sum(not _borne(text[start:end].strip(), shown) for start, end in sentences(text))


def _borne(claim: str, shown: Sequence[Article]) -> bool:
    if not fold(claim):
        return True
    language = Language.JA if _JAPANESE.search(claim) else Language.EN
    whole = [Evidence(article, 0, len(article.text)) for article in shown]
    return any(
        evidence and unborne(claim, evidence, language) is None
        for evidence in (whole, list(_nearest(claim, shown)))
    )


def _nearest(claim: str, shown: Sequence[Article]) -> Iterator[Evidence]:
    wanted = _pairs(claim)
    every = [
        Evidence(article, start, end)
        for article in shown
        for start, end in sentences(article.text)
        if article.text[start:end].strip()
    ]
    yield from sorted(every, key=lambda one: -len(wanted & _pairs(one.quote)))[:_NEAREST]


def _pairs(text: str) -> set[str]:
    folded = fold(text)
    return {folded[place : place + 2] for place in range(len(folded) - 1)}
