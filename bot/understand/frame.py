"""A Japanese question taken apart: what it is about, and where its interrogative stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.values import Intent, Language

from .interrogatives import find
from .normalise import mask_quotes

_CLOSING = re.compile(r"[?？!！。.\s]+$")
_COPULA = (
    r"(?:なの|な|の)?(?:です|でし|だっ|であ|でしょう|だろう|だ)?(?:た|る|り|ます|ました|う)*"
    r"(?:のか|んです)?(?:か|の|かな|ね)?"
)
_COPULA_ONLY = re.compile(
    rf"^(?:という(?:名前|名|人|人物|もの|こと)?|から|まで|で|に|と|へ|が|を|頃|ごろ|のこと|のもの)*{_COPULA}$|^(?:を|か"
    rf"|かを)?(?:教え|答え|説明し|挙げ|述べ).*$"
)
_TOPIC = re.compile(r"(?:とは|は|って|が)、?$")
_VERB_END = r"[たるいうくすつぬむぶぐ]"
_CLEFT = re.compile(rf"(?<={_VERB_END})の$|(?<=[だな])の$")
_DOER = re.compile(r"(?<=[たるだ])(?:人物|人|者|方|の)$")
_RELATIONAL = (
    r"理由|原因|背景|動機|きっかけ|目的|狙い|時期|日時|日付|時刻|時間|場所|会場|開催地|日|年"
    r"|経緯|名前|方法|結果"
)
_RELATION_OF_CLAUSE = re.compile(rf"(?<=[たるだ])(?:{_RELATIONAL})$")
_ATTRIBUTIVE = re.compile(r"(?<=た)[一-龯ァ-ヴー]{1,8}$")
_RELATION_OF_NOUN = re.compile(rf"の(?:{_RELATIONAL})$")
_SLOT_END = re.compile(
    r"(?:の[一-龯ァ-ヴー]{1,10})?(?:(?:頃|ごろ|から|まで|に|で|を|が|と|へ|によって|により))*、?"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """A question's parts.

    `event` is the clause that a question like 「…したのは誰」 is about, without its
    nominaliser; `topic` the noun phrase of 「事故の原因は何」 (事故) or of a whole
    sentence (首相は…); `before` and `after` surround the interrogative (with its
    particle `slot`) where the sentence has a predicate of its own.
    """

    intent: Intent | None
    event: str = ""
    topic: str = ""
    before: str = ""
    slot: str = ""
    after: str = ""

    @property
    def about(self) -> str:
        """What the question is about, as a noun phrase or a clause."""
        return self.event or self.topic

    def nominal(self, *, before_topic: bool) -> str:
        """`about` as a noun: 金与正氏が補佐したの (before は), …こと elsewhere."""
        if self.event:
            return self.event + ("の" if before_topic else "こと")
        return self.topic


def strip_closing(text: str) -> str:
    """The question without its question mark."""
    return _CLOSING.sub("", text)


def topic_end(text: str) -> int:
    """Offset of the first は that marks a topic, outside quotations; -1 without one."""
    masked = mask_quotes(text)
    match = re.search(
        r"(?<=[^\sにで、])(?:とは|は)(?=[^じずか]|$)|(?<=[一-龯ァ-ヴー])って(?=、|[誰何ど]|いつ|な[ぜに]|だれ|$)",
        masked,
    )
    return match.start() if match else -1


def parse(question: str) -> Frame:
    """The frame of a Japanese question."""
    text = strip_closing(question)
    found = find(mask_quotes(text), Language.JA)
    if not found:
        end = topic_end(text)
        if end < 0:
            return Frame(None, topic=re.sub(r"(?:を.{0,12}|について.*)$", "", text))
        after = re.sub(r"^(?:とは|って|は)、?", "", text[end:])
        about = _about(text[:end], None)
        if after and not about.event:
            return Frame(None, topic=text[:end], before=text[: len(text) - len(after)], after=after)
        return Frame(None, event=about.event, topic=about.topic)
    last = found[-1]
    before, after = text[: last.start], text[last.end :]
    if _TOPIC.search(before) and _COPULA_ONLY.match(after):
        about = _about(_TOPIC.sub("", before), last.intent)
        return Frame(last.intent, event=about.event, topic=about.topic)
    slot = _SLOT_END.match(after)
    cut = slot.end() if slot else 0
    end = topic_end(before)
    topic = before[:end] if end > 0 else re.sub(r"[がをにでとはへのも、]+$", "", before)
    return Frame(last.intent, topic=topic, before=before, slot=after[:cut], after=after[cut:])


def _about(phrase: str, intent: Intent | None) -> Frame:
    """The clause that a phrase nominalises, or the noun phrase without its relation."""
    named = (Intent.WHO, Intent.WHERE, Intent.WHEN)
    patterns = (_CLEFT, _DOER, _RELATION_OF_CLAUSE, *([_ATTRIBUTIVE] * (intent in named)))
    for pattern in patterns:
        if pattern.search(phrase):
            return Frame(None, event=pattern.sub("", phrase))
    return Frame(None, topic=_RELATION_OF_NOUN.sub("", phrase))
