"""Negation: a claim must not say what its quote denies, nor deny what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Double negatives that affirm, and idioms that deny nothing.
_NEUTRAL_JA = re.compile(
    r"な(?:けれ|くて|きゃ)(?:ば)?(?:は)?(?:なら|いけ|だめ)(?:ない|ず|ません|なかった)?|ざるを得な|ないといけ|"
    r"ないわけでは?な|なくはな|ないこともな|(?:少|危|切|幼|つま|おさ|はか)な(?:い|かった|く)|違いな(?:い|く)|かもしれ(?:ない|ません|ず)|"
    r"しか(?:な|あり)|ほか(?:は)?な|(?:では|じゃ)ない(?:だろう|でしょう)?か|だけで(?:は)?な|のみならず|必ず|まず|わずか|いわず|"
    r"思わず|相次|はずだ|はずで|なくな(?:り|っ|る)"
)
_NEGATED_JA = re.compile(
    r"な(?:い|かった|かろう|くて|ければ|く(?=[、。]|$))|ません|(?<=[らかさたなまわがばせけてねめれげべえき])ず(?=[、。にとだ」]|$)|"
    r"ざる|ぬ(?=[、。とまう」]|$)|まい(?=[、。とが」]|$)|なし(?=[、。でに」]|$)|"
    r"否定|拒(?:否|ん|み|む)|断(?:った|り|る(?=[、。]))|見送|見合わせ|中止|取りやめ|撤回|未定|不参加|欠席"
)
_LOST_JA = re.compile(r"なくな(?:り|っ|る)")
_PREFIX_JA = re.compile(r"[未不非無](?=([一-鿿]{1,2}))")
_NEUTRAL_EN = re.compile(
    r"\bnot only\b|\bno (?:fewer|less|more) than\b|\bno doubt\b|\bno one but\b|\bno sooner\b|"
    r"\bnot (?:un|in|im)\w+|\bwhether or not\b|\bif not\b",
    re.IGNORECASE,
)
_NEGATED_EN = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|nowhere|neither|nor|without|cannot|hardly|scarcely|barely|"
    r"unable|unwilling|unlikely|fail(?:s|ed|ing)? to|refus(?:e|es|ed|ing)|den(?:y|ies|ied|ying)|"
    r"reject(?:s|ed|ing)?|ruled out|rules out|declin(?:e|es|ed|ing) to|cancel(?:s|led|ed|ling)?|"
    r"false(?:ly)?|untrue|stopped short|absent|absence|stay(?:s|ed|ing)? away|kept away|"
    r"turn(?:s|ed|ing)? (?:[\w'’]+ ){0,4}down)\b|n['’]t\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[、。，．！？!?\n;；:：—]|,\s|\.\s|\b(?:but|although|though|while|whereas)\b"
)
# A clause of these denies the one before it: 「…という事実はない」, "it is not true that".
_POINTS_BACK = re.compile(
    r"事実|真実|本当|こと|わけ|話|それ|そう|訳|\b(?:true|case|fact|it|that|this|so|truth)\b",
    re.IGNORECASE,
)
_CONTENT = re.compile(r"[一-鿿々]|[ァ-ヺー]{2,}|[A-Za-z]{3,}")
_STOP_WORDS = """
the and but for was were are did does has had have that this with from who which they their its
not will would could should been also into than then there about said
"""
_STOP = frozenset(_STOP_WORDS.split())


def _content(text: str) -> set[str]:
    words = (word.lower()[:5] for word in _CONTENT.findall(text))
    return {word for word in words if word not in _STOP}


def _negations(clause: str) -> int:
    japanese = _NEUTRAL_JA.sub("〓", clause)
    english = _NEUTRAL_EN.sub("~", clause)
    lost = len(_LOST_JA.findall(clause))
    return lost + len(_NEGATED_JA.findall(japanese)) + len(_NEGATED_EN.findall(english))


def _clauses(text: str) -> Iterator[tuple[set[str], bool, str]]:
    """Each clause's content, whether it is negated (an odd number of times), its words."""
    for clause in _CLAUSE.split(text):
        if clause and clause.strip():
            yield _content(clause), _negations(clause) % 2 == 1, clause


def denies(text: str) -> bool:
    """Whether anything in a text is denied."""
    return _negations(text) > 0


def negation_differs(claim: str, quote: str, context: str, *, same_language: bool) -> bool:
    """Whether one of claim and quote is negated where the other is not.

    `context` are the whole sentences round the quote: a quote may have been cut off
    before its 「なかった」. Clauses of them that have nothing to do with the claim do
    not count, where both are in one language.
    """
    said = list(_clauses(claim))
    denied = [content for content, negated, _ in said if negated]
    around = list(_clauses(context))
    if not same_language:
        return bool(denied) != any(negated for _, negated, _ in around)
    if _prefix_differs(claim, quote):
        return True
    if not denied:
        asserted = set().union(*(content for content, _, _ in said))
        return any(
            negated and _concerns(content, words, asserted) for content, negated, words in around
        )
    return any(not _denied_there(content, around) for content in denied)


def _concerns(content: set[str], words: str, asserted: set[str]) -> bool:
    """Whether a negated clause is about what a claim asserts."""
    if not content or _POINTS_BACK.search(words):
        return True
    return len(content & asserted) >= min(2, len(content)) or len(content & asserted) * 3 >= len(
        content
    )


def _denied_there(content: set[str], around: list[tuple[set[str], bool, str]]) -> bool:
    """Whether the clause nearest to a denial is itself negated."""
    most = max((len(content & other) for other, _, _ in around), default=0)
    return any(
        negated and (len(content & other) == most or len(content & other) >= 2)
        for other, negated, _ in around
    )


def _prefix_differs(claim: str, quote: str) -> bool:
    """未確認 against 確認: one side carries the denial in front of the word."""
    for one, other in ((quote, claim), (claim, quote)):
        for match in _PREFIX_JA.finditer(one):
            word = match[1]
            if word in other and match.group() + word not in other and len(word) == 2:
                return _negations(other) == _negations(one)
    return False
