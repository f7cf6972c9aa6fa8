"""Does a sentence hold what a question of some intent asks for? Cheap signs, both languages."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.causes import causal_clause
from retrieval.values import Intent

# A person or an organisation: a title after a name, a transliterated name, a capitalised pair.
_WHO = re.compile(
    r"氏|さん|様|大統領|首相|総理|総書記|主席|書記|大臣|外相|長官|知事|市長|町長|村長|社長|会長|"
    r"議長|議員|委員長|監督|選手|教授|博士|記者|代表|幹部|隊員|容疑者|被告|女王|国王|天皇|皇后|"
    r"[一-鿿]{2,}(?:社|党|省|庁|署|局|会|団|軍|府|組合|銀行|大学|機構|連盟|協会|委員会)|株式会社|"
    r"[ァ-ヺー]{2,}[・＝=][ァ-ヺー]{2,}|[一-鿿]{2,4}[（(][ァ-ヺー・ぁ-ゖ]+[）)]|"
    r"\b[A-Z][a-z]+(?: [A-Z]\.)? [A-Z][a-z]+|\b(?:Mr|Ms|Mrs|Dr|President|Minister|Secretary)\b"
)
_WHEN = re.compile(
    r"[0-9０-９一二三四五六七八九十]+(?:年|月|日|時|世紀)|(?:昨|今|来|翌|前|同|先)(?:年|月|日|週)|"
    r"(?:明治|大正|昭和|平成|令和)|(?:午前|午後|正午|未明)|\b(?:1[0-9]|20)[0-9]{2}\b|"
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today|tomorrow|"
    r"(?:last|next|this) (?:year|month|week))\b"
)
_WHERE = re.compile(
    r"[一-鿿ァ-ヺー]{2,}(?:都|道|府|県|市|区|町|村|島|湾|川|山|駅|港|空港|国|州|省|通り|地区|会場|ホテル|"
    r"大学|本部|施設|公園|病院|店)|[ァ-ヺー]{3,}(?:で|に|の)|\b(?:in|at|near|on) [A-Z][a-z]+"
)
_NUMBER = re.compile(
    r"[0-9０-９]|[一二三四五六七八九十百千万億兆]+(?:人|個|回|本|台|円|ドル|％|歳|年間|倍)"
)


def _found(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda sentence: pattern.search(sentence) is not None


_SIGNS: dict[Intent, Callable[[str], bool]] = {
    Intent.WHO: _found(_WHO),
    Intent.WHEN: _found(_WHEN),
    Intent.WHERE: _found(_WHERE),
    Intent.HOW: _found(_NUMBER),
    Intent.WHY: lambda sentence: causal_clause(sentence) is not None,
}


def holds(sentence: str, intent: Intent) -> bool:
    """Whether a sentence shows a sign of what the intent asks for; True where any would do."""
    sign = _SIGNS.get(intent)
    return sign is None or sign(sentence)
