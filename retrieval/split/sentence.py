"""Sentences as exact slices of a text, Japanese and English and both mixed.

What stands between matching brackets is passed over whole, so 「…。」と述べた。 is
one sentence. Outside brackets a sentence ends at 。！？, at an English full stop
(`fullstop`), and at the end of a line.
"""

from __future__ import annotations

import re

from retrieval.split import fullstop
from retrieval.split.brackets import CLOSING, LINE_BREAKS, OPENING, PAIRS, matched

_FINAL = "。｡！？!?…‥．."
_EVENT = re.compile(rf"[{LINE_BREAKS}]\s*|[{_FINAL}]+|[{re.escape(OPENING)}]")
# What still belongs to a sentence after its mark: lost closing brackets, a straight
# quotation mark before a space, reference numbers.
_TAIL = re.compile(rf"(?:[{re.escape(CLOSING)}’]|[\"'](?=\s|$)|\[\d{{1,3}}\])+")
_SPACE = re.compile(r"\s*")
_KANJI_KATAKANA = "\u30a1-\u30fa\u3005\u4e00-\u9fff"
# 来るのか？ との声: the mark belongs to what is reported. The words left out begin
# sentences of their own.
_REPORTED = (
    r"と(?!ても|ころ|きに|きど|もあれ|もかく|もに|にかく|りあえず|りわけ|ある|うとう|はいえ|っさ|なる|なり)"
    r"|って|なんて|などと|などの|、|，"
)
# 娘。の新曲, アイカツ！が人気: the mark belongs to a name; no sentence begins with such a particle.
_AFTER_STOP = re.compile(rf"[のをはに](?=[{_KANJI_KATAKANA}])|[、，]")
_AFTER_CALL = re.compile(
    rf"[ \u3000]?(?:{_REPORTED})|[のをがはにでもや](?=[{_KANJI_KATAKANA}0-9０-９])"
)
_WRAPPED = re.compile(r"[ \t]*(?:\r\n|\n|\r)[ \t]*(?=[a-z])")


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Give the sentences of `text[start:end]` as `(start, end)` character offsets into `text`.

    They are in order, don't overlap, neither begin nor end with white space, and
    together hold every character that is not white space. Linear in the length.
    """
    end = len(text) if end is None else min(end, len(text))
    pairs = matched(text, start, end)
    found: list[tuple[int, int]] = []
    begin = position = _skip_space(text, start, end)
    while event := _EVENT.search(text, position, end):
        at, position = event.span()
        char = text[at]
        if char in PAIRS:
            if at not in pairs:
                continue
            position = pairs[at] + 1
            cut = position if _ends_after_bracket(text, begin, at, position, end) else None
        elif char in LINE_BREAKS:
            cut = None if _goes_on(text, begin, at, end) else at
        else:
            if tail := _TAIL.match(text, position, end):
                position = tail.end()
            cut = position if _ends(text, begin, event, position, end) else None
        if cut is not None:
            _add(found, text, begin, cut)
            begin = position = _skip_space(text, cut, end)
    _add(found, text, begin, end)
    return found


def _add(found: list[tuple[int, int]], text: str, begin: int, cut: int) -> None:
    """Add the slice without the white space at its end, unless nothing is left."""
    while cut > begin and text[cut - 1].isspace():
        cut -= 1
    if cut > begin:
        found.append((begin, cut))


def _skip_space(text: str, at: int, end: int) -> int:
    space = _SPACE.match(text, at, end)
    return space.end() if space else at


def _ends(text: str, begin: int, event: re.Match[str], stop: int, end: int) -> bool:
    """Whether the run of marks `event`, complete at `stop`, ends a sentence."""
    marks = event.group()
    following = _skip_space(text, stop, end)
    if following == end:
        return True
    spaced = following > stop
    before = text[event.start() - 1] if event.start() > begin else ""
    japanese = before >= "\u3040"
    if any(mark in marks for mark in "。｡"):
        return not _AFTER_STOP.match(text, stop, end)
    if any(mark in marks for mark in "！？"):
        return not _AFTER_CALL.match(text, stop, end)
    if any(mark in marks for mark in "!?"):
        if japanese:
            return not _AFTER_CALL.match(text, stop, end)
        return spaced and not text[following].islower()
    if any(mark in marks for mark in "…‥"):
        # A pause within the sentence, unless a space follows.
        return spaced and not text[following].islower() and not _AFTER_CALL.match(text, stop, end)
    if japanese:
        return spaced or text[following] >= "\u3040"
    if not spaced:
        return False
    if len(marks) > 1:
        return not text[following].islower()
    return fullstop.ends_sentence(text, begin, event.start(), following)


def _ends_after_bracket(text: str, begin: int, opening: int, stop: int, end: int) -> bool:
    """Whether a sentence ends with the bracket just closed at `stop`.

    “Go.” Then …, (He left.) Then …, and a whole sentence in （…。） standing by itself.
    """
    last = text[stop - 2]
    if last not in _FINAL:
        return False
    following = _skip_space(text, stop, end)
    if text[opening] in "（(":
        if opening == begin:
            return True
        return following > stop and last in ".!?" and text[following : following + 1].isupper()
    if text[opening] != "“":
        return False
    return following > stop and text[following : following + 1].isupper()


def _goes_on(text: str, begin: int, at: int, end: int) -> bool:
    """Whether a line break is only a wrap: an English line that goes on in lower case."""
    if at <= begin or not (
        text[at - 1].isascii() and (text[at - 1].isalnum() or text[at - 1] in ",;")
    ):
        return False
    return _WRAPPED.match(text, at, end) is not None
