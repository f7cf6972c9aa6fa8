"""Passages: an article cut into a few whole sentences each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.split.brackets import LINE_BREAKS
from retrieval.split.kinds import is_caption, kinds, size
from retrieval.split.looks import GOES_ON
from retrieval.split.sentence import sentences
from retrieval.values import Article, Passage, PassageKind

# Sizes as `kinds.size` counts: one Japanese character, or two Latin letters.
LEAST = 60
MOST = 200
MOST_SENTENCES = 4
AIM = 130
# What joining two paragraphs costs: as much as a passage of about half the aim.
JOIN_COST = 0.25

_FINISHED = frozenset('。｡．.！？!?…」』”"）)]】')
_SPAN_BREAK = re.compile(rf"[{LINE_BREAKS}]")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the article (`text[start:end]`), and its sentences."""

    start: int
    end: int
    sentences: tuple[tuple[int, int], ...]


def split(article: Article) -> list[Passage]:
    """Cut an article into passages that together hold all its words, in order, once each.

    The title line, each heading and each caption are passages by themselves. Body
    and notes are cut into one to MOST_SENTENCES whole sentences, LEAST to MOST in
    size where sentences allow; a longer sentence stands alone, and short
    paragraphs that follow each other may share a passage.
    """
    lines = _lines(article.text)
    if not lines:
        return []
    cut: list[Passage] = []
    body = lines
    if _is_title(article, lines[0]):
        title = lines[0]
        shown = is_caption(article.text[title.start : title.end], len(title.sentences))
        kind = PassageKind.CAPTION if shown else PassageKind.HEADING
        cut.append(Passage(article.id, title.start, title.end, kind))
        body = lines[1:]
    told = kinds([(article.text[line.start : line.end], len(line.sentences)) for line in body])
    heading: str | None = None
    before: int | None = None
    at = 0
    while at < len(body):
        kind = told[at]
        upto = at + 1
        if kind is PassageKind.BODY:
            while upto < len(body) and told[upto] is kind:
                upto += 1
        run = body[at:upto]
        at = upto
        if kind in (PassageKind.HEADING, PassageKind.CAPTION):
            start, end = run[0].start, run[0].end
            above = None if kind is PassageKind.HEADING else heading
            cut.append(Passage(article.id, start, end, kind, above))
            if kind is PassageKind.HEADING:
                heading, before = article.text[start:end], None
            continue
        for passage in _pack(article.text, run):
            start, end = passage[0][0], passage[-1][1]
            context = -1 if before is None or kind is PassageKind.NOTE else before
            cut.append(Passage(article.id, start, end, kind, heading, context))
            if kind is PassageKind.BODY:
                before = passage[-1][0]
    return cut


def _lines(text: str) -> list[_Line]:
    """Group the sentences of a text by the line that they begin on."""
    grouped: list[list[tuple[int, int]]] = []
    reached = 0
    for span in sentences(text):
        if not grouped or _SPAN_BREAK.search(text, reached, span[0]):
            grouped.append([])
        grouped[-1].append(span)
        reached = span[1]
    return [_Line(group[0][0], group[-1][1], tuple(group)) for group in grouped]


def _is_title(article: Article, first: _Line) -> bool:
    """Whether the first line is the title and not already the article."""
    title = "".join(article.title.split())
    line = "".join(article.text[first.start : first.end].split())
    return bool(title) and line == title


def _pack(text: str, run: Sequence[_Line]) -> list[list[tuple[int, int]]]:
    """Cut a run of lines into passages, each a list of whole sentences.

    The cut with the least sum of costs is found from the front: a passage costs
    the square of its relative distance from AIM, and JOIN_COST for each
    paragraph border within it. Where a line breaks off (a list, 「…と述べ、」 before
    a quotation set apart) it is the cut that costs, not the join.
    """
    flat = [span for line in run for span in line.sentences]
    sizes = [size(text[start:end]) for start, end in flat]
    join, part = _border_costs(text, run)
    best = [0.0]
    origin = [0]
    for stop in range(1, len(flat) + 1):
        least, first = float("inf"), stop - 1
        total = 0.0
        for start in range(stop - 1, max(-1, stop - 1 - MOST_SENTENCES), -1):
            total += sizes[start]
            if total > MOST and start < stop - 1:
                break
            off = 0.0 if total > MOST else (total - AIM) / AIM
            cost = best[start] + part[start] + off * off + join[stop - 1] - join[start]
            if cost < least:
                least, first = cost, start
        best.append(least)
        origin.append(first)
    packed: list[list[tuple[int, int]]] = []
    stop = len(flat)
    while stop:
        start = origin[stop]
        packed.append(flat[start:stop])
        stop = start
    return packed[::-1]


def _border_costs(text: str, run: Sequence[_Line]) -> tuple[list[float], list[float]]:
    """For each sentence: the cost of all joins up to it, and that of a cut before it."""
    join, part = [], []
    joined, cut = 0.0, 0.0
    for index, line in enumerate(run):
        join += [joined] * len(line.sentences)
        part += [cut] + [0.0] * (len(line.sentences) - 1)
        below = text[run[index + 1].start : run[index + 1].end] if index + 1 < len(run) else ""
        finished = text[line.end - 1] in _FINISHED and not GOES_ON.match(below)
        joined += JOIN_COST if finished else 0.0
        cut = 0.0 if finished else JOIN_COST
    return join, part
