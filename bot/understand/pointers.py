"""Words that point back into the conversation: それ, 彼女, その理由, he, there."""

from __future__ import annotations

import re

from retrieval.values import Language

from .interrogatives import find
from .normalise import mask_quotes
from .persons import names_in

# Each group names what the word points to.
_PERSON = (
    r"彼女(?:たち|ら)?|彼(?:ら|たち)?(?![岸方地我])|同氏|(?:その|この|あの)(?:人物|人|方|男性|女性|男|女|氏)|(?:この|その)(?:選手|議員"
    r"|大統領|首相|社長|監督|容疑者)|本人|同(?:大統領|首相|総書記|容疑者|被告)"
)
_PLACE = (
    r"(?:その|同)(?:国|都市|場所|市|県|町|街|会場|地域)|同地|そこ|あそこ|ここ(?!数|最近|まで|から)"
)
_TIME = (
    r"(?:その|この)(?:日|年(?!末)|月|時(?:期|代)?|とき|頃|ころ|当時)|同(?:日|年|月)(?![一-龯])|当時"
)
_OF = (
    r"(?<!ど)(?:その|この|あの)(?!もの|まま|うち|ため|たび|度|前|後|中|他|ほか|上|先|道|世|点|辺|へん|記事|ニュース|文|資料|ページ|国(?:の|で))"
    r"|同(?=(?:社|館|党|校|紙|誌|局|書|作|曲|団体|大会|大学|事件|事故|会談|県警|容疑)(?:[のはがをにで]|$))"
)
_EVENT = (
    r"(?:その|この|あの)(?:こと|件|出来事|話|ニュース|問題)|それ(?!ぞれ|ら?の|ら(?![はがをにも])|とも|から|でも|なら|に(?:し|つ)|まで|以|ほど"
    r"|だけ)|これ(?!ら?の|ら(?![はがをにも])|まで|から|ほど|だけ|以|で)|あれ(?!ば|から)"
)
_LATER = r"その(?:後|前|直後|あと|結果|際|時点)"
_POINTER_JA = re.compile(
    rf"(?P<person>{_PERSON})|(?P<place>{_PLACE})|(?P<time>{_TIME})|(?P<event>{_EVENT})"
    rf"|(?P<later>{_LATER})|(?P<of>{_OF})(?=[一-龯ァ-ヴー])"
)
_POINTER_EN = re.compile(
    r"\b(?P<person>he|him|she|her|his|hers|himself|herself|that (?:man|woman|person|leader"
    r"|politician))\b"
    r"|\b(?P<many>they|them|their|theirs|these|those)\b"
    r"|\b(?P<place>there|that (?:place|country|city|town))\b(?! (?:is|are|was|were|any|a"
    r"|been|be)\b)"
    r"|\b(?P<time>then|that (?:day|year|time|month)|the same (?:day|year))\b"
    r"|\b(?P<event>(?:it|its)\b(?! (?:is )?(?:true|possible|important|necessary|likely|clear"
    r"|rain|snow|take to|takes to)\b)"
    r"|(?<=is )(?:this|that)$|(?<=was )(?:this|that)$"
    r"|(?:this|that|the) (?:event|incident|meeting|decision|accident|deal|agreement|visit|plan)"
    r"|(?:this|that)(?= (?:happen|occur|take place|begin|start|end|mean|work|affect|cause"
    r"|lead|made|was|is|did|happened)\b)"
    r"|(?:this|that)(?= ?(?:$|in \w+$|at \w+$)))\b",
    re.IGNORECASE,
)

GENDER = {"彼女": True, "彼": False} | {
    word: female
    for female, words in (
        (True, ("she", "her", "hers", "herself", "that woman")),
        (False, ("he", "him", "his", "himself", "that man")),
    )
    for word in words
}
"""Whether a pronoun speaks of a woman; a word that is not here leaves it open."""

_CONTENT_JA = re.compile(r"[一-龯々ァ-ヴーA-Za-z0-9０-９〓]+")
# Words that say nothing of what is asked about.
_GENERIC = re.compile(
    r"今日|昨日|明日|結局|実際|具体的?に?|詳しく|正確|本当|一番|最初|最後|最終的|主|全部|全員|何|誰|教|知|答|思|言|事|時|頃|方|下|欲|説明|名前"
    r"|[はがをにでとのも、]|理由|訳"
)
_CONTENT_EN = re.compile(r"\b[a-z][\w'-]{2,}", re.IGNORECASE)
_FUNCTION = re.compile(
    r"the|and|but|for|was|were|are|did|does|has|had|have|who|whom|whose|what|when|where|why|how"
    r"|which|that|this|these|those|then|there|she|her|his|him|they|them|their|its|not|any|all"
    r"|about|from|with|into|exactly|happen|happened|long|many|much|old|else|been|being|will|would"
    r"|can|could|should|just|also|really|actually",
    re.IGNORECASE,
)


def names_nothing(phrase: str) -> bool:
    """Whether a phrase names nothing: interrogatives, particles and copulas only."""
    left = list(mask_quotes(phrase))
    for one in find("".join(left), Language.JA):
        left[one.start : one.end] = "、" * (one.end - one.start)
    return not _CONTENT_JA.search(_GENERIC.sub("", "".join(left)))


def pointing_back_ja(text: str, *, knows_time: bool = False) -> re.Match[str] | None:
    """The first word that points outside the question, if nothing named stands before it.

    当時 and その後 beside a topic of their own point nowhere, unless the
    conversation has given a time.
    """
    for pointer in _POINTER_JA.finditer(mask_quotes(text)):
        if not names_nothing(text[: pointer.start()]):
            return None
        if (pointer["later"] or pointer["time"]) and not names_nothing(
            re.sub(r"[ぁ-ん]+$", "", text[pointer.end() :])[:-4]
        ):
            return pointer if pointer["time"] and knows_time else None
        return pointer
    return None


def pointing_back_en(text: str) -> re.Match[str] | None:
    """The first pronoun with nothing named before it in its own question."""
    for pointer in _POINTER_EN.finditer(text):
        before = text[: pointer.start()]
        named = names_in(before, Language.EN)
        if named or re.search(r"\b(?:the|an?) (?!same\b)\w+", before, re.IGNORECASE):
            return None
        if pointer["time"] and _words(text[: pointer.start()] + text[pointer.end() :]) > 1:
            continue
        return pointer
    return None


def _words(text: str) -> int:
    return sum(_FUNCTION.fullmatch(word) is None for word in _CONTENT_EN.findall(text))
