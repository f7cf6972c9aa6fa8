"""Which of kiji's languages a question is asked in."""

from __future__ import annotations

import re

from retrieval.values import Language

from .normalise import mask_quotes

_KANA = re.compile(r"[\u3041-\u309f\u30a1-\u30ff\uff66-\uff9f]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff々〆]")
_LETTER = re.compile(r"[^\W\d_]")
# A question that opens as English does is English, whatever names follow.
_ENGLISH_OPENING = re.compile(
    r"(?:and |but |so |then |in |on |at |by |for |from |to |about |ok,? |hi,? |please )?"
    r"(?:who|whom|whose|when|where|why|what|which|how|is|are|was|were|do|does|did|has|have|had|"
    r"can|could|will|would|should|tell|name|list|give|explain|describe|summari[sz]e|thanks|thank)"
    r"(?:'s|'re|'d)?(?:\s+[a-z\"'“(]|$)",
    re.IGNORECASE,
)
# Not in capitals: the WHO of 「WHO 事務局長」 asks nothing. ASCII, so that 昨日who has a word.
_ENGLISH_WORD = re.compile(
    r"\b(?:[Ww](?:ho|hen|here|hy|hat|hich|as|ere)|[Hh]ow|[Ii]s|[Aa]re|[Dd](?:o|oes|id)"
    r"|[Tt]he|of|about)\b",
    re.ASCII,
)


def detect(text: str) -> Language | None:
    """The asker's language; None when the text holds no letters at all.

    `Who is 金与正?` is English, `iPhoneはいつ？` and `発表日時？` are Japanese.
    """
    if not _LETTER.search(text):
        return None
    if _ENGLISH_OPENING.match(text):
        return Language.EN
    plain = mask_quotes(text)
    if _KANA.search(plain):
        return Language.JA
    if _HAN.search(plain):
        return Language.EN if _ENGLISH_WORD.search(plain) else Language.JA
    return Language.JA if _KANA.search(text) or "「" in text or "『" in text else Language.EN
