"""Markdown: front matter as metadata, markup taken off the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from retrieval.errors import LoadError
from retrieval.load.assemble import Material
from retrieval.load.day import parse_day
from retrieval.load.normal import one_line
from retrieval.load.script import join_lines

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\r?\n((?:.*?\n)??)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_NOTHING = ("", "~", "null")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


def read_markdown(text: str, source: str, stem: str | None = None) -> Material:
    """The material of a Markdown text.

    The title is the front matter's, else a heading that the text begins with,
    else its first heading of level 1. Raises LoadError `load.front_matter` or
    `load.bad_date`.
    """
    from markdown_it import MarkdownIt

    metadata, body = _front_matter(text, source)
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    title = metadata.get("title") or _heading(tokens)
    author = metadata.get("author") or metadata.get("authors")
    if isinstance(author, list):
        author = ", ".join(str(name) for name in author)
    return Material(
        text="".join(_blocks(tokens)),
        title=str(title) if title else None,
        date=_date(metadata.get("date"), source),
        author=str(author) if author else None,
        stem=stem,
    )


def _front_matter(text: str, source: str) -> tuple[dict[str, object], str]:
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text
    import yaml

    try:
        # Every value as it is written: a title "no" is no False, a day 2025-13-01 no ValueError.
        fields = yaml.load(match[1], Loader=yaml.BaseLoader)  # noqa: S506 - builds only strings
    except yaml.YAMLError as error:
        raise LoadError("load.front_matter", source=source) from error
    if not isinstance(fields, dict):
        return {}, text  # two rules around some text, not front matter
    given = {str(name).lower(): value for name, value in fields.items() if value not in _NOTHING}
    return given, text[match.end() :]


def _date(value: object, source: str) -> str | None:
    if value is None:
        return None
    day = parse_day(value)
    if day is None:
        raise LoadError("load.bad_date", source=source, value=one_line(str(value))[:60])
    return day


def _heading(tokens: list[Token]) -> str | None:
    for position, token in enumerate(tokens):
        if token.type == "heading_open" and (position == 0 or token.tag == "h1"):
            return _words(tokens[position + 1])
    return None


def _blocks(tokens: list[Token]) -> Iterator[str]:
    """The text of each block with the line breaks after it.

    List items and table rows stand on lines of their own, all else is set off
    by a blank line.
    """
    marker = ""
    numbers: list[int | None] = []
    row: list[str] | None = None
    for token in tokens:
        match token.type:
            case "bullet_list_open":
                numbers.append(None)
            case "ordered_list_open":
                numbers.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                numbers.pop()
                yield "" if numbers else "\n"
            case "list_item_open":
                number = numbers[-1]
                marker = "- " if number is None else f"{number}. "
                numbers[-1] = None if number is None else number + 1
            case "tr_open":
                row = []
            case "tr_close":
                yield "\t".join(row or []) + "\n"
                row = None
            case "table_close":
                yield "\n"
            case "inline" if row is not None:
                row.append(_words(token))
            case "inline":
                if words := _words(token):
                    yield f"{marker}{words}\n" if numbers else f"{words}\n\n"
                marker = ""
            case "fence" | "code_block":
                yield token.content.rstrip("\n") + "\n\n"
            case "html_block":
                if words := _TAG.sub("", _COMMENT.sub("", token.content)).strip():
                    yield f"{words}\n\n"
            case _:
                pass


def _words(token: Token) -> str:
    """The words of an inline token: no emphasis, links as their text, no pictures."""
    text = ""
    pending_break = False
    for child in token.children or []:
        piece = ""
        if child.type in {"text", "code_inline"}:
            piece = child.content
        elif child.type == "softbreak":
            pending_break = True
        elif child.type == "hardbreak":
            text = text.rstrip() + "\n"
        if piece:
            text = join_lines(text, piece) if pending_break else text + piece
            pending_break = False
    return text.strip()
