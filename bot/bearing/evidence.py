"""What a claim rests on: its quotes, the sentences they stand in, the times they name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from retrieval.dates import TimeMention, find_times
from retrieval.split import sentences
from retrieval.values import Article


@lru_cache(maxsize=64)
def times_of(text: str, day: str | None) -> tuple[TimeMention, ...]:
    """The times of a text, kept for the articles asked about most recently."""
    return tuple(find_times(text, date.fromisoformat(day) if day else None))


@lru_cache(maxsize=64)
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(sentences(text))


@dataclass(frozen=True, slots=True)
class Evidence:
    """One checked quote: `article.text[start:end]`."""

    article: Article
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The quoted words."""
        return self.article.text[self.start : self.end]

    @property
    def whole(self) -> tuple[int, int]:
        """Offsets of the sentences that the quote stands in: what it may have been cut from."""
        start, end = self.start, self.end
        for first, last in _sentences(self.article.text):
            if first < self.end and self.start < last:
                start, end = min(start, first), max(end, last)
        return start, end

    @property
    def context(self) -> str:
        """Those sentences' own words."""
        return self.article.text[slice(*self.whole)]

    @property
    def sentences(self) -> list[str]:
        """The parts of the quote that belong to one sentence each."""
        text = self.article.text
        return [
            text[max(first, self.start) : min(last, self.end)]
            for first, last in _sentences(text)
            if first < self.end and self.start < last
        ]

    @property
    def led_up_to(self) -> str:
        """The two sentences before those, and those: an order may be given in several."""
        start, end = self.whole
        before = [first for first, last in _sentences(self.article.text) if last <= start]
        return self.article.text[before[-2] if len(before) > 1 else 0 : end]

    @property
    def times(self) -> list[TimeMention]:
        """The times whose expressions lie, at least in part, inside the quote."""
        mentions = times_of(self.article.text, self.article.date)
        return [m for m in mentions if m.start < self.end and self.start < m.end]

    @property
    def without_times(self) -> str:
        """The quoted words with every time blanked, so that its digits count for nothing else."""
        words = list(self.quote)
        for mention in self.times:
            first, last = max(0, mention.start - self.start), mention.end - self.start
            words[first:last] = " " * (min(last, len(words)) - first)
        return "".join(words)


def cut_inside_a_word(text: str, start: int, end: int) -> bool:
    """Whether a quote begins or ends inside a word or a number: (un)able, (4.)2, (不)可能."""
    return _joined(text, start) or _joined(text, end)


_NUMERALS = frozenset("〇一二三四五六七八九十百千万億兆")
_NEGATING = frozenset("不未非無")


def _joined(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before.isascii() and before.isalnum() and after.isascii() and after.isalnum():
        return True
    if before in ".,．，" and after.isdecimal() and at > 1 and text[at - 2].isdecimal():
        return True
    if after in ".,．，" and before.isdecimal() and at + 1 < len(text) and text[at + 1].isdecimal():
        return True
    if before in _NUMERALS and after in _NUMERALS:
        return True
    return before in _NEGATING and "一" <= after <= "鿿"


# What follows a statement and makes it another's, or a guess, or a condition.
_TAKEN_BACK_JA = re.compile(
    r"と(?:の|い|さ|み|見|は|も|して|述|話|語|主張|批判|伝|報|考|思|期待)|かどうか|か否か|可能性|かもしれ|らしい|だろう|"
    r"はず|べき|とは|(?:れ|け)?ば|なら|わけで|ことは(?:な|あり)|ことを(?:否|拒)|ふり|つもり|予定|見込|見通"
)
_TAKEN_BACK_EN = re.compile(
    r"\b(?:whether|if|unless|den(?:y|ies|ied)|alleg\w+|claim\w*|rumou?r\w*|suspect\w*|speculat\w+|"
    r"not (?:true|clear|certain|known|confirmed)|could|might|would)[\s,]+(?:that\s+)?$",
    re.IGNORECASE,
)


def cut_before_a_doubt(one: Evidence) -> bool:
    """Whether a quote leaves out what takes its words back: 「…との見方」, "denied that …"."""
    start, end = one.whole
    text = one.article.text
    after = text[one.end : end].lstrip('」』”"')
    return bool(_TAKEN_BACK_JA.match(after) or _TAKEN_BACK_EN.search(text[start : one.start]))


def joined(evidence: Sequence[Evidence]) -> str:
    """All quotes, a line each."""
    return "\n".join(one.quote for one in evidence)
