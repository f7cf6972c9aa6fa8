"""PDF: the text layer, its broken lines joined into paragraphs again."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from retrieval.errors import LoadError
from retrieval.load.assemble import Material
from retrieval.load.normal import normalise, one_line
from retrieval.load.script import display_width, join_lines

_SENTENCE_END = re.compile(r"[。．！？!?.][」』）)”\"’]*\Z")
_PAGE_NUMBER = re.compile(
    r"\A[\s\-–—]*(?:page\s*)?\d{1,4}(?:\s*[/／]\s*\d{1,4})?[\s\-–—]*\Z", re.IGNORECASE
)
_INDENTED = re.compile(r"\A(?:\u3000|\s{2,})")
# Of the widest usual line: shorter ones end a paragraph or are headings.
_FULL = 0.85
_SHORT = 0.6


def read_pdf(data: bytes, source: str, stem: str | None = None) -> Material:
    """The material of a PDF.

    The date is never taken from its properties: they say when the file was
    made, not when the article was written. Raises LoadError `load.damaged_pdf`,
    `load.encrypted_pdf` or `load.image_pdf`.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise LoadError("load.encrypted_pdf", source=source)
        pages = [normalise(page.extract_text()) for page in reader.pages]
        named = reader.metadata.title if reader.metadata else None
    except LoadError:
        raise
    except (FileNotDecryptedError, DependencyError) as error:
        raise LoadError("load.encrypted_pdf", source=source) from error
    except Exception as error:
        raise LoadError("load.damaged_pdf", source=source) from error
    if not any(page.strip() for page in pages):
        raise LoadError("load.image_pdf", source=source)
    text = "\n\n".join(paragraphs(pages))
    return Material(text=text, title=title_if_shown(named, text), stem=stem)


def title_if_shown(named: object, text: str) -> str | None:
    """A title property, if the document shows it near its head.

    Programs fill the property with file names and templates; a title that the
    reader can see is none of these.
    """
    title = one_line(str(named or ""))
    shown = "".join(text[:600].split())
    return title if title and "".join(title.split()) in shown else None


def paragraphs(pages: list[str]) -> Iterator[str]:
    """The paragraphs of pages whose lines are broken where the paper ends.

    A sentence that goes on over the page's end goes on here; page numbers go.
    """
    lines = list(_lines(pages))
    widths = sorted(display_width(line) for line in lines if line)
    usual = widths[int(len(widths) * 0.9)] if widths else 0
    paragraph, last = "", ""
    for line in lines:
        if not line:
            if paragraph:
                yield paragraph
            paragraph = ""
        elif paragraph and not _ends(last, line, usual):
            paragraph = join_lines(paragraph, line)
        else:
            if paragraph:
                yield paragraph
            paragraph = line
        last = line
    if paragraph:
        yield paragraph


def _lines(pages: list[str]) -> Iterator[str]:
    for page in pages:
        lines = page.split("\n")
        for edge in (0, -1):
            if len(lines) > 1 and _PAGE_NUMBER.match(lines[edge]):
                lines.pop(edge)
        while lines and not lines[-1].strip():
            lines.pop()
        yield from (line.rstrip() for line in lines)
        if lines and _SENTENCE_END.search(lines[-1].rstrip()):
            yield ""


def _ends(last: str, line: str, usual: int) -> bool:
    """Whether a paragraph ends between two lines that follow each other."""
    if _INDENTED.match(line):
        return True
    if line[0].islower():
        return False
    width = display_width(last)
    if _SENTENCE_END.search(last):
        return width < _FULL * usual
    return width < _SHORT * usual
