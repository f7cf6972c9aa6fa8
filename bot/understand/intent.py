"""What a question asks for: who, when, where, why, what, how, yes or no, or something else."""

from __future__ import annotations

import re

from retrieval.values import Intent, Language

from .interrogatives import Interrogative, find
from .normalise import fold, mask_quotes
from .nouns import kind_of

# What may follow the interrogative or the noun that a Japanese question ends on.
_JA_TAIL = re.compile(
    r"(?:を|について|に関して)?(?:簡単に|詳しく|全て|すべて|全員)?(?:教えて|説明して|答えて|述べて|挙げて|あげて|列挙して|示して|書いて|知りたい"
    r"|おしえて)(?:ください|下さい|くれ|ほしい|です|ね|よ|もらえます|いただけます)*か?$"
    r"|を?(?:答え|述べ|挙げ|説明し|教え)(?:よ|なさい)$"
    r"|(?:なの|な|の)?(?:です|でし|だっ|だ|であ|であり|であっ|でしょう|だろう)?(?:た|る|ろう|ました|ます)?(?:っけ|のか|の|か|かな|かね|ね)?$"
)
_JA_TOPIC_END = re.compile(r"(?:は|とは|って|が|も|と(?:言|い)えば|(?:で|と)(?:言|い)うと|だと)$")
_JA_WHAT_OF = re.compile(r"^(.*?)(?:は|とは|が|って|として)、?(?:[^はが、]{0,12})$")
_JA_NAMED = re.compile(r"(?:と|って)?(?:いう|い|言)|の(?:名前|名)")
_JA_CAUSE_END = re.compile(
    r"(?:(?<=[たるいだぬく])から|ため|せい|おかげ)(?:に|なの|であ|で|だっ|です|でし|でしょう|あり|ある|ます)*(?:た|の|か)*$"
)
_JA_MADE_CAUSE = re.compile(
    r"(?:理由|原因|要因|きっかけ|契機)と(?:して|な(?:った|る|っている))[^、]{0,16}$"
)
# 誰なんですか, いつごろなんだろう: the なん only ends the sentence.
_JA_MERE_ENDING = re.compile(r"(?:ごろ|ころ|頃|代)?なん(?=だ|で)")
_JA_ASKS_YESNO = re.compile(r"(?:か|の|かな|かね|ますか|っけ|でしょう|だろう)$")
_JA_CHOICE = re.compile(
    r"(?:か|の)、?(?:それとも|あるいは|または|もしくは)|(?:か|の)、[^か、]{1,40}(?:か|の)$|[^すたうの誰何こつれに]か[^か、]{1,20}か$"
)

_DEEPEST_BRACKETS = 2
_BRACKETS = re.compile(r"\([^()]*\)")

_EN_POLITE = re.compile(
    r"^(?:(?:ok|okay|so|and|but|well|then|also|please|hi|hello|hey|now)\b[, ]*)*"
    r"(?:(?:can|could|would|will) you (?:please )?(?:tell|explain|say|show|let)(?: me"
    r"| us)?(?: know)?|"
    r"(?:please )?(?:tell|explain to|remind) (?:me|us)|do you (?:know|happen to know)"
    r"|i(?:'d like| want| would like) to know|"
    r"any idea|i wonder|i was wondering|does (?:the|this) article (?:say|tell|mention"
    r"|explain))\b[, ]*(?:about )?"
)
_EN_LEAD = re.compile(r"^(?:and|but|so|then|ok|okay|also|well|please|now)\b[, ]*")
_EN_PREPOSITION = re.compile(
    r"^(?:in|on|at|by|for|from|to|with|of|about|since|until|during|under|after|before|around"
    r"|into|against|within)$"
)
_EN_AUXILIARY = re.compile(
    r"^(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|should|may|might"
    r"|must|isn't|aren't|wasn't|weren't|don't|doesn't|didn't|hasn't|haven't|won't)\b"
)
_EN_NAME_OF = re.compile(
    r"\bnames? of (?:the |an? )?(.{2,80}?)(?=\b(?:who|that|which|whose|in|of|from|at|for"
    r"|involved|behind)\b|$)"
)
_EN_OBJECT = re.compile(
    r"^(?:name|list|give(?: me)?|identify|state|explain|describe|mention|cite"
    r"|tell(?: me)?)\b(?: about)?(?: (?:all|each))?(?: of)?(?: the"
    r"| an?)? ?(.{0,80}?)(?=\b(?:who|that|which|whose|in|of|from|at|for|behind|why|when)\b|$)"
)
_EN_NOUN = re.compile(r"^(?:the |an? )?(.{2,60}?)(?=\b(?:who|that|which|of|for|in|at|behind)\b|$)")


