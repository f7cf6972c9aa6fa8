"""Whether a question asks for several answers, and how many."""

from __future__ import annotations

import re

from retrieval.values import Language

from .normalise import fold, mask_quotes

_MOST = 50
"""No list of an article is longer; a larger number counts something else."""

_JA_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_EN_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_NUMBER_JA = r"(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})"
_NUMBER_EN = rf"(?P<n>\d{{1,3}}|{'|'.join(_EN_WORDS)})"
_COUNTER_JA = (
    r"(?:人|名|つ|点|個|件|社|校|団体|冊|曲|作|本|項目|種類|か所|カ所|箇所|(?:か|カ|ヶ|ヵ)国|都市"
    r"|チーム|組)"
)
_LISTED_JA = r"(?:挙げ|あげて|列挙|羅列|リストアップ)"

# With a number: 3人を挙げて, 2つの理由は何, "name three", "who were the two".
_COUNTED = {
    Language.JA: (
        re.compile(
            rf"(?<![第もあ\d]){_NUMBER_JA}{_COUNTER_JA}(?:の[^はがをのに、]{{1,12}})?(?:、|を|すべて|全て|ずつ|ほど|だけ)*"
            rf"(?:{_LISTED_JA}|教え|答え|述べ|示し)"
        ),
        re.compile(
            rf"(?<![第\d]){_NUMBER_JA}{_COUNTER_JA}(?:の[^はがをに、]{{1,12}})?(?:は|とは|って)、?"
            r"(?:それぞれ)?(?:誰|だれ|どこ|何(?!人|年|日|月|歳|時|度|回)|どの|どんな|どれ|$)"
        ),
    ),
    Language.EN: (
        re.compile(
            rf"^(?:please )?(?:name|list|give(?: me)?|identify|mention|tell me)(?: the| any"
            rf"| all)? {_NUMBER_EN}\b"
        ),
        re.compile(
            rf"\b(?:who|what|which)(?: (?:are|were))?(?: the)?(?: (?:first|last"
            rf"|other))? {_NUMBER_EN} [a-z]{{2,}}s?\b"
        ),
    ),
}
# Without one.
_SEVERAL = {
    Language.JA: re.compile(
        r"誰と誰|どことどこ|何と何|どれとどれ|いつといつ|誰や誰|誰々|誰たち|誰ら|どの国々|どんな国々"
        rf"|{_LISTED_JA}|(?:すべて|全て|全員|全部|みんな)(?:の名前)?(?:を)?(?:教|答|述|示|書)"
        r"|(?:メンバー|顔ぶれ|一覧|リスト|参加国|加盟国|構成国|出席者|参加者|登場人物|受賞者たち|内訳)(?:全員)?(?:は|とは|って|を|の名前|$)"
        r"|(?:人々|人たち|者たち|国々|[^お]方々|選手たち|議員たち|都市名?すべて)(?:は|とは)(?:、)?(?:誰|どこ|何|$)"
        r"|(?:どの|どんな|どういう|どのような)[^はがをに、]{0,8}(?:人々|国々|人たち|者たち|たち(?!ま))|それぞれ(?:誰|どこ|何|いつ|いくら|どの)"
        r"|(?:ほか|他)(?:に|には)(?:誰|何|どこ|どんな|どの)"
    ),
    Language.EN: re.compile(
        r"\b(?:what|which)(?: other| are| were)?(?: the)?(?: [a-z]+)? (?:countries|people"
        r"|cities|nations|leaders|members|companies|teams|states|players|"
        r"organi[sz]ations|reasons|causes|places|names|groups|parties|men|women|politicians"
        r"|officials|candidates|winners|victims|towns|books|films|awards)\b"
        r"|\bwho (?:are|were) (?:the|all|all the) [a-z ]*?(?:[a-z]{2,}[^s\W]s|people|men"
        r"|women|children)\b|\bwho all\b|\bwho else\b|\bwhat else\b"
        r"|^(?:please )?list\b|^(?:please )?(?:name|give me|tell me|identify)(?: me)? (?:all"
        r"|every|each|some|several)\b|^(?:please )?name the [a-z ]*?(?:[a-z]{2,}[^s\W]s"
        r"|people|men|women|children)\b"
        r"|\ball (?:of )?the (?:names|members|people|countries|reasons)\b"
    ),
}
_PAIR = re.compile(r"(?P<w>誰|どこ|何|どれ|いつ)(?P<more>(?:と(?P=w))+)")


def _number(digits: str) -> int:
    if digits.isdigit():
        return int(digits)
    if digits in _EN_WORDS:
        return _EN_WORDS[digits]
    tens, ten, ones = digits.rpartition("十")
    if not ten:
        return _JA_DIGITS[ones] if len(ones) == 1 else 0
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return 10 * _JA_DIGITS.get(tens, 1) + _JA_DIGITS.get(ones, 0)


def wants_list(text: str, language: Language) -> tuple[bool, int | None]:
    """Whether several answers are asked for, and the number where one is said.

    「3人を挙げて」 gives (True, 3), 「誰と誰」 (True, 2), "which countries" (True, None),
    「3人が死亡したのはなぜ」 (False, None).
    """
    folded = fold(mask_quotes(text))
    for pattern in _COUNTED[language]:
        if match := pattern.search(folded):
            count = _number(match["n"])
            if 1 < count <= _MOST:
                return True, count
            if count == 1:
                return False, None
    if language is Language.JA and (pair := _PAIR.search(folded)):
        return True, 1 + pair["more"].count(pair["w"])
    return bool(_SEVERAL[language].search(folded)), None
