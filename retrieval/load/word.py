"""Word documents (.docx): paragraphs and table rows in the order of the page."""

from __future__ import annotations

import io
import zipfile

from retrieval.errors import LoadError
from retrieval.load.assemble import Material
from retrieval.load.limits import LoadLimits, megabytes
from retrieval.load.pdf import title_if_shown

_MOST_UNPACKED = 10


def read_word(data: bytes, source: str, limits: LoadLimits, stem: str | None = None) -> Material:
    """The material of a Word document.

    The title is a paragraph of the style Title, else the title property if the
    document shows it. Properties give no date: they say when the file was made.
    Raises LoadError `load.damaged_word` or `load.too_large`.
    """
    _check_unpacked(data, source, limits)
    from docx import Document
    from docx.table import Table

    lines: list[str] = []
    title: str | None = None
    try:
        document = Document(io.BytesIO(data))
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                lines += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
                continue
            lines.append(block.text)
            if title is None and block.style is not None and block.style.name == "Title":
                title = block.text
        named = document.core_properties.title
    except Exception as error:
        raise LoadError("load.damaged_word", source=source) from error
    text = "\n".join(lines)
    return Material(text=text, title=title or title_if_shown(named, text), stem=stem)


def _check_unpacked(data: bytes, source: str, limits: LoadLimits) -> None:
    """Refuse what is no zip, and what unpacks into far more than a document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, EOFError) as error:
        raise LoadError("load.damaged_word", source=source) from error
    allowed = _MOST_UNPACKED * limits.max_bytes
    if size > allowed:
        raise LoadError(
            "load.too_large", source=source, size=megabytes(size), limit=megabytes(allowed)
        )
