"""The title of a text that names none.

1. The first line, if it looks like a title: short, no sentence end, not a
   picture's caption, not a dateline, not a line of hard-wrapped prose. Captions
   and datelines before it are passed over.
2. Else the file's name, if it is words and not a hash, a number or `untitled`.
3. Else the first sentence of the lead, cut at a clause where it is too long.
"""

from __future__ import annotations

import re

from retrieval.load.day import is_dateline
from retrieval.load.script import display_width, is_spaceless, join_lines

_WIDEST_TITLE = 120
_WIDEST_INFERRED = 80
_LEADING_FURNITURE = 3
_LONGEST_LEAD = 1000
_LONGEST_CAPTION = 400

_CREDIT = (
    r"写真|撮影|提供|画像|イラスト|出典|資料|ロイター|アフロ|共同|時事|"
    r"\b(?:photo(?:graph)?s?|image|picture|credit|courtesy|getty|reuters|afp|ap)\b"
)
_CAPTION = re.compile(
    rf"[（(][^（）()]*(?:{_CREDIT})[^（）()]*[）)]"  # （写真：…） anywhere
    rf"|[＝=]\s*[^。]{{0,30}}(?:{_CREDIT}|ゲッティ)[^。]{{0,12}}\Z"  # …＝市提供
    r"|\A[【［\[〔(（]?\s*(?:写真|画像|図|図表|イラスト|photo|image|caption)\s*\d*\s*[】］\]〕)）:：=＝]",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"\A(?:by\s+[A-Z]|(?:文|取材|執筆|構成|聞き手|記者|筆者)\s*[＝=／/:：])|\A[^\s。]{1,12}\s?記者\Z",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[。．]|(?<![A-Z])\.(?:\s|\Z)")
_MARK = re.compile(r"[。！？!?]|(?<![A-Z])\.(?=\s|\Z)|[「『（(“」』）)”]")
_OPENING, _CLOSING = "「『（(“", "」』）)”"
_PLACE_HEAD = re.compile(r"\A(?:【[^】]{1,40}】|［[^］]{1,40}］|[^\n。]{3,60}?\s[—–]\s)\s*")
_GENERIC = re.compile(
    r"\A(?:untitled|document|article|news|text|new|file|page|index|download|output|input|test|sample|"
    r"tmp|temp|copy|readme|名称未設定|無題|記事|新規|ニュース|テキスト|文書|ドキュメント)[\s_\-()（）\d]*\Z",
    re.IGNORECASE,
)
_JAPANESE_WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々]")
_LATIN_WORD = re.compile(r"\b[A-Za-z][a-z']+\b")


def find_title(text: str, stem: str | None = None) -> str:
    """A title for a normalised, not empty text that comes from a file named `stem`."""
    lines = [line.strip() for line in text.split("\n")]
    filled = [i for i, line in enumerate(lines) if line]
    lead = filled[0]
    for position in filled[: _LEADING_FURNITURE + 1]:
        lead = position
        if not _is_furniture(lines[position]):
            break
    if looks_like_title(lines[lead]) and not _is_wrapped(lines, lead):
        return lines[lead]
    if stem and (named := title_from_stem(stem)):
        return named
    return shorten(first_sentence(_paragraph(lines, lead)))


def looks_like_title(line: str) -> bool:
    """Whether a line standing alone reads as a title: short, and no sentence."""
    return (
        0 < display_width(line) <= _WIDEST_TITLE
        and not line.endswith(("、", ",", ";", "，"))
        and not _SENTENCE_END.search(line)
        and not _is_furniture(line)
    )


def is_caption(line: str) -> bool:
    """Whether a line is a picture's caption or credit."""
    return _CAPTION.search(line) is not None


def title_from_stem(stem: str) -> str | None:
    """A file's name as a title, or None where it says nothing to a person."""
    words = re.sub(r"[_\s]+", " ", stem).strip()
    if _GENERIC.match(words):
        return None
    if len(_JAPANESE_WORDS.findall(words)) >= 4:
        return words
    spoken = words.replace("-", " ")
    return spoken if len(_LATIN_WORD.findall(spoken)) >= 3 else None


def first_sentence(text: str) -> str:
    """The first sentence of a lead, without 【place＝name】 before and 。 after it."""
    bare = _PLACE_HEAD.sub("", text, count=1) or text
    return bare[: _sentence_end(bare)].strip().rstrip("。．.")


def _sentence_end(text: str) -> int:
    """Where the first sentence ends; a 。 inside 「…」 or （…） ends none."""
    depth = 0
    for match in _MARK.finditer(text):
        if match[0] in _OPENING:
            depth += 1
        elif match[0] in _CLOSING:
            depth = max(depth - 1, 0)
        elif depth == 0:
            return match.end()
    return len(text)


def shorten(sentence: str) -> str:
    """A sentence as a title of at most 80 columns, cut after a clause, else anywhere, with …"""
    if display_width(sentence) <= _WIDEST_INFERRED:
        return sentence
    fits = _fitting(sentence, _WIDEST_INFERRED - 2)
    marks = "、，；）」』" if is_spaceless(fits) else ",; "
    cuts = [i + 1 for i, c in enumerate(fits) if c in marks and _is_closed(fits[: i + 1])]
    cut = cuts[-1] if cuts else 0
    if cut < 0.6 * len(fits):  # 朝日新聞によると… would say nothing
        cut = len(fits)
    return fits[:cut].rstrip("、，,; ") + "…"


def _is_closed(text: str) -> bool:
    opened = sum(c in f"{_OPENING}(" for c in text)
    return opened == sum(c in f"{_CLOSING})" for c in text)


def _is_furniture(line: str) -> bool:
    if len(line) > _LONGEST_CAPTION:
        return False
    return is_caption(line) or is_dateline(line) or _BYLINE.search(line) is not None


def _is_wrapped(lines: list[str], position: int) -> bool:
    """Whether a line is the first of a paragraph broken at a fixed width."""
    following = lines[position + 1 : position + 3]
    if not following or not following[0]:
        return False
    line, after = lines[position], following[0]
    if after[0].islower():
        return True
    third = following[1] if len(following) > 1 else ""
    return bool(third) and display_width(line) >= 0.9 * display_width(after) > 40


def _paragraph(lines: list[str], position: int) -> str:
    """The lines from a position to the next blank one, joined: as many as a title can need."""
    joined = ""
    for line in lines[position:]:
        if not line or len(joined) > _LONGEST_LEAD:
            break
        joined = join_lines(joined, line)
    return joined[:_LONGEST_LEAD]


def _fitting(text: str, width: int) -> str:
    used = 0
    for position, character in enumerate(text):
        used += display_width(character)
        if used > width:
            return text[:position]
    return text
