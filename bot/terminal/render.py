"""An answer as rich text: its claims with numbers, and under it the quotes they rest on.

One rendering serves the terminal (a width to fold to) and a pipe (no width: one
line a paragraph, no blank line inside, so that answers can be told apart).
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from rich.text import Text

from bot.terminal.fold import fold
from bot.terminal.visible import flowing, one_line, visible
from bot.values import Answer, Citation, Claim
from prompts.catalogue import say
from retrieval.values import Language

FOCUS = "bold underline green"
NUMBER = "cyan"
QUIET = "dim"


def _numbers(claim: Claim) -> str:
    return "".join(f"[{citation + 1}]" for citation in claim.citations)


def numbered(answer: Answer) -> Text:
    """The answer's text with each claim's citation numbers after it, `…である。[1]`.

    Claims are looked for in order; the numbers of one that the text words
    otherwise stand at the end.
    """
    shown = Text()
    position = 0
    left: list[str] = []
    for claim in answer.claims:
        found = answer.text.find(claim.text, position) if claim.text else -1
        if found < 0:
            left.append(_numbers(claim))
            continue
        end = found + len(claim.text)
        shown.append(visible(answer.text[position:end]))
        shown.append(_numbers(claim), NUMBER)
        position = end
    shown.append(visible(answer.text[position:]))
    shown.append("".join(dict.fromkeys(left)), NUMBER)
    return shown


def quote(citation: Citation) -> Text:
    """The quoted words on one line, those that answer highlighted."""
    text, start = citation.quote, citation.start
    first, last = citation.focus or (start, start)
    pieces = (text[: first - start], text[first - start : last - start], text[last - start :])
    shown = Text()
    for piece, style in zip(pieces, ("", FOCUS, ""), strict=True):
        shown.append(flowing(piece), style)
    return shown


def provenance(title: str, date: str | None, source: str) -> Text:
    """Where words come from, on one line: title, day, source."""
    shown = Text(one_line(title), "bold")
    for part in (date, source):
        if part:
            shown.append("  ").append(one_line(part), QUIET)
    return shown


def citations(answer: Answer, width: int | None) -> Iterator[Text]:
    """The answer's citations, numbered; an article's name is not said twice in a row."""
    before: str | None = None
    for number, citation in enumerate(answer.citations, 1):
        label = f"[{number}] "
        indent = cell_len(label)
        if citation.article != before:
            head = provenance(citation.title, citation.date, citation.source)
            yield _labelled(Text(label, NUMBER), fold(head, width, indent), indent)
            yield fold(quote(citation), width, indent)
        else:
            yield _labelled(Text(label, NUMBER), fold(quote(citation), width, indent), indent)
        before = citation.article


def _labelled(label: Text, block: Text, indent: int) -> Text:
    return label + block[indent:]


def rendered(answer: Answer, language: Language, width: int | None) -> Text:
    """The whole answer; `language` is that of kiji's own words, `width` in cells."""
    style = "" if answer.answered or answer.social else "italic"
    body = numbered(answer)
    body.stylize_before(style)
    blocks = [fold(body, width), *citations(answer, width)]
    if answer.covers:
        titles = " / ".join(one_line(title) for title in answer.covers)
        blocks.append(fold(Text(say(answer.language, "answer.covers", titles=titles)), width))
    if width is not None:
        if answer.citations:
            blocks.insert(1, Text())
        if not answer.social:
            seconds = f"{answer.seconds:.2f}"
            line = say(language, "chat.made_by", engine=answer.engine, seconds=seconds)
            blocks += [Text(), fold(Text(line, QUIET), width)]
    if answer.note:
        blocks.append(fold(Text(one_line(answer.note), QUIET), width))
    return Text("\n").join(blocks)
