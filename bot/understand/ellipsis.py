"""Elliptic Japanese questions (いつですか, 場所は, なぜ) filled from the question before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.values import Intent, Language

from .frame import Frame, strip_closing
from .interrogatives import Interrogative, find
from .normalise import mask_quotes
from .nouns import kind_of
from .persons import is_titled, person_meant
from .pointers import names_nothing
from .turns import Exchange

_TAIL = r"(?:です|でした|でしょう|だっ|だ|なの|なん|だろう)*(?:た|か|の|ね|っけ|かな)*"
_BARE_NOUN = re.compile(
    rf"^(?P<noun>[一-龯々ァ-ヴー]{{1,8}}|(?:平成|令和|昭和)?\d{{1,4}}年|きっかけ|狙い|いきさつ|わけ)(?P<mark>は|とは|って|について|を|も)?(?P<rest>(?:何"
    rf"|なに|どう|どこ|いつ|誰|いくら|いくつ|どのくらい|どれくらい|何[人年日歳個件時])?{_TAIL}|教えて.*|説明して.*|知りたい.*)$"
)
_OWN_PREDICATE = re.compile(
    r"^[一-龯]{1,4}[ぁ-ん]{1,14}$|^[ぁ-ん]{2,14}$|^[ァ-ヴー]{2,10}(?:し|さ)[ぁ-ん]{1,10}$"
)
_DROPPED_SUBJECT = re.compile(
    r"^[一-龯]{1,6}(?:を|に|へ|で|と|から|まで)[一-龯]{1,4}[ぁ-ん]{1,12}$"
)
_OCCURS = re.compile(r"^(?:起き|起こ|行わ|始ま|開か|開催|発生|実施|終わ|あっ|あり|決ま|実現|生じ)")
_SAME_AGAIN = re.compile(
    r"^(?:それは|これは)?(?:本当|ほんとう|ほんと|マジ|まじ)(?:に|です|なの|か|？)*$|^(?:もっと|もう少し)?(?:詳しく|くわしく"
    r"|具体的に)(?:教えて|説明して|お願い|は|いう|言う)?.{0,6}$"
)
_HAPPENED_TO = re.compile(r"^[一-龯]{1,4}[ぁ-ん]{1,12}(?:か|の)$")
_OF_PERSON = re.compile(r"^(?:何歳|おいくつ|何者|(?:どんな|どういう|どのような)(?:人|方|人物))")
_UNSAID_CLEFT = re.compile(
    r"^[一-龯]{1,4}(?![がをにはもでと])[ぁ-ん]{1,6}のは(?:誰|だれ|どこ|何|いつ|どの|どちら|なぜ|$)"
)
OF_WHAT_HAPPENED = re.compile(
    r"^(?:死者|負傷者|犠牲者|けが人|怪我人|被害者|参加者|出席者|犯人|容疑者|主催者?|発表者|首謀者|責任者|目撃者|生存者|参加国|行方不明者)数?$"
    r"|^(?:結果|内容|詳細|被害|影響|反応|名称|対策|対応|今後|見通し|状況|経過|被害額)$"
)
_ASKING_END = re.compile(r"(?:のです|んです|です|の)?か?$")
_ABOUT_PERSON = re.compile(
    r"^(?:年齢|歳|肩書き?|役職|職業|経歴|出身地?|国籍|家族|身長|学歴|生年月日|誕生日|性別|配偶者|妻|夫|父|母|父親|母親|息子|娘|妹|兄|姉|弟"
    r"|前任者?|後任者?|発言|コメント|死因)$"
)
_LONGEST_RELATION = 4  # 開催場所; what is longer names something of its own
_WHEN_WHERE = {
    Intent.WHEN: re.compile(r"^(?:時期|日時|日付|時間|時刻|日程|年月日|期日|年)$"),
    Intent.WHERE: re.compile(r"^(?:場所|会場|開催地|所在地|地点)$"),
}
_WHY_NOUN = re.compile(r"^(?:理由|原因|背景|きっかけ|動機|目的|狙い|わけ|要因|いきさつ|経緯|意図)$")
_YEAR = re.compile(r"(?:\d{4}|平成\d+|令和\d+|昭和\d+)年")
_SHORT_NOUN = re.compile(r"[一-龯々]{1,4}")
_DEFAULT_PARTICLE = {Intent.WHERE: "で", Intent.WHO: "が"}


def fill_ellipsis(text: str, exchanges: Sequence[Exchange], frame: Frame) -> str:
    """An elliptic question filled from the one before; empty when it is not elliptic."""
    found = find(mask_quotes(text), Language.JA)
    if _SAME_AGAIN.search(text):
        return strip_closing(exchanges[-1].question)
    if (noun := _BARE_NOUN.match(text)) and (not found or noun["mark"]):
        return _noun_asked(noun, text, exchanges, frame)
    if not found:
        if _HAPPENED_TO.match(text) and (topic := _subject(frame, exchanges)):
            event = frame.event and _OCCURS.match(text)
            return f"{frame.event}のは{text}" if event else f"{topic}は{text}"
        return about(text, exchanges[-1], frame) if _UNSAID_CLEFT.match(text) else ""
    if _OF_PERSON.match(text) and (person := person_meant(exchanges, Language.JA)):
        return f"{person}は{text}"
    if names_nothing(text):
        return _asked(text, found[-1], exchanges[-1], frame)
    first = found[0]
    if _UNSAID_CLEFT.match(text):
        return about(text, exchanges[-1], frame)
    if text[: first.start].strip("、 "):
        return ""
    left = re.sub(r"^(?:頃|ごろ|から|まで|に|で|を|が|と|へ|の)*、?", "", text[first.end :])
    if _OWN_PREDICATE.match(left) or (
        first.intent in (Intent.WHY, Intent.WHEN, Intent.WHERE) and _DROPPED_SUBJECT.match(left)
    ):
        return _said_of(text, left, exchanges, frame)
    return ""


def about(text: str, previous: Exchange, frame: Frame) -> str:
    """No safe rewriting: the topic before, and what was answered, stand in front."""
    if frame.after and previous.named:
        filled = frame.before + previous.named + frame.slot + frame.after
        return f"{_ASKING_END.sub('', filled)}ことについて、{text}"
    topic = frame.nominal(before_topic=False) or strip_closing(previous.question)
    named = f"（{previous.named}）" if previous.named and previous.named not in topic else ""
    return f"{topic}{named}について、{text}"


def asked_of(person: str, rest: str, exchanges: Sequence[Exchange], frame: Frame) -> str:
    """彼女はなぜ: what was said before, asked of the person."""
    previous = exchanges[-1]
    if frame.event:
        doer = "" if re.search("[がは]", frame.event) else f"{person}が"
        return f"{doer}{frame.event}のは{rest}"
    found = find(mask_quotes(rest), Language.JA)
    if frame.after and found:
        cut = len(frame.topic) if frame.before.startswith(frame.topic) else 0
        moved = Frame(
            frame.intent, "", person, person + (frame.before[cut:] or "は"), frame.slot, frame.after
        )
        return _asked(rest, found[-1], previous, moved)
    return f"{person}は{rest}"


def _said_of(text: str, predicate: str, exchanges: Sequence[Exchange], frame: Frame) -> str:
    """どこで行われた, いつから準備した: a predicate that leaves its subject to the conversation."""
    if frame.event and _OCCURS.search(predicate):
        return f"{_event(frame, exchanges[-1])}のは{text}"
    if re.match(r"(?:誰|だれ|どこ|何|どの[^がを]{1,6})が", text) and frame.event:
        return about(text, exchanges[-1], frame)
    topic = _subject(frame, exchanges)
    return f"{topic}は{text}" if topic else about(text, exchanges[-1], frame)


def _subject(frame: Frame, exchanges: Sequence[Exchange]) -> str:
    """Who or what the question before was about, as the subject of a new predicate."""
    previous = exchanges[-1]
    if frame.topic:
        asked_for = frame.intent is Intent.WHO and previous.named and not frame.after
        return f"{frame.topic}（{previous.named}）" if asked_for else frame.topic
    if subject := re.match(r"(?:[^はが]*[、に])?(.+?)が", frame.event):
        return subject[1]
    return person_meant(exchanges, Language.JA)


def _event(frame: Frame, previous: Exchange) -> str:
    """The clause, with whoever was answered as its subject if it lacks one."""
    if frame.intent is Intent.WHO and previous.named and not re.search("[がは]", frame.event):
        return f"{previous.named}が{frame.event}"
    return frame.event


def _asked(text: str, asked: Interrogative, previous: Exchange, frame: Frame) -> str:
    """いつですか, なぜ: the question before with its interrogative exchanged."""
    if frame.event:
        return f"{_event(frame, previous)}のは{text}"
    if not frame.after:
        return f"{frame.topic}は{text}" if frame.topic else ""
    word = text[asked.start : asked.end]
    particle = re.match(r"(?:頃|ごろ|から|まで|に|で(?![すしは])|を|が|と|へ)*", text[asked.end :])
    marked = word + ((particle and particle[0]) or _DEFAULT_PARTICLE.get(asked.intent, ""))
    kept = ""
    if (
        frame.intent in (Intent.WHO, Intent.WHAT)
        and previous.named
        and frame.slot[:1] in "をがにと"
    ):
        kept = previous.named + frame.slot
    return f"{frame.before}{marked}{kept}{frame.after}"


def _noun_asked(
    match: re.Match[str], text: str, exchanges: Sequence[Exchange], frame: Frame
) -> str:
    """場所は, 理由を教えて, 年齢は, プーチン氏は: a noun alone, asked of what came before."""
    noun, previous = match["noun"], exchanges[-1]
    for intent, pattern in _WHEN_WHERE.items():
        if pattern.match(noun):
            word = "いつ" if intent is Intent.WHEN else "どこ"
            return _asked(f"{word}ですか", Interrogative(intent, 0, 2), previous, frame)
    if _WHY_NOUN.match(noun):
        if frame.after:
            return _asked("なぜ", Interrogative(Intent.WHY, 0, 2), previous, frame)
        joint = "" if frame.event else "の"
        return f"{frame.about}{joint}{text}" if frame.about else ""
    if _ABOUT_PERSON.match(noun) and (person := person_meant(exchanges, Language.JA)):
        return f"{person}の{text}"
    asks = kind_of(noun, Language.JA) if len(noun) <= _LONGEST_RELATION else None
    if asks not in (None, Intent.WHO) or OF_WHAT_HAPPENED.match(noun):
        joint = "際の" if frame.event else "の"
        return f"{frame.about}{joint}{text}" if frame.about else ""
    if match["mark"] in ("は", "って", "も") and not match["rest"]:
        return _what_about(noun, frame, previous) or (
            about(text, previous, frame) if _SHORT_NOUN.fullmatch(noun) else ""
        )
    return ""


def _what_about(noun: str, frame: Frame, previous: Exchange) -> str:
    """「では、プーチン氏は？」: the question before, asked of another."""
    question = strip_closing(previous.question)
    if _YEAR.fullmatch(noun):
        return _YEAR.sub(noun, question, count=1) if _YEAR.search(question) else ""
    if frame.event:
        subject = re.match(r"^(.+?)が", frame.event)
        old = subject[1] if subject else ""
    else:
        old = frame.topic.split("の")[0]
    if not old or old not in question:
        return ""
    if is_titled(old) and not is_titled(noun):
        return f"{old}の{noun}は"
    return question.replace(old, noun, 1)
