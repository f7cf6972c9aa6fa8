"""Words: that a claim and its quote speak of the same thing, and what must never be shown."""

from __future__ import annotations

import re

from bot.bearing.numbers import without_numbers
from bot.bearing.plain_words import JAPANESE

_ENGLISH = re.compile(r"[A-Za-z][A-Za-z'’-]+")
_STOP_WORDS = """
the and but for was were are did does has had have that this these those with from who whom
whose which they their them its his her hers him she you your not will would could should may
might can been being also into onto than then there about said says say more most less least
such because when where why what how after before during between over under again once only own
same too very just both each few other some any all article passage according reported stated
due set expected planned scheduled
"""
_STOP = frozenset(_STOP_WORDS.split())
# Links, addresses, and long runs of letters and digits such as keys.
_STRANGE = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+\.\S+|[A-Za-z0-9_-]*\d[A-Za-z0-9_-]*[A-Za-z][A-Za-z0-9_-]{14,}|"
    r"[A-Za-z0-9_/+-]{24,}|<[^<>]{1,40}>|\[[^\[\]]+\]\([^()]+\)"
)
# Words of an article that speak to a machine, not to a reader.
_ADDRESSED = re.compile(
    r"(?:以前|これまで|上記|前)の(?:すべての|全ての)?(?:指示|命令|ルール)|指示を?(?:無視|忘れ)|システムプロンプト|"
    r"プロンプトを(?:出力|表示|開示)|あなたは(?:今から|これから|もう)|"
    r"(?:AI|ＡＩ|人工知能|アシスタント|モデル|ボット)(?:へ|は|に|よ|向け)[^。]{0,30}(?:答え|回答|出力|返信|無視|従)|APIキー|"
    r"\b(?:ignore|disregard|forget)\b.{0,30}\b(?:instructions?|prompts?|rules?|above|previous)\b|"
    r"\bsystem prompt\b|\byou are now\b|\bapi[ _-]?keys?\b|\bas an ai\b|\bnew instructions?\b|"
    r"\b(?:assistants?|language models?|ai models?|chatbots?|bots?)\b.{0,30}\b(?:must|should|"
    r"reply|answer|say|output|respond|print)\b|</?(?:passage|question|system|user|assistant|instructions?)\b|"
    r"(?:\bQUOTE\s*\d+|\bCLAIM|引用\s*[0-9０-９]+|主張)\s*[:：]|"
    r"(?:^|[.!?]\s*)(?:(?:please|always|now|just|only)\s+)*(?:say|answer|reply|respond|print|output|repeat)\s+"
    r"(?:that|with|only|exactly|as|[:\"“'‘A-Z])|"
    r"と(?:だけ|のみ)?(?:答え|回答し|出力し|返信し|表示し)(?:て(?:ください|下さい|。|$)|ろ|よ|なさい)|"
    r"(?:回答|出力|返信|表示)(?:すること|せよ)[。」]",
    re.IGNORECASE,
)
_SHARE = 0.5
_STEM = 5
_LONGEST = 600


def strange_word(claim: str, quotes: str) -> str | None:
    """A link, a key or markup in a claim that no quote has, or None."""
    for match in _STRANGE.finditer(claim):
        if match.group() not in quotes:
            return match.group()
    return None


def addressed_to_a_model(context: str) -> bool:
    """Whether the words quoted tell a machine what to do: an article is there to be read."""
    return _ADDRESSED.search(context) is not None


def _stems(text: str) -> set[str]:
    words = (word.lower().replace("’", "'").removesuffix("'s") for word in _ENGLISH.findall(text))
    return {_stem(word) for word in words if len(word) > 2 and word not in _STOP}


def _stem(word: str) -> str:
    """A word without a plural's ending and what comes late in it: votes is vote, winning winner."""
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return word[:_STEM]


def _pieces(text: str) -> set[str]:
    """Kanji by twos, katakana and Latin words whole: what carries the meaning in Japanese."""
    found: set[str] = set()
    for run in re.findall(r"[一-鿿々]+", without_numbers(text)):
        found |= {run[i : i + 2] for i in range(len(run) - 1)} or {run}
    return found | {word.lower() for word in re.findall(r"[ァ-ヺー]{2,}|[A-Za-z]{2,}", text)}


def says_something_else(claim: str, quotes: str, *, english: bool) -> bool:
    """Whether less than half of what a claim speaks of is in its quotes; both in one language."""
    if len(claim) > _LONGEST:
        return True
    wanted = _stems(claim) if english else _pieces(claim) - JAPANESE
    given = _stems(quotes) if english else _pieces(quotes)
    return bool(wanted) and len(wanted & given) < _SHARE * len(wanted)
