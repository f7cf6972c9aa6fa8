"""Whether the words after a date tell of the past or of the future."""

from __future__ import annotations

import re
from enum import Enum


class Tense(Enum):
    """What the first clear predicate after a date says; UNCLEAR settles nothing."""

    PAST = "past"
    FUTURE = "future"
    UNCLEAR = "unclear"


_REACH = 120  # characters after the date in which its predicate is looked for
_REPORTING = re.compile(
    r"と(?:[^。、]{0,8})(?:発表|述べ|語|話し|報じ|伝え|説明|明らか|決め|決定|明かし|している)"
)
_REPORTED = re.compile(r"と(?:正式に)?(?:発表|述べ|語っ|話し|報じ|伝え|説明)")
_SIGNS = re.compile(
    r"(?P<future>予定|見通し|見込|見られる。|方針|計画[をでだし。]|予想|予測|目指|だろう|でしょう|つもり|控えて?い|"
    r"することに(?:なっ|し|決)|(?:する|れる|なる|行う|開く|始まる|迎える)(?:と(?:発表|の見)|こと[をでに])|"
    r"(?:する|される|行う|行われる|始まる|開かれる|開く|なる|迎える)(?=[一-龯ァ-ヶA-Za-z「『])|"
    r"(?:する|れる|なる|行う|始まる|開く|迎える)(?=が、|ため|ほか|際)|"
    r"(?<!てい)(?<!であ)(?<!でい)(?<!とい)[うくすつむるぶぐ](?=[。」）)]|$)|ます(?=[。」]|$)|"
    r"\b(?:will|shall|scheduled|planned for|plans? to|expected|due to|is to|are to|upcoming)\b)"
    r"|(?P<past>[たっ]た(?=[。」）)一-龯ァ-ヶ]|$)|(?<=[いしきちっりえけげせてねべめれみび])た(?=[。」）)一-龯ァ-ヶ]|と|ことが|ことを|ため|が、|$)"
    r"|(?<=[んい])だ(?=[。」）)]|$)|ました"
    r"|\b(?:was|were|had|did|said|took|began|won|died|came|went|met|made|held|\w{2,}ed)\b)",
)


def tense_after(text: str, end: int, sentence_end: int) -> Tense:
    """The tense of the clause that follows offset `end`, within its sentence.

    A date that is itself what was announced (「11月4日と発表した」) has none: the
    announcing lies in the past, the date need not.
    """
    stop = min(sentence_end, end + _REACH)
    rest = text[end:stop].rstrip(" \n。.!?！？") + ("。" if stop == sentence_end else "")
    if _REPORTING.match(rest):
        return Tense.UNCLEAR
    sign = _SIGNS.search(rest)
    if sign is None:
        return Tense.UNCLEAR
    if sign.lastgroup == "past" and _REPORTED.search(rest, max(0, sign.start() - 8), sign.end()):
        return Tense.UNCLEAR
    return Tense.FUTURE if sign.lastgroup == "future" else Tense.PAST


_ENGLISH_BEFORE = re.compile(
    r"\b(will|to be|scheduled|expected|plans)\b|\b(was|were|had|said|\w{2,}ed)\b"
)


def tense_around(text: str, start: int, end: int, sentence: tuple[int, int]) -> Tense:
    """The tense at a date; in English, where verbs come first, also before it."""
    before = text[max(sentence[0], start - 60) : start]
    if before.isascii() and before.strip():
        signs = list(_ENGLISH_BEFORE.finditer(before))
        if signs:
            return Tense.FUTURE if signs[-1][1] else Tense.PAST
    return tense_after(text, end, sentence[1])
