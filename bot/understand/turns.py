"""The conversation so far, bounded, with what each answer named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from prompts.catalogue import LANGUAGES, catalogue
from retrieval.values import Intent, Language

REMEMBERED_TURNS = 6
"""How many of the last turns a follow-up may lean on."""

_LONGEST_REFERENT = 40
LONGEST_READ = 400  # of an earlier answer or question; what follows names nothing new
_REFUSALS = ("answer.refusal", "answer.no_articles")
_WRAPPERS = ("answer.date", "answer.words")
_OTHER_REFUSAL = re.compile(
    r"(?:書かれて|載って|述べられて|触れられて|記されて)い(?:ません|ない)|見つか(?:りません|らない)|記載が?(?:は)?(?:ありません|ない)"
    r"|(?:答え|お答え)(?:られ|でき)(?:ません|ない)|(?:わかり|分かり)ません|(?:わから|分から)ない"
    r"|\b(?:does|do|did) not (?:say|tell|mention|contain|answer)|\b(?:doesn't|don't) (?:say"
    r"|tell|mention|contain|know)"
    r"|\b(?:could|can) ?(?:not|n't) (?:find|answer|be found)|\bnot (?:mentioned|stated"
    r"|in the articles?)\b",
    re.IGNORECASE,
)
_COPULA_END = re.compile(r"(?:でした|です|だった|である|だ|とのこと(?:です)?)?[。．.!！\s]*$")
_SENTENCE_LIKE = re.compile(
    r"(?:ました|ます|ません|ている|ていた|[^々]した|れた|った)$|[。！？]|\b(?:is|was|were|are|has|had)\b"
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """An earlier turn: its question made to stand alone, and what its answer named.

    `named` is the bare answer (a name, a day), empty when it was refused or ran
    to a sentence.
    """

    question: str
    named: str
    intent: Intent
    language: Language


@lru_cache(maxsize=1)
def _unwrap() -> tuple[re.Pattern[str], ...]:
    """The catalogue's answer templates as patterns that give back what they hold."""
    patterns = []
    for language in LANGUAGES:
        for key in _WRAPPERS:
            template = re.escape(catalogue()[language].get(key, "")).replace(r"\{", "{")
            template = template.replace(r"\}", "}")
            named = re.sub(r"\{(?:date|short)\}", "(.+?)", template)
            if named:
                patterns.append(re.compile(named))
    return tuple(patterns)


def refused(answer: str) -> bool:
    """Whether an earlier answer said that the articles do not tell."""
    words = answer.strip()
    if not words or _OTHER_REFUSAL.search(words):
        return True
    return any(
        refusal in words
        for language in LANGUAGES
        for key in _REFUSALS
        if (refusal := catalogue()[language].get(key))
    )


def named_in(answer: str) -> str:
    """The bare name or time that an earlier answer gave, or an empty string.

    「金正恩総書記です。」 gives 金正恩総書記; a refusal and a whole sentence give nothing.
    """
    words = answer[:LONGEST_READ].strip()
    if refused(words):
        return ""
    for pattern in _unwrap():
        if match := pattern.match(words):
            words = match[1]
            break
    words = words.split("\n", 1)[0]
    words = _COPULA_END.sub("", words).strip(" 「」『』“”\"'")
    if not words or len(words) > _LONGEST_REFERENT or _SENTENCE_LIKE.search(words):
        return ""
    return words
