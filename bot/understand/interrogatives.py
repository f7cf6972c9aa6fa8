"""The interrogatives and what each asks for, Japanese and English side by side.

Rows are tried in order at each place of a question, so a longer or narrower
phrase stands above the one that it contains. A row without an intent takes
words that only look like interrogatives (誰も, いつか, how about) out of play.
Patterns run over folded text (see `normalise.fold`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from retrieval.values import Intent, Language

from .nouns import alternatives

_WHICH = (
    r"(?:(?<![なほ])どの|どんな|どういう|どういった|どのような|いかなる|いずれの|何という|何ていう"
    r"|何って|なんという|なんていう|何の|なんの)"
)
_EN_WHICH = (
    r"(?:what|which)(?:'s| (?:is|are|was|were))?(?: the)?(?: (?:exact|main|real|first|other|two"
    r"|three|\d+))?"
)
# Words between the interrogative and its noun: which British general, in which Showa year.
_EN_BETWEEN = (
    r"(?:(?!(?:of|by|in|on|at|to|for|from|with|and|or|as|than|that|who|did|do|does|is|are|was|were"
    r"|has|have|had|can|could|will|would|kind|sort|type|name|names|part)\b)[^\s,;:?!]+ ){0,3}?"
)


def _ja(intent: Intent) -> str:
    return rf"{_WHICH}(?:{alternatives(intent, Language.JA)})"


def _en(intent: Intent) -> str:
    return rf"\b{_EN_WHICH} {_EN_BETWEEN}(?:{alternatives(intent, Language.EN)})\b"


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that ask for `intent`; None: that ask for nothing."""

    name: str
    intent: Intent | None
    ja: str
    en: str


