"""Other writings of a name that an article gives itself: 金主愛（キム・ジュエ）, WHO (…).

Brackets hold much else (ages, places, roles, credits), so each shape that is
taken carries its own proof: a reading fits the number of kanji, an acronym fits
the initials, or the name before the bracket is one long run of a script in which
names of bodies are written. What has no such proof is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_LONGEST_NAME = 80  # characters looked back over

_BRACKET = re.compile(r"[（(]([^（）()\n]{2,60})[）)]")
_PIECE = re.compile(r"\s*[、，,;；／]\s*")
_CALLED = re.compile(
    r"(?:(?:以下|略称|略して|通称|愛称)\s*(?:は|[、，：:,])?|(?:英語名|英)\s*[：:])\s*[「『\"“]?"
)

_KANJI_RUN = re.compile(r"[\u4e00-\u9fff々]+$")
_NAME_RUN = re.compile(r"[\u4e00-\u9fff々ァ-ヺー・]+$")
_KATAKANA_RUN = re.compile(r"[ァ-ヺー]+(?:[・＝=][ァ-ヺー]+)+$")
_ACRONYM_RUN = re.compile(r"(?<![A-Za-z0-9.'’&-])[A-Z](?:[A-Z&]|-(?=[A-Z])){1,9}\s?$")
_LATIN_RUN = re.compile(r"[A-Z][\w.'’-]*(?:\s+(?:[A-Z][\w.'’-]*|of|the|for|and|on|in|de|&))*\s?$")

# A name cut off from a number or from letters is not whole: 第2回…大会, NPO法人….
_CUT_OFF = re.compile(r"[A-Za-z0-9Ａ-Ｚａ-ｚ０-９]$")

_ACRONYM = re.compile(r"(?!G?I+$)[A-Z](?:[A-Z&]|-(?=[A-Z])){1,9}\d?$")
_KATAKANA_NAME = re.compile(r"([ァ-ヺー]+)[・＝=\s]([ァ-ヺー]+)$")
_HIRAGANA = re.compile(r"[ぁ-ゖー]+(?:[\s・][ぁ-ゖー]+)?$")
_JAPANESE_BODY = re.compile(
    r"(?=.*[\u4e00-\u9fff]|.{8})[\u4e00-\u9fff々ァ-ヺー・]*(?:の[\u4e00-\u9fff々ァ-ヺー・]+)?$"
)
_KANJI_NAME = re.compile(r"[\u4e00-\u9fff々]{2,4}$")
_LATIN_NAME = re.compile(
    r"[A-Z][\w.'’-]+(?:\s+(?:of|the|for|and|on|de|&|[A-Z][\w.'’-]*))*\s+[A-Z][\w.'’-]*$"
)

# Credits and other things in brackets that have the shape of a name.
_NO_ACRONYM = _words(
    "AP AFP EPA UPI ANSA DPA PIXTA TV AM PM OK NG UTC JST GMT EST PST CEO CFO COO CTO"
)
_NO_READING = _words(
    "いずれも すべて ただし おそらく もちろん つまり すなわち あるいは または そのうち"
)
_NO_LATIN = re.compile(r"Getty|Images?\b|Photo|News\b|Reuters|Press\b|Courtesy|Credit")
_NO_BODY = re.compile(
    r"(?:本[部社店]|写真|当時|現|元|旧|前|約|同|両|在)"
    r"|.*(?:[都道府県市区町村州国卒年月日時分左右上下]|以上|未満|撮影|提供|所属|在住|出身|担当|代表)$"
)
_NO_NAME = re.compile(
    r".*(?:選手|監督|[投捕野]手|大統領|[首外]相|[社会市]長|議員|教授|記者|容疑者|被告|総書記|主席|知事)$"
)
_NOT_CALLED = re.compile(r"[同当本両]|.*(?:など|という|いう|参照|同様|同じ|記す|呼ぶ)$")
_SMALL_WORDS = _words("of the for and on in de & to a")
_TITLES = _words(
    "President Prime Minister Mr Mr. Mrs. Ms. Dr. Dr Chairman Secretary General Leader The In At"
)
_SMALL_KANA = re.compile(r"[ァィゥェォャュョヮぁぃぅぇぉゃゅょゎ]")
_HONORIFIC = "氏|さん|君|様|先生|選手|容疑者|被告"


def aliases(text: str) -> list[tuple[str, str]]:
    """Give pairs of (name, other writing) that the text itself explains in brackets.

    Each pair once, in order of appearance; both stand word for word in the text.
    A given name alone (主愛 of 金主愛) is added where the text uses it with 氏 or
    さん. Precision comes before recall.
    """
    found: dict[tuple[str, str], None] = {}
    for bracket in _BRACKET.finditer(text):
        before = text[max(0, bracket.start() - _LONGEST_NAME) : bracket.start()]
        before = before[before.rfind("\n") + 1 :]
        inside = bracket.group(1).strip()
        pieces = [inside] if _CALLED.match(inside) else _PIECE.split(inside)
        for piece in pieces:
            if pair := _pair(before, piece):
                found.setdefault(pair)
                for given in _given_alone(text, *pair):
                    found.setdefault(given)
    return list(found)


def _pair(before: str, piece: str) -> tuple[str, str] | None:
    """The name at the end of `before` and the writing `piece`, if they prove to be one."""
    if called := _CALLED.match(piece):
        other = piece[called.end() :].strip('」』"” ')
        name = _run(_NAME_RUN, before)
        proven = (
            len(name) >= 3
            and 2 <= len(other) <= _LONGEST_NAME
            and other not in name
            and not _NOT_CALLED.match(other)
        )
        return (name, other) if proven else None
    if _ACRONYM.match(piece):
        return None if piece in _NO_ACRONYM else _of_acronym(before, piece)
    if acronym := _run(_ACRONYM_RUN, before):
        return _spelt_out(acronym, piece)
    if reading := _KATAKANA_NAME.match(piece):
        name = _run(_KANJI_RUN, before)
        family, given = (_moras(part) for part in reading.groups())
        fits = 2 <= len(name) <= 3 and family <= 2 and given <= 2 * (len(name) - 1) + 1
        return (name, piece) if fits and not _NO_NAME.match(name) else None
    if _HIRAGANA.match(piece) and piece not in _NO_READING:
        name = _run(_KANJI_RUN, before)
        fits = len(name) >= 2 and 1.5 <= _moras(piece) / len(name) <= 3
        return (name, piece) if fits else None
    if _LATIN_NAME.match(piece) and not _NO_LATIN.search(piece):
        name = _run(_KATAKANA_RUN, before) or _run(_NAME_RUN, before)
        return (name, piece) if len(name) >= 4 else None
    if _KANJI_NAME.match(piece) and (name := _latin_name(before)):
        return (name, piece)
    return None


def _run(pattern: re.Pattern[str], before: str) -> str:
    """The run of one script that ends `before`, or an empty string."""
    run = pattern.search(before)
    if run is None or _CUT_OFF.search(before, 0, run.start()):
        return ""
    return run.group().strip().strip("・")


def _of_acronym(before: str, acronym: str) -> tuple[str, str] | None:
    """世界保健機関（WHO）; World Health Organization (WHO), by its initials."""
    name = _run(_NAME_RUN, before)
    if name:
        return (name, acronym) if len(name) >= 4 and not _NO_NAME.match(name) else None
    words = before.split()
    for first in range(len(words) - 1, max(-1, len(words) - 12), -1):
        if words[first][0].isupper() and _initials_fit(words[first:], acronym):
            return _from_word(before, words[first:]), acronym
    return None


def _from_word(before: str, words: list[str]) -> str:
    """The end of `before` that holds exactly `words`, as it stands."""
    spaced = re.search(r"\s+".join(re.escape(word) for word in words) + r"\s*$", before)
    return spaced.group().strip() if spaced else " ".join(words)


def _initials_fit(words: list[str], acronym: str) -> bool:
    letters = [char for char in acronym if char.isalpha()]
    initials = [
        part[0].upper()
        for word in words
        if word.lower() not in _SMALL_WORDS
        for part in word.split("-")
        if part
    ]
    everything = [part[0].upper() for word in words for part in word.split("-") if part]
    return len(letters) >= 2 and letters in (initials, everything)


def _spelt_out(acronym: str, piece: str) -> tuple[str, str] | None:
    """NPT（核兵器不拡散条約）; WHO (World Health Organization), by its initials."""
    if acronym in _NO_ACRONYM:
        return None
    if piece.isascii():
        return (acronym, piece) if _initials_fit(piece.split(), acronym) else None
    fits = len(piece) >= 4 and _JAPANESE_BODY.match(piece) and not _NO_BODY.match(piece)
    return (acronym, piece) if fits else None


def _latin_name(before: str) -> str:
    """Kim Ju-ae before （金主愛）: up to four capitalised words, without a title."""
    words = _run(_LATIN_RUN, before).split()
    while words and (words[0] in _TITLES or words[0].lower() in _SMALL_WORDS):
        words = words[1:]
    return _from_word(before, words) if 2 <= len(words) <= 4 else ""


def _moras(kana: str) -> int:
    return len(kana.replace(" ", "").replace("・", "")) - len(_SMALL_KANA.findall(kana))


def _given_alone(text: str, name: str, other: str) -> Iterator[tuple[str, str]]:
    """The two kanji of a given name, where the text calls the person by it."""
    if not (_KATAKANA_NAME.match(other) and len(name) == 3 and _KANJI_NAME.match(name)):
        return
    given = name[1:]
    if re.search(rf"(?<![\u4e00-\u9fff々]){given}(?:{_HONORIFIC})", text):
        yield name, given
