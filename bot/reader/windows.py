"""What the reader reads: hits grown into windows, and spans brought back to the article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.split import sentences
from retrieval.values import Article, Hit

# Hits of one article are read as one window up to this many characters: a wider
# view answers better, and two narrow ones would repeat the title.
WIDEST = 420
# The sentence before a passage is read with it when it begins within so many characters.
_CONTEXT = 120


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of an article, read with the title in front of it.

    `start, end`: character offsets into `article.text`; `hit`: index of its best
    hit; `similarity`, `overlap`: how near that hit is to the question (`Found`).
    """

    article: Article
    start: int
    end: int
    hit: int
    similarity: float
    overlap: float

    @property
    def head(self) -> str:
        """What stands before the stretch: the title line, unless it is in the stretch."""
        return f"{self.article.title}\n" if self.start >= len(self.article.title) else ""

    @property
    def text(self) -> str:
        """What is read."""
        return self.head + self.article.text[self.start : self.end]

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Offsets into `article.text` of a span of `text`; None when it straddles the title's end.

        A span in the title stands at the same offsets in the article, whose text
        begins with it.
        """
        head = len(self.head)
        if start >= head:
            return self.start + start - head, self.start + end - head
        return (start, end) if end <= len(self.article.title) else None


def _grown(window: Window, number: int, hit: Hit) -> Window | None:
    """The window with a neighbouring hit taken in; None when they do not touch or grow too wide."""
    passage, article = hit.passage, hit.article
    between = article.text[window.end : passage.start]
    if between.strip() or passage.end - window.start > WIDEST:
        return None
    if window.hit < number:
        return replace(window, end=passage.end)
    return Window(article, window.start, passage.end, number, *_nearness(hit))


def _nearness(hit: Hit) -> tuple[float, float]:
    return hit.found.similarity, hit.found.overlap


def windows(hits: Sequence[Hit]) -> list[Window]:
    """The windows to read for hits (given best first), best first; neighbours share one."""
    numbered: dict[str, list[tuple[int, Hit]]] = {}
    for number, hit in enumerate(hits):
        numbered.setdefault(hit.article.id, []).append((number, hit))
    found: list[Window] = []
    for group in numbered.values():
        row: list[Window] = []
        for number, hit in sorted(group, key=lambda pair: pair[1].passage.start):
            grown = _grown(row[-1], number, hit) if row else None
            if grown is not None:
                row[-1] = grown
                continue
            passage = hit.passage
            near = passage.start - passage.context_start <= _CONTEXT
            start = passage.context_start if near else passage.start
            start = max(start, row[-1].end) if row else start
            row.append(Window(hit.article, start, passage.end, number, *_nearness(hit)))
        found += row
    return sorted(found, key=lambda window: window.hit)


def sentence_round(article: Article, start: int, end: int) -> tuple[int, int]:
    """Offsets of the sentence (or sentences) in which a span stands, within its lines."""
    text = article.text
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    around = [
        (a, b)
        for a, b in sentences(text, first, len(text) if last < 0 else last)
        if a < end and start < b
    ]
    return (around[0][0], around[-1][1]) if around else (start, end)
