"""Japanese follow-ups made to stand alone, by the particles and scripts of the question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.values import Intent, Language

from .ellipsis import OF_WHAT_HAPPENED, about, asked_of, fill_ellipsis
from .frame import Frame, parse, strip_closing, topic_end
from .interrogatives import find
from .normalise import mask_quotes
from .nouns import kind_of
from .persons import person_meant
from .pointers import GENDER, names_nothing, pointing_back_ja
from .turns import Exchange

_CONNECTIVE = re.compile(
    r"^(?:(?:では|じゃあ|じゃ|それでは|それじゃあ?|ちなみに|ところで|なお|そして|あと|また|あの|えっと|で(?=、)|それで(?=、|[などい何誰])|でも"
    r"|だけど|しかし)[、,\s]*)+"
)
_OTHERS = re.compile(
    r"^(?:ほか|他|その他|それ以外|これ以外)(?:に(?:は|も)?|の(?:人|国|もの)?は?|は)?"
)
_REQUEST_END = re.compile(r"(?:て|ください|下さい)$")
_ONE_MORE = re.compile(
    r"^(?:もう|あと)(?:一|1|ひと|二|2|１)(?:人|つ|か所|か国|社)(?:は|って)?(?:誰|何|どこ)?(?:です)?か?$"
)


def stand_alone(text: str, exchanges: Sequence[Exchange]) -> str:
    """The question with what it leaves to the conversation put in.

    A question that stands alone comes back as it is.
    """
    previous = exchanges[-1]
    body = _CONNECTIVE.sub("", text) or text
    bare = strip_closing(body)
    mark = body[len(bare) :]
    frame = parse(previous.question)
    if _ONE_MORE.match(bare) or (
        (others := _OTHERS.match(bare)) and names_nothing(bare[others.end() :])
    ):
        return _closed(_besides(previous), mark)
    knows_time = any(one.intent is Intent.WHEN and one.named for one in exchanges)
    if pointer := pointing_back_ja(bare, knows_time=knows_time):
        return _closed(_resolve(bare, pointer, exchanges, frame), mark)
    if merged := fill_ellipsis(bare, exchanges, frame):
        return _closed(merged, mark)
    if frame.topic.endswith(head := bare[: max(topic_end(bare), 0)]) and head != frame.topic:
        return _closed(frame.topic + bare[len(head) :], mark) if head else text
    return text


def _closed(question: str, mark: str) -> str:
    """The question with the mark that was typed, or one if it asks without."""
    return question + (mark or ("" if _REQUEST_END.search(question) else "？"))


def leans_on_history(text: str) -> bool:
    """Whether a question can't be understood by itself."""
    bare = strip_closing(_CONNECTIVE.sub("", text) or text)
    return names_nothing(bare) or pointing_back_ja(bare) is not None


def _besides(previous: Exchange) -> str:
    question = strip_closing(previous.question)
    return f"{previous.named}のほかに、{question}" if previous.named else question


def _resolve(text: str, pointer: re.Match[str], exchanges: Sequence[Exchange], frame: Frame) -> str:
    before, after = text[: pointer.start()], text[pointer.end() :]
    previous = exchanges[-1]
    rest = re.sub(r"^(?:は|が|って|も)、?", "", after)
    if pointer["person"]:
        person = person_meant(
            exchanges, Language.JA, female=GENDER.get(pointer.group().rstrip("たちら"))
        )
        if person and names_nothing(rest) and rest != after and _of_event(rest):
            return asked_of(person, rest, exchanges, frame)
        return before + person + after if person else about(text, previous, frame)
    if pointer["place"] or pointer["time"]:
        wanted = Intent.WHERE if pointer["place"] else Intent.WHEN
        for exchange in reversed(exchanges):
            if exchange.intent is wanted and exchange.named:
                return before + exchange.named + after
        return about(text, previous, frame)
    if pointer["of"]:
        of = _of(after, exchanges, frame)
        if of:
            return before + of
        return about(text, previous, frame) if pointer.group() == "その" else text
    if pointer["later"]:
        return about(text, previous, frame)
    if names_nothing(rest) and rest != after:
        return fill_ellipsis(rest, exchanges, frame) or about(text, previous, frame)
    if previous.named and previous.intent is Intent.WHAT:
        return before + previous.named + after
    if frame.about and not frame.after:
        return before + frame.nominal(before_topic=after.startswith("は")) + after
    return about(text, previous, frame)


def _of_event(rest: str) -> bool:
    """Whether an interrogative alone asks of what happened (なぜ), not of the person (何歳)."""
    found = find(mask_quotes(rest), Language.JA)
    return bool(found) and found[-1].intent in (Intent.WHY, Intent.WHEN, Intent.WHERE)


def _of(after: str, exchanges: Sequence[Exchange], frame: Frame) -> str:
    """その理由は: the noun said of what the question before was about; empty if it can't be."""
    if merged := fill_ellipsis(after, exchanges, frame):
        return merged
    head = re.match(r"[一-龯ァ-ヴー]+", after)
    if head is None:
        return ""
    if spoken := _spoken_of(head.group(), exchanges[-1].question):
        return spoken + after[head.end() :]
    kind = kind_of(head.group(), Language.JA)
    if kind is Intent.WHO and (person := person_meant(exchanges, Language.JA)):
        return f"{person}（{head.group()}）{after[head.end() :]}"
    relation = kind is not None or OF_WHAT_HAPPENED.match(head.group())
    if frame.event and relation:
        return frame.event + after
    if frame.topic and relation:
        return f"{frame.topic}の{after}"
    return ""


def _spoken_of(noun: str, question: str) -> str:
    """The noun with all that the question before said of it, or an empty string."""
    match = re.search(rf"([^はが、。]*?{re.escape(noun)})", question)
    return match[1] if match else ""
