"""English follow-ups made to stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.values import Intent, Language

from .persons import names_in, person_meant
from .pointers import GENDER, pointing_back_en
from .turns import Exchange

_CONNECTIVE = re.compile(r"^(?:(?:and|but|so|then|ok|okay|also|well|now)\b[, ]*)+", re.IGNORECASE)
_AUX = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must|may|might)"
_WH = (
    r"(?:(?:in|on|at|by|for|from|to|with|since|until|of|about) )?"
    r"(?:who|whom|whose|when|where|why|how(?: (?:many|much|long|old|often|far"
    r"|come)(?: (?!did|do|does|was|were|is|are)[a-z]+)?)?"
    r"|(?:what|which)(?: (?:exact )?(?:year|date|day|month|time|country|city|place|reason"
    r"|town|state|person))?)"
)
_BARE_WH = re.compile(rf"^{_WH}(?: (?:exactly|else|then|so|not))?$", re.IGNORECASE)
_WHAT_ABOUT = re.compile(r"^(?:what|how) about (?P<noun>.+)$", re.IGNORECASE)
_ELSE = re.compile(
    r"^(?:who|what|where) else$|^(?:any(?:one|thing|body) else|(?:any )?others"
    r"|and (?:the )?others?)$",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"^(?:(?:what|when|where)(?: is| was|'s| are| were) )?(?:the |its |his |her |their )?"
    r"(?P<noun>reasons?|cause|date|place|location|venue|time|year|motive|purpose|background"
    r"|names?|result|outcome|number|cost|price|age)$",
    re.IGNORECASE,
)
_NOUN_ASKS = {
    "date": "when",
    "time": "when",
    "year": "in what year",
    "place": "where",
    "location": "where",
    "venue": "where",
    "reason": "why",
    "reasons": "why",
    "cause": "why",
    "motive": "why",
    "purpose": "why",
    "background": "why",
}
_POSSESSIVE_NEXT = re.compile(
    r"^ (?!(?:in|on|at|to|for|from|with|and|or|about|during|after|before|as|by|when|while"
    r"|if|is|was|did|the|a|an)\b)[a-z]",
)
_LIGHT = (
    r"(?:happen|occur|take place|begin|start|end|open|close|finish|arrive|die|resign|break out"
    r"|collapse|work|fail|win|lose)"
)
# "Who attended", "How many people died": nothing says of what.
_UNSAID = re.compile(
    r"^(?:who|what|how many(?: people)?|when|where|why)(?: (?:was|were|will|has|have|had|is|are))?"
    r" (?!(?:the|a|an)\b)[a-z]{3,}(?: (?:up|out|off|there|present|involved))?$",
    re.IGNORECASE,
)
_WAS_THAT = re.compile(
    rf"^(?P<wh>{_WH}) (?:is|was|did|does) (?:that|this|it)(?: (?:happen|occur|take place|so))?$",
    re.IGNORECASE,
)


def stand_alone(text: str, exchanges: Sequence[Exchange]) -> str:
    """The question with what it leaves to the conversation put in.

    A question that stands alone comes back as it is.
    """
    previous = exchanges[-1]
    body = _CONNECTIVE.sub("", text) or text
    bare = body.rstrip(" ?!.")
    asked = previous.question.rstrip(" ?!.")
    if _ELSE.match(bare):
        return f"Besides {previous.named}, {_lower(asked)}?" if previous.named else f"{asked}?"
    if match := _WHAT_ABOUT.match(bare):
        return _what_about(match["noun"], asked)
    if body != text and names_in(bare, Language.EN) == [bare]:
        return _what_about(bare, asked)
    if noun := _NOUN.match(bare):
        word = _NOUN_ASKS.get(noun["noun"].lower())
        return _exchanged(word, previous) if word else f"{bare} ({_content(asked)})?"
    if _BARE_WH.match(bare):
        return _exchanged(bare, previous)
    if (when := _WAS_THAT.match(bare)) and not _event(previous):
        return _exchanged(when["wh"], previous)
    if pointer := pointing_back_en(bare):
        return _resolve(bare, pointer, exchanges) + "?"
    if _UNSAID.match(bare) and not names_in(bare, Language.EN):
        return f"{bare} ({_event(previous) or _content(asked)})?"
    return text


def _lower(question: str) -> str:
    first = question.split(" ", 1)[0]
    return (
        question[0].lower() + question[1:]
        if re.match(rf"(?:{_WH}|{_AUX})$", first, re.IGNORECASE)
        else question
    )


def leans_on_history(text: str) -> bool:
    """Whether a question can't be understood by itself."""
    bare = (_CONNECTIVE.sub("", text) or text).rstrip(" ?!.")
    return bool(_BARE_WH.match(bare) or _ELSE.match(bare) or pointing_back_en(bare))


