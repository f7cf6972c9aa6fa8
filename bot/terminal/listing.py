"""Articles and hits as lists: what is there, and what a search found and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from bot.terminal.fold import fold
from bot.terminal.render import FOCUS, NUMBER, QUIET, provenance
from bot.terminal.visible import flowing, one_line, visible
from prompts.catalogue import say
from retrieval.values import Article, Found, Hit, Language

if TYPE_CHECKING:
    from retrieval.store import ArticleInfo


def articles(infos: Sequence[ArticleInfo], language: Language, width: int | None) -> Text:
    """One article a line: day, title, id, number of passages; or that there is none."""
    if not infos:
        return fold(Text(say(language, "chat.no_articles")), width)
    lines = []
    for info in infos:
        line = Text((info.date or "").ljust(len("2025-01-01")), QUIET)
        line.append("  ").append(one_line(info.title), "bold")
        line.append("  ").append(one_line(info.id), NUMBER)
        count = say(language, "chat.passages", count=info.passages)
        line.append("  ").append(count, QUIET)
        lines.append(_hanging(line, width, indent=12))
    return Text("\n").join(lines)


def article(article: Article, language: Language, width: int | None) -> Text:
    """One article: id, day, source, and its whole text."""
    facts = [("id", article.id), ("source", article.source), ("author", article.author)]
    if article.date:
        inferred = say(language, "chat.inferred") if article.date_inferred else ""
        facts.insert(1, ("date", article.date + inferred))
    lines = [
        fold(Text(f"{say(language, f'chat.fact.{name}')} {one_line(value)}", QUIET), width)
        for name, value in facts
        if value
    ]
    return Text("\n").join([*lines, Text(), fold(Text(visible(article.text)), width)])


def hits(found: Sequence[Hit], language: Language, width: int | None) -> Text:
    """Each hit with its score, its article, its words and why it was found."""
    if not found:
        return fold(Text(say(language, "chat.nothing_found")), width)
    blocks = []
    for number, hit in enumerate(found, 1):
        label = f"[{number}] "
        indent = cell_len(label)
        head = Text(f"{hit.score:.3f}  ", QUIET)
        head += provenance(hit.article.title, hit.article.date, hit.article.source)
        words = Text(flowing(hit.text))
        words.highlight_words(hit.found.terms, FOCUS, case_sensitive=False)
        block = [
            Text(label, NUMBER) + fold(head, width, indent)[indent:],
            fold(words, width, indent),
            fold(Text(why(hit.found, language), QUIET), width, indent),
        ]
        blocks.append(Text("\n").join(block))
    return Text("\n" if width is None else "\n\n").join(blocks)


def why(found: Found, language: Language) -> str:
    """Why a hit was found, in words: its rank by meaning and by words, and which words."""
    parts = []
    if found.dense_rank is not None:
        score = f"{found.dense_score or 0:.3f}"
        parts.append(say(language, "chat.by_meaning", rank=found.dense_rank, score=score))
    if found.lexical_rank is not None:
        score = f"{found.lexical_score or 0:.2f}"
        parts.append(say(language, "chat.by_words", rank=found.lexical_rank, score=score))
    if found.terms:
        parts.append(say(language, "chat.terms", terms=" ".join(map(one_line, found.terms))))
    return say(language, "chat.comma").join(parts)


def _hanging(line: Text, width: int | None, indent: int) -> Text:
    """A line folded to a width, all lines but the first `indent` cells in."""
    if width is None or cell_len(line.plain) <= width:
        return line
    first = line[:indent]
    return first + fold(line[indent:], width, indent)[indent:]