def classify(text: str, language: Language) -> Intent:
    """The intent of one question in its own language; never fails.

    An interrogative decides, and of several the one that the sentence ends on
    (Japanese) or begins with (English), reasons before all. Without one, the
    noun asked about does (「時期は？」, "name the city"), else yes or no, else OTHER.
    """
    folded = fold(mask_quotes(text))
    # 誰（どの会社）ですか: what stands in brackets only glosses what stands before.
    plain = folded
    for _ in range(_DEEPEST_BRACKETS):
        plain = _BRACKETS.sub("", plain)
    if find(plain, language):
        folded = plain
    if language is Language.JA:
        return _japanese(folded)
    return _english(folded)


def _japanese(text: str) -> Intent:
    found = find(text, Language.JA)
    if not found:
        return _japanese_without(text)
    if any(one.intent is Intent.WHY for one in found):
        return Intent.WHY
    last = found[-1]
    if len(found) > 1 and _JA_MERE_ENDING.match(text, found[-2].end):
        last = found[-2]
    if last.intent is Intent.WHAT:
        if _JA_CAUSE_END.search(text):
            return Intent.WHY
        return _japanese_what(text, last)
    return last.intent


def _japanese_what(text: str, what: Interrogative) -> Intent:
    """何 asks for what the noun before は is: 首相の名前は何 WHO, 死因は何 WHY."""
    after = text[what.end :]
    before = _JA_WHAT_OF.match(text[: what.start])
    closes = not _JA_TAIL.sub("", after) or _JA_NAMED.match(after) or "説明" in after
    if before and (closes or after.startswith(("と", "だと", "で", "が"))):
        if _JA_MADE_CAUSE.search(before[1]):
            return Intent.WHY
        kind = kind_of(before[1], Language.JA)
        if kind in (Intent.WHY, Intent.WHEN, Intent.WHO) and not (
            kind is Intent.WHO and not re.search(r"名前?$|人$|人物$|者$", before[1])
        ):
            return kind
    return Intent.WHAT


def _japanese_without(text: str) -> Intent:
    noun = _JA_TOPIC_END.sub("", _JA_TAIL.sub("", text)).rstrip("、 ")
    if _JA_CHOICE.search(text):
        return Intent.OTHER
    if _JA_ASKS_YESNO.search(text):
        return Intent.YESNO
    return kind_of(noun, Language.JA) or Intent.OTHER


def _english(text: str) -> Intent:
    asked = _EN_POLITE.sub("", text)
    polite = asked != text
    asked = _EN_LEAD.sub("", asked)
    found = find(asked, Language.EN)
    for one in found:
        before = asked[: one.start].strip()
        if not before or _EN_PREPOSITION.match(before):
            return _english_what(asked, one)
    if not polite and _EN_AUXILIARY.match(asked):
        why = next((one for one in found if asked[one.start : one.end] == "why"), None)
        return Intent.WHY if why else Intent.YESNO
    if listed := _EN_OBJECT.match(asked):
        if kind := kind_of(listed[1].strip(), Language.EN):
            return kind
        return found[0].intent if found else Intent.OTHER
    opened = next((one for one in found if asked[: one.start].rstrip().endswith(",")), None)
    if opened or found:
        return _english_what(asked, opened or found[-1])
    noun = _EN_NOUN.match(asked)
    return (noun and kind_of(noun[1].strip(), Language.EN)) or Intent.OTHER


def _english_what(text: str, what: Interrogative) -> Intent:
    if what.intent is not Intent.WHAT:
        return what.intent
    if named := _EN_NAME_OF.search(text, what.end):
        return kind_of(named[1].strip(" ,"), Language.EN) or Intent.WHAT
    return Intent.WHAT
