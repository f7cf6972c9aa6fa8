"""An HTML tree without trafilatura: its lines, its soft breaks, what its head names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from retrieval.load.normal import one_line
from retrieval.load.script import SPACELESS

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # lxml ships no types

# A line break in the source between two Japanese characters is no space.
_SOFT_BREAK = re.compile(rf"(?<=[{SPACELESS}])[ \t]*[\r\n]\s*(?=[{SPACELESS}])")
_BREAK_AT_END = re.compile(rf"(?<=[{SPACELESS}])[ \t]*[\r\n]\s*\Z")
_INLINE = frozenset(
    {"a", "abbr", "b", "cite", "code", "em", "i", "mark", "q", "ruby", "small", "span"}
)
_INLINE |= {"strong", "sub", "sup", "time", "u", "font", "rt", "rp", "rb"}
_UNREAD = frozenset({"script", "style", "noscript", "template", "svg", "head", "iframe", "form"})
_UNREAD |= {"nav", "header", "footer", "aside", "button", "select", "rt", "rp"}


def plain_lines(tree: HtmlElement) -> Iterator[str]:
    """Every line of a page but scripts, styles, and what frames the content."""
    line = ""
    for event, element in _walk(tree):
        if event == "text":
            line += element
        elif line.strip():
            yield one_line(line)
            line = ""
        else:
            line = ""
    if line.strip():
        yield one_line(line)


def _walk(element: HtmlElement) -> Iterator[tuple[str, Any]]:
    """("text", words) and ("break", None) for an element and what it holds."""
    if not isinstance(element.tag, str) or element.tag in _UNREAD:
        return
    block = element.tag not in _INLINE
    if block:
        yield "break", None
    if element.text:
        yield "text", element.text
    for child in element:
        yield from _walk(child)
        if child.tail:
            yield "text", child.tail
    if block:
        yield "break", None


def close_soft_breaks(tree: HtmlElement) -> None:
    """Take out line breaks of the source that would become spaces inside Japanese."""
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in {
            "pre",
            "script",
            "style",
            "textarea",
        }:
            continue
        followed = len(element) > 0 and element[0].tag in _INLINE
        element.text = _closed(element.text, followed)
        for child in element:
            sibling = child.getnext()
            child.tail = _closed(child.tail, sibling is not None and sibling.tag in _INLINE)


def _closed(text: str | None, inline_follows: bool) -> str | None:
    if not text or ("\n" not in text and "\r" not in text):
        return text
    text = _SOFT_BREAK.sub("", text)
    return _BREAK_AT_END.sub("", text) if inline_follows else text


def text_of(tree: HtmlElement, path: str) -> str | None:
    """The words of the first element at an XPath, on one line."""
    found = tree.xpath(path)
    return one_line(found[0].text_content()) or None if found else None


def named_author(tree: HtmlElement) -> str | None:
    """The author that the page's head names, unless it is a link or a whole text."""
    # trafilatura drops names of one word, which is how Japanese names are written.
    found = tree.xpath("//meta[@name='author' or @property='author']/@content")
    name = one_line(str(found[0])) if found else ""
    return name if 0 < len(name) <= 60 and "://" not in name else None
