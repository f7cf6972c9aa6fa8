"""Whom 彼女, 同氏, he or her speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.values import Intent, Language

from .nouns import kind_of
from .turns import Exchange

_TITLES = (
    r"(?:氏|さん|様|さま|君|大統領|首相|総書記|書記長|国家主席|主席|国王|女王|法王|教皇|総裁|代表|会長|社長|委員長|議長|"
    r"長官|外相|財務相|防衛相|大臣|知事|市長|議員|監督|選手|投手|容疑者|被告|教授|博士|元首相|夫人|親方|騎手)"
)
_NAME_JA = re.compile(rf"[一-龯々ァ-ヴー・＝A-Za-z]{{1,24}}?{_TITLES}(?!の国|制|選|[一-龯])")
_TITLED = re.compile(rf"{_TITLES}$")
_TOPIC_JA = re.compile(r"^(?:[^はがも]*、)?([^はがも、]{2,24}?)(?:とは|は|って)(?!.*の(?:は|って))")
_BARE_NAME_JA = re.compile(r"[一-龯々]{2,5}|[ァ-ヴー・＝]{3,24}|[A-Za-z. ]{3,30}")
_NAME_EN = re.compile(
    r"\b(?:(?:President|Prime Minister|King|Queen|Pope|Mr\.?|Mrs\.?|Ms\.?|Dr\.?) )?"
    r"[A-Z][\w'.-]*(?:(?: (?:of|de|van|von|bin|al|the))? [A-Z][\w'.-]*)*"
)
_NOT_NAME = re.compile(
    r"Who|Whom|Whose|When|Where|Why|What|Which|How|In|On|At|By|For|From|To|And|But|So|The|A|An|Did"
    r"|Does|Do|Is|Are|Was|Were|Has|Have|Had|Will|Would|Can|Could|Should|Name|List|Tell|Besides"
)
_FEMALE = re.compile(
    r"妹|姉|母|妻|娘|女|夫人|皇后|王妃|\b(?:sister|mother|wife|daughter|woman|queen|princess|actress|mrs|ms)\b",
    re.IGNORECASE,
)
_MALE = re.compile(
    r"弟|兄|父|夫(?!人)|息子|(?<!長)男(?:性|優)|王子|皇太子|\b(?:brother|father|husband|son|man|king|prince"
    r"|actor|mr)\b",
    re.IGNORECASE,
)


def is_titled(name: str) -> bool:
    """Whether a Japanese name carries its title: 鈴木氏, 山本会長."""
    return _TITLED.search(name) is not None


def names_in(text: str, language: Language) -> list[str]:
    """The names of persons that a question gives away by title, topic or capitals."""
    if language is Language.EN:
        found = []
        for match in _NAME_EN.finditer(text):
            words = match.group().removesuffix("'s").split()
            while words and _NOT_NAME.fullmatch(words[0]):
                words = words[1:]
            if words:
                found.append(" ".join(words))
        return found
    found = [match.group() for match in _NAME_JA.finditer(text)]
    if (topic := _TOPIC_JA.match(text)) and topic[1] not in found:
        head = topic[1].split("の")[-1]
        if kind_of(topic[1], language) is Intent.WHO or _BARE_NAME_JA.fullmatch(head):
            found.append(topic[1])
    return found


def _fits(name: str, context: str, female: bool | None) -> bool:
    """Whether nothing in or just before a name speaks against the pronoun's gender."""
    if female is None:
        return True
    near = context[max(0, context.find(name) - 8) : context.find(name)] if name in context else ""
    against = _MALE if female else _FEMALE
    return not against.search(name) and not against.search(near[-4:])


def person_meant(
    exchanges: Sequence[Exchange], language: Language, *, female: bool | None = None
) -> str:
    """The person that a pronoun speaks of, or an empty string.

    The latest turn that names one decides. In it the person whom the question is
    about comes before the one answered when the question has a topic of its own
    (金与正氏は誰を補佐…), after it when it asks for the doer (…を補佐したのは誰).
    """
    for exchange in reversed(exchanges):
        if exchange.language is not language:
            continue
        named = exchange.named if exchange.intent is Intent.WHO else ""
        asked = names_in(exchange.question, language)
        opens = bool(asked) and _opens_with(exchange.question, asked[0], language)
        # 新しい社長は誰: a role that was asked for gives way to the name that filled it.
        opens = opens and not (named and kind_of(asked[0], language) is Intent.WHO)
        order = [*asked[:1], named] if opens else [named, *asked[:1]]
        candidates = [name for name in order if name]
        fitting = [name for name in candidates if _fits(name, exchange.question, female)]
        if fitting or candidates:
            return (fitting or candidates)[0]
    return ""


def _opens_with(question: str, name: str, language: Language) -> bool:
    if language is Language.JA:
        after = question[question.find(name) + len(name) :]
        return after.startswith(("は", "とは", "って"))
    return bool(
        re.match(r"(?:[Ww]ho(?:m)?|[Ww]hat) (?:did|does|do|was|is|has|had|will) ", question)
    )
