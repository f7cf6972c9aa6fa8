"""HTML pages: the main text, and what the page says of its title, date and author."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from retrieval.errors import LoadError
from retrieval.load.assemble import Material
from retrieval.load.day import parse_day
from retrieval.load.decode import codec_name, decode
from retrieval.load.markup import close_soft_breaks, named_author, plain_lines, text_of
from retrieval.load.normal import one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # lxml ships no types
    from trafilatura.settings import Document

_META_CHARSET = re.compile(
    rb"<meta[^>]+?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)|<\?xml[^>]+?encoding=[\"']([A-Za-z0-9_.:-]+)",
    re.IGNORECASE,
)
_META_SPAN = 4096
# Characters beyond which a text is taken to be an article without a second look.
_LONGEST_FLATTENED = 2000
# trafilatura's least sizes count characters of English; Japanese says as much in a third.
_SMALLEST = {"MIN_EXTRACTED_SIZE": "60", "MIN_OUTPUT_SIZE": "1"}


def read_page(
    data: bytes, source: str, charset: str | None = None, url: str | None = None
) -> Material:
    """The material of an HTML page.

    `charset` is what the HTTP header names; it outranks the page's own, as in
    the HTML standard. Paragraphs, headings, list items and table rows become
    lines. Raises LoadError `load.no_readable_text` and those of `decode`.
    """
    return parse_page(_decode_page(data, source, charset), source, url)


def parse_page(markup: str, source: str, url: str | None = None) -> Material:
    """The material of markup that is already text."""
    from lxml import etree, html  # type: ignore[import-untyped]  # as above

    try:
        tree = html.document_fromstring(_without_declaration(markup))
    except (etree.ParserError, ValueError) as error:
        raise LoadError("load.no_readable_text", source=source) from error
    close_soft_breaks(tree)
    document = _extract(tree, url)
    lines: list[str] = []
    if document is not None and not _is_flattened(tree, document):
        lines = list(_extracted_lines(document.body))
    if not "".join(lines).strip():
        lines = list(plain_lines(tree))
    if not "".join(lines).strip():
        raise LoadError("load.no_readable_text", source=source)
    title = (document.title if document is not None else None) or text_of(tree, "//title")
    return Material(
        text="\n".join(lines),
        title=title,
        date=parse_day(document.date) if document is not None and document.date else None,
        author=(document.author if document is not None else None) or named_author(tree),
    )


def _decode_page(data: bytes, source: str, charset: str | None) -> str:
    match = _META_CHARSET.search(data[:_META_SPAN])
    named = (match[1] or match[2]).decode("ascii") if match else None
    declared = charset or named
    try:
        return decode(data, source, declared)
    except LoadError:
        # One broken byte must not cost a page that says how it is written.
        if declared is None or b"<" not in data[:_META_SPAN] or b"\0" in data:
            raise
        try:
            return data.decode(codec_name(declared), errors="replace")
        except LookupError:
            return data.decode("utf-8", errors="replace")


def _without_declaration(markup: str) -> str:
    # lxml refuses text that names an encoding.
    return re.sub(r"\A\s*<\?xml[^>]*\?>", "", markup)


def _extract(tree: HtmlElement, url: str | None) -> Document | None:
    """Trafilatura's document, or None where it finds no article."""
    from copy import deepcopy

    try:
        from trafilatura import bare_extraction
        from trafilatura.settings import DEFAULT_CONFIG, Document
    except ImportError as error:
        # Quietly taking the plain lines would fill the index with menus.
        raise LoadError("load.page_reader") from error

    config = deepcopy(DEFAULT_CONFIG)
    config["DEFAULT"].update(_SMALLEST)
    found = bare_extraction(
        deepcopy(tree),
        url=url,
        fast=True,  # its other extractors are slower and no better on news
        include_comments=False,
        with_metadata=True,
        config=config,
        # Not extensive: a day that stands somewhere in the page is not metadata.
        date_extraction_params={
            "extensive_search": False,
            "original_date": True,
            # A page may be from where tomorrow has begun.
            "max_date": (date.today() + timedelta(days=1)).isoformat(),
        },
    )
    return found if isinstance(found, Document) else None


def _is_flattened(tree: HtmlElement, document: Document) -> bool:
    """Whether trafilatura found no article and gave its baseline: the whole page in a row.

    It breaks lines between any two elements, so `plain_lines` takes its place.
    """
    from copy import deepcopy

    from trafilatura import baseline

    text = "".join((document.text or "").split())
    if len(text) > _LONGEST_FLATTENED:
        return False
    return text == "".join(baseline(deepcopy(tree))[1].split())


def _extracted_lines(body: HtmlElement) -> Iterator[str]:
    """Lines of trafilatura's tree: `head`, `p`, `item`, `row`, with `lb` as a break."""
    for element in body:
        if element.tag in {"list", "div", "quote"} and len(element):
            if element.text and element.text.strip():
                yield element.text
            yield from _extracted_lines(element)
        elif element.tag == "table":
            for row in element.iter("row"):
                yield "\t".join(one_line("".join(cell.itertext())) for cell in row.iter("cell"))
        else:
            yield from _broken("".join(_pieces(element, "lb")))
        if element.tail and element.tail.strip():
            yield element.tail.strip()


def _pieces(element: HtmlElement, break_tag: str) -> Iterator[str]:
    if element.tag == break_tag:
        yield "\n"
    if element.text:
        yield element.text
    for child in element:
        yield from _pieces(child, break_tag)
        if child.tail:
            yield child.tail


def _broken(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if line.strip():
            yield one_line(line)