RULES: tuple[Rule, ...] = (
    Rule(
        "indefinite",
        None,
        ja=r"(?:誰|だれ|何|なに|どこ|いつ|どれ|どちら)(?:も(?=[がをにのはとで、]|[^の者])|でも(?!と)|かしら)"
        r"|(?:誰|だれ|何|なに|どこ|いつ|いくつ|何人|何者)か"
        r"(?!$|ら|[国月所]|な?ね?$|、|を?(?:教|説|答|述|示)|は$|が(?:知|わか|分か)|[わ分]か|知|について|という)"
        r"|いつの間|いくら(?:か(?!か|$)|でも|も)|何(?:とか|となく|とも(?!呼|言)|ら|より|卒|度も(?!の)|回も(?!の))|どうも|どうか"
        r"|どうぞ|どうしても|どうせ|どうにか"
        r"|どの[^、をにがはでの]{1,4}も(?!の)(?=、|[^と])|どんなに|なぜか(?!$)",
        en=r"\b(?:no matter|regardless of) (?:who|what|when|where|how)\b|\bthose who\b"
        r"|\b(?:some|any)(?:one|body) who\b"
        r"|\b(?:how|what) about\b|\bwho(?:ever)? knows\b",
    ),
    Rule(
        "why",
        Intent.WHY,
        ja=r"なぜ|何故|なにゆえ|何ゆえ|(?<!ち)なんで(?=[^しだす]|$)|どうして(?!い[るたまて]|ま)"
        r"|何(?:の|が)?(?:ため|せい|おかげ)|なんの(?:ため|せい|おかげ)"
        r"|何(?:が|で)(?:あった|起き(?:た|て)|起こ(?:った|って))(?:せい|ため|から)|何のつもり|何(?:が|を)(?:理由|原因|きっかけ|引き金|目的|狙|契機)|何に起因"
        rf"|{_ja(Intent.WHY)}|どういうわけ"
        r"|(?:理由|原因|背景|動機|目的)(?:を|について)、?[^、。]{0,16}?(?:何と|どう|どのように)(?:説明|述べ|語|話|分析|見て)",
        en=rf"\bwhy\b|\bhow come\b|\bwhat (?:caused|led|prompted|drove|motivated|triggered"
        rf"|provoked|sparked|made|makes|causes|brought about|explains)\b"
        rf"|\b(?:for )?{_EN_WHICH} (?:{alternatives(Intent.WHY, Language.EN)})\b"
        rf"|\bwhat (?:is|was|'s|lies|lay) behind\b|\bwhat .{{1,200}} for$",
    ),
    Rule(
        "who",
        Intent.WHO,
        ja=rf"何者|なにもの|誰|だれ|どなた|{_ja(Intent.WHO)}|何様",
        en=rf"\bwho(?:'s|m|se)?\b|{_en(Intent.WHO)}",
    ),
    Rule(
        "how much time",
        Intent.HOW,
        ja=r"何(?:年|日|時|週|分|秒|月|か月|ヶ月|カ月|ヵ月|ケ月|世紀)(?:間|後|前(?!半)|ぶり|目|経|遅|早|先|以[内上下]|近く|続|ほど|くらい"
        r"|ぐらい|程度|か[かけ]|に(?:わた|渡|及)|暮|過ご|生き)"
        r"|(?<!時)何(?:時間|分|秒|週間|泊|周年|か月|ヶ月|カ月|ヵ月|ケ月|歳|才|年制|代目)",
        en=r"\bhow (?:long|old|often|soon|late|early|frequently)\b",
    ),
    Rule(
        "when",
        Intent.WHEN,
        ja=rf"いつ|何時(?:何分)?|何日|何年|何月|何曜|何世紀|何時代|なんじ|なんねん|なんにち|{_ja(Intent.WHEN)}|どの年|どの月|どの日|どの頃"
        rf"|どのころ"
        r"|どの段階|どのタイミング",
        en=rf"\bwhen(?:'s)?\b|\bsince when\b|{_en(Intent.WHEN)}",
    ),
    Rule(
        "how much",
        Intent.HOW,
        ja=r"いくら|いくつ|幾つ|幾ら|ど(?:の|れ)(?:くらい|ぐらい|位|ほど|だけ)|どの程度|いかほど"
        r"|何(?:十|百|千|万|億)?(?:人|名(?!前|称|詞)|個|本|枚|回|度|円|ドル|台|件|%|点|倍|番|位|匹|頭|羽|冊|隻|機|基|両|校|社"
        r"|箇所|カ所|か所|ヶ所"
        r"|つ(?!の間)|票|割|軒|戸|棟|曲|種類?|cm|mm|km|m|kg|g|t|l|メートル|キロ|センチ|ミリ|トン|グラム|リットル|ユーロ|ポンド"
        r"|フィート|パーセント|ヘクタール|平方"
        r"|対|部|巻|話|章|階|段|歩|字|文字|通り|度目|回目|か国|カ国|ヶ国|ヵ国|着|便|世帯|勝|敗|試合|インチ|マイル|ページ|ワット|株|シリング|コア|ビット)",
        en=rf"\bhow (?:many|much|far|big|large|tall|high|deep|wide|heavy|fast|close|likely|hot"
        rf"|cold|strong|serious)\b|{_en(Intent.HOW)}",
    ),
    Rule(
        "where",
        Intent.WHERE,
        ja=rf"どこ|何処|いずこ|{_ja(Intent.WHERE)}|何(?:国|州|県|市(?!場)|町|村|島|駅|区|地方|大陸|都市|海|湖)"
        r"|どの(?:へん|辺|あたり|国)|どちら(?:に(?:あ|い|住|行)|へ|の(?:国|出身))",
        en=rf"\bwhere(?:'s)?\b|{_en(Intent.WHERE)}"
        rf"|\bwhereabouts\b",
    ),
    Rule(
        "how",
        Intent.HOW,
        ja=rf"どうやって|どうすれば|(?<![もほ])どう(?!い[うっ])|いかに|どのように|どんな(?:ふう|風)に?|どういう(?:風|ふう)に?"
        rf"|{_ja(Intent.HOW)}",
        en=r"\bhow(?:'s)?\b",
    ),
    Rule(
        "what",
        Intent.WHAT,
        ja=r"何|なに|なん(?=だ|で|と|の|て)|(?<![なほ])どれ|どちら|どっち|(?<![なほ])どの|どんな|どういう|どういった|どのような|いかなる"
        r"|いずれ(?!も)",
        en=r"\bwhat(?:'s)?\b|\bwhich\b",
    ),
)


@dataclass(frozen=True, slots=True)
class Interrogative:
    """One interrogative found: `text[start:end]` of the text that was searched."""

    intent: Intent
    start: int
    end: int


def _compiled(language: Language) -> re.Pattern[str]:
    parts = ((rule.ja if language is Language.JA else rule.en) for rule in RULES)
    pattern = "|".join(f"(?P<r{index}>{part})" for index, part in enumerate(parts))
    # ASCII in English, so that a word ends where a Japanese name begins.
    ascii_words = re.ASCII if language is Language.EN else re.NOFLAG
    return re.compile(pattern, re.IGNORECASE | ascii_words)


_PATTERNS = {language: _compiled(language) for language in Language}


@lru_cache(maxsize=64)  # one question is looked through by several rules
def find(text: str, language: Language) -> tuple[Interrogative, ...]:
    """The interrogatives of a text, in order, none overlapping."""
    found = []
    for match in _PATTERNS[language].finditer(text):
        intent = RULES[int((match.lastgroup or "r0")[1:])].intent
        if intent is not None:
            found.append(Interrogative(intent, match.start(), match.end()))
    return tuple(found)
