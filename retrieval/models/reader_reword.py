"""Japanese questions said in other ways, by rule: as in chat, or no longer answered by the text.

Those who wrote JaQuAD's questions looked at the text and wrote whole, polite sentences. People who
chat write 「…したのっていつ？」, a few words, or half of what could be said.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

_END = re.compile(r"[。．.？?！!\s]+$")
_ASKED = r"誰|だれ|いつ|どこ|何|なに|どれ|どちら|なぜ|どうして|いくつ|いくら"
# 「…は誰ですか」: what is asked about, the interrogative, what ends the sentence.
_PLAIN = re.compile(
    rf"^(?P<about>.{{3,}}?)(?:は|とは)、?(?P<asked>{_ASKED})"
    r"(?:です|でした|でしょう|だった|であった|だろう|なの|なのです|なん|なんです)?か?$"
)
_WHEN = re.compile(
    r"^(?P<about>.{3,}?)(?:何年何月何日|何月何日|何年何月|何年|何月|何日)(?P<rest>.*)$"
)
_WHY = re.compile(r"なぜ|どうして|何故")
_POLITE = (
    (re.compile(r"れましたか$"), ("れたの", "れた", "れたっけ")),
    (re.compile(r"(?<=さ)れていますか$"), ("れてる", "れてるの", "れてんの")),
    (re.compile(r"ていますか$"), ("てる", "てるの", "ている")),
    (re.compile(r"ていましたか$"), ("てた", "てたの")),
    (re.compile(r"しましたか$"), ("したの", "した", "したっけ")),
    (re.compile(r"でしたか$"), ("だった", "だったの", "だっけ")),
    (re.compile(r"ですか$"), ("", "なの", "なんですか", "かな")),
    (re.compile(r"でしょうか$"), ("", "なの", "ですか")),
    (re.compile(r"のか$"), ("の", "のかな", "んだろう")),
    (re.compile(r"(?<!ます)か$"), ("", "の")),
)
# What ends a question whose interrogative, or what it asks for, stands last; what may end it else.
_NOUN_END = re.compile(
    rf"(?P<noun>{_ASKED}|[年月日人名国県市町村所者語円歳社家校]|名前|理由|場所|国名)"
    r"(?:(?:な|だった)?(?:ん|の)です|です|でした|でしょう|なの|だったの|だった|だろう|だ)?(?:っけ|かな|か)?$"
)
_NOUN_ENDINGS = (
    "",
    "か",
    "ですか",
    "ですか",
    "ですか",
    "でしたか",
    "でしょうか",
    "なの",
    "なんですか",
    "だっけ",
    "でしたっけ",
    "だったの",
    "だったんですか",
)
# The same after a verb in its plain past or present.
_VERB_END = re.compile(
    r"(?P<verb>た|だ|てる|ている|れる|する|いる|ある)(?:(?:ん|の)(?:です|でした)?|のだろう)?(?:っけ|かな|か)?$"
)
_VERB_ENDINGS = (
    "",
    "の",
    "の",
    "のか",
    "のですか",
    "のですか",
    "んですか",
    "んですか",
    "んだっけ",
    "んでしょうか",
)
_SIGNS = ("？", "?", "?", "", "？", "。")
_CASUAL = (
    ("どのような", "どんな"),
    ("どのように", "どうやって"),
    ("という名前", "って名前"),
    ("と呼ばれ", "って呼ばれ"),
    ("について", "のこと"),
    ("において", "で"),
    ("における", "の"),
    ("のは、", "のって"),
    ("のは", "のって"),
    ("である", "の"),
    ("誰", "だれ"),
    ("氏", "さん"),
    ("人物", "人"),
    ("何人", "なんにん"),
)
_WORDS = re.compile(r"[一-鿿々〆0-9０-９]+|[ァ-ヺー・=＝]{2,}|[A-Za-z][A-Za-z .]*")

# Pairs of which a question asks one: with the other in its place, the text does not tell.
_OPPOSITES = (
    "最初/最後 最大/最小 最高/最低 最古/最新 男性/女性 父/母 兄/弟 姉/妹 夫/妻 息子/娘 "
    "開始/終了 結婚/離婚 出生/死去 生まれ/亡くな 誕生/死亡 入学/卒業 就任/辞任 設立/解散 "
    "開館/閉館 開業/閉業 到着/出発 当選/落選 上昇/低下 増加/減少 賛成/反対 勝利/敗北 "
    "勝った/負けた 先攻/後攻 長男/次男 長女/次女 前任/後任 初代/第二代 祖父/祖母 成功/失敗 "
    "攻撃/防御 輸出/輸入 発表/撤回 建設/解体 採用/廃止 午前/午後"
)
_OPPOSITE = {
    one: other
    for pair in _OPPOSITES.split()
    for one, other in (pair.split("/"), pair.split("/")[::-1])
}
_OPPOSED = re.compile("|".join(sorted(map(re.escape, _OPPOSITE), key=len, reverse=True)))
_NAME = re.compile(r"[ァ-ヺー・=＝]{3,}|[A-Za-z][A-Za-z ]{2,}")
_NUMBER = re.compile(r"[0-9０-９]+")


def reworded(question: str, draw: random.Random) -> str:
    """A question said as in chat; the answer stays the same."""
    bare = _END.sub("", question)
    chance = draw.random()
    if chance < 0.12:
        said = _keywords(bare)
    elif (plain := _PLAIN.match(bare)) and chance < 0.75:
        said = _turned(plain["about"], plain["asked"], draw)
    elif _WHY.search(bare) and chance < 0.75:
        said = _why(bare, draw)
    elif (when := _WHEN.match(bare)) and chance < 0.6 and not when["rest"].startswith("間"):
        said = _ending(f"{when['about']}いつ{when['rest'].removeprefix('の')}", draw)
    else:
        said = _ending(bare, draw)
    for formal, casual in _CASUAL:
        if formal in said and draw.random() < 0.4:
            said = said.replace(formal, casual, 1)
    if draw.random() < 0.15:
        said = _shortened(said)
    if draw.random() < 0.2:
        said = said.replace("、", "")
    return said + draw.choice(_SIGNS)


def styled(question: str, draw: random.Random) -> str:
    """A question, asked or unanswered, with another ending and sign: polite, plain or of chat.

    Who writes questions that a text does not answer writes them in a style of their own; without
    this the style would tell what the text should. Every style comes from every style.
    """
    bare = _END.sub("", question)
    if noun := _NOUN_END.search(bare):
        said = bare[: noun.start()] + noun["noun"] + draw.choice(_NOUN_ENDINGS)
    elif verb := _VERB_END.search(bare):
        said = bare[: verb.start()] + verb["verb"] + draw.choice(_VERB_ENDINGS)
    else:
        said = _ending(bare, draw)
    return said + draw.choice(_SIGNS)


def typed(question: str, draw: random.Random) -> str:
    """An English question as it is typed: often without its sign, at times in lower case."""
    said = question.rstrip("? ") if draw.random() < 0.3 else question
    return said.lower() if draw.random() < 0.15 else said


def altered(question: str, text: str, others: Callable[[], str], draw: random.Random) -> str | None:
    """A question that looks as if `text` answered it, with a role, a name or a number changed.

    `others()` draws another question, whose names are borrowed. What is put in does not stand in
    the text. None where nothing can be changed.
    """
    ways = [_opposed, _renumbered, _renamed]
    draw.shuffle(ways)
    for way in ways:
        changed = way(question, text, others, draw)
        if changed is not None:
            return changed
    return None


def _turned(about: str, asked: str, draw: random.Random) -> str:
    """「…は誰ですか」 in another order or with another ending."""
    clause = asked == "いつ" and about.endswith("の")  # others would lose their particle
    ways = [
        f"{about}って{asked}",
        f"{about}は{asked}",
        f"{about}って{asked}だっけ",
        f"{about}は{asked}なの",
        f"{about}って{asked}ですか",
        f"{about}が{asked}か教えて",
        f"{about}は",
        f"{about}を教えて",
        f"{asked}、{about}って",
    ]
    if clause:
        ways[5:8] = [
            f"{asked}{about}",
            f"{asked}{about[:-1]}んだっけ",
            f"{asked}{about[:-1]}んですか",
        ]
    return draw.choice(ways)


def _why(bare: str, draw: random.Random) -> str:
    rest = _WHY.sub("", bare, count=1).strip("、")
    casual = draw.choice(("なんで", "どうして", "何で", "なぜ"))
    if (found := re.search(r"の(?:は|って)$|のは(?:です|でしょう|でした)?か$", rest)) is not None:
        about = rest[: found.start()]
        return draw.choice(
            (
                f"{casual}{about}の",
                f"{about}のは{casual}",
                f"{about}のって{casual}",
                f"{about}理由は",
                f"{about}わけは",
                f"{about}のは何が原因",
            )
        )
    return _WHY.sub(casual, bare, count=1)


def _ending(said: str, draw: random.Random) -> str:
    for polite, casual in _POLITE:
        if polite.search(said):
            return polite.sub(draw.choice(casual), said) if draw.random() < 0.7 else said
    return said


def _keywords(bare: str) -> str:
    words: Sequence[str] = _WORDS.findall(bare)
    return " ".join(words) if len(words) > 1 else bare


def _shortened(said: str) -> str:
    """Without what stands before the first comma, where enough is left."""
    before, comma, rest = said.partition("、")
    return rest if comma and len(rest) > 8 and len(before) < len(rest) else said


def _opposed(
    question: str, text: str, _others: Callable[[], str], _draw: random.Random
) -> str | None:
    for found in _OPPOSED.finditer(question):
        other = _OPPOSITE[found.group()]
        if other not in text:
            return question[: found.start()] + other + question[found.end() :]
    return None


def _renumbered(
    question: str, text: str, _others: Callable[[], str], draw: random.Random
) -> str | None:
    found = [m for m in _NUMBER.finditer(question) if m.group() in text]
    if not found:
        return None
    number = draw.choice(found)
    value = int(number.group())
    step = draw.choice((1, 2, 3, 5, 7, 10, 20))
    changed = str(value + step if value <= step or draw.random() < 0.5 else value - step)
    if changed in text:
        return None
    return question[: number.start()] + changed + question[number.end() :]


def _renamed(
    question: str, text: str, others: Callable[[], str], draw: random.Random
) -> str | None:
    found = [m for m in _NAME.finditer(question) if m.group() in text]
    if not found:
        return None
    name = draw.choice(found)
    for _ in range(8):
        for other in _NAME.finditer(others()):
            if other.group() not in text and other.group() not in question:
                return question[: name.start()] + other.group() + question[name.end() :]
    return None