def _content(question: str) -> str:
    """A question without its interrogative: what it is about."""
    return re.sub(rf"^(?:{_WH} (?:{_AUX} )?|{_AUX} )", "", question, count=1, flags=re.IGNORECASE)


def _exchanged(word: str, previous: Exchange) -> str:
    """The question before with its interrogative exchanged for `word`."""
    asked = previous.question.rstrip(" ?!.")
    word = word[0].upper() + word[1:]
    if re.match(rf"{_AUX}\b", asked, re.IGNORECASE):
        return f"{word} {asked[0].lower()}{asked[1:]}?"
    if inverted := re.match(rf"{_WH} (?={_AUX}\b(?! [a-z]+ed\b))", asked, re.IGNORECASE):
        rest = asked[inverted.end() :]
        copula = re.match(
            r"(?:is|was|are|were) (?!.*\b(?:born|held|made|found|killed|[a-z]+ed)\b)", rest
        )
        doer = previous.intent in (Intent.WHO, Intent.WHAT) and copula
        if not doer:
            return f"{word} {rest}?"
        named = f", {previous.named}" if previous.named else ""
        return f"{word} ({_content(asked)}{named})?"
    if subject := re.match(rf"{_WH} ", asked, re.IGNORECASE):
        return f"{word} was it that {previous.named or 'someone'} {asked[subject.end() :]}?"
    return f"{word} ({_content(asked)})?"


def _what_about(noun: str, asked: str) -> str:
    """`What about Putin?`: the question before, asked of another."""
    names = names_in(asked, Language.EN)
    if names:
        return asked.replace(names[0], noun, 1) + "?"
    return f"{asked} ({noun})?"


def _resolve(text: str, pointer: re.Match[str], exchanges: Sequence[Exchange]) -> str:
    previous = exchanges[-1]
    word = pointer.group().lower()
    before, after = text[: pointer.start()], text[pointer.end() :]
    referent, owns = "", word in ("his", "its", "their", "hers", "theirs")
    if pointer["person"]:
        female = GENDER.get(word)
        referent = person_meant(exchanges, Language.EN, female=female)
        owns = owns or (word == "her" and bool(_POSSESSIVE_NEXT.match(after)))
    elif pointer["place"] or pointer["time"]:
        wanted = Intent.WHERE if pointer["place"] else Intent.WHEN
        kept = [one.named for one in exchanges if one.intent is wanted and one.named]
        if kept:
            joint = "in " if pointer["place"] and word == "there" else ""
            joint = "on " if pointer["time"] and kept[-1][:1].isdigit() else joint
            referent = joint + kept[-1]
    elif pointer["many"] and previous.named and previous.intent is Intent.WHO:
        referent = previous.named
    elif pointer["event"]:
        referent = _event(previous)
    if referent:
        # One name may be spoken of twice: "why did she say she …".
        same = r"\bshe\b" if word == "she" else r"\bhe\b" if word == "he" else None
        tail = re.sub(same, referent, after) if same else after
        if (
            pointer["event"]
            and re.match(r" (?:happen|occur|take place)$", after)
            and " " in referent
        ):
            tail = after
        return before + referent + ("'s" if owns else "") + tail
    about = _content(previous.question.rstrip(" ?!."))
    named = f", {previous.named}" if previous.named and previous.named not in about else ""
    return f"{text} ({about}{named})"


def _event(previous: Exchange) -> str:
    """What `it` is: the thing answered, or the noun phrase that was asked about."""
    if previous.intent is Intent.WHAT and previous.named:
        return previous.named
    asked = previous.question.rstrip(" ?!.")
    plain = re.sub(r" (?:on|in|at) \d[\w ,]*$", "", asked)
    light = re.match(
        rf"{_WH} (?:did|does|do|will|has) (?P<np>.+?) {_LIGHT}(?: (?:in"
        rf"|on|at|to|by|from|after|during)\b.*)?$",
        plain,
        re.IGNORECASE,
    )
    if light:
        return light["np"]
    what = re.match(
        r"what (?:caused|led to|triggered|prompted|is|was|are"
        r"|were) (?P<np>.+)$",
        plain,
        re.IGNORECASE,
    )
    being = re.match(
        rf"{_WH} (?:is|was|are|were) (?P<np>(?:the|a|an|this|that) .+?)(?: [a-z]+ed| held"
        rf"| made| built| found)?(?: (?:in|on|at|by|to|from)\b.*)?$",
        plain,
        re.IGNORECASE,
    )
    asks = re.match(
        r"(?:is|was|are|were|did|has|will) (?P<np>(?:the|a|an|this"
        r"|that) .+?) [a-z]+(?: (?:in|on|at|by|to|from)\b.*)?$",
        plain,
        re.IGNORECASE,
    )
    match = what or being or asks
    if not match:
        return ""
    return re.sub(r"^the (?:reason|cause|purpose|background) (?:of|for|behind) ", "", match["np"])
