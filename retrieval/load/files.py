"""One file, by its ending: which reader takes it, and what bytes it may have."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from retrieval.errors import LoadError
from retrieval.load.assemble import Material, assemble
from retrieval.load.decode import decode
from retrieval.load.identity import path_id, shown_path
from retrieval.load.limits import LoadLimits, megabytes
from retrieval.values import Article

# bytes, source (for errors), limits, the file's stem
Reader = Callable[[bytes, str, LoadLimits, str | None], Material]


def read_text_bytes(data: bytes, source: str, _limits: LoadLimits, stem: str | None) -> Material:
    """Plain text."""
    return Material(decode(data, source), stem=stem)


def read_markdown_bytes(
    data: bytes, source: str, _limits: LoadLimits, stem: str | None
) -> Material:
    """Markdown with or without front matter."""
    from retrieval.load.markdown import read_markdown

    return read_markdown(decode(data, source), source, stem)


def read_page_bytes(data: bytes, source: str, _limits: LoadLimits, _stem: str | None) -> Material:
    """An HTML page that was saved."""
    from retrieval.load.page import read_page

    return read_page(data, source)


def read_pdf_bytes(data: bytes, source: str, _limits: LoadLimits, stem: str | None) -> Material:
    """A PDF."""
    from retrieval.load.pdf import read_pdf

    return read_pdf(data, source, stem)


def read_word_bytes(data: bytes, source: str, limits: LoadLimits, stem: str | None) -> Material:
    """A Word document."""
    from retrieval.load.word import read_word

    return read_word(data, source, limits, stem)


READERS: dict[str, Reader] = {
    ".txt": read_text_bytes,
    ".text": read_text_bytes,
    ".md": read_markdown_bytes,
    ".markdown": read_markdown_bytes,
    ".html": read_page_bytes,
    ".htm": read_page_bytes,
    ".xhtml": read_page_bytes,
    ".pdf": read_pdf_bytes,
    ".docx": read_word_bytes,
}
RECORD_SUFFIXES = frozenset({".jsonl", ".ndjson"})
SUPPORTED = (*READERS, *sorted(RECORD_SUFFIXES))


def load_file(path: Path, limits: LoadLimits, today: date) -> Iterator[Article]:
    """The article of a file, or the articles of a JSONL file.

    Raises LoadError: `load.missing_file`, `load.not_a_file`, `load.no_permission`,
    `load.unreadable`, `load.unsupported_type`, `load.too_large`, `load.empty`
    and those of the readers.
    """
    size = _size(path, shown_path(path))
    source = path_id(path)
    suffix = path.suffix.lower()
    if suffix in RECORD_SUFFIXES:
        yield from _load_records(path, source, limits, today)
        return
    reader = READERS.get(suffix)
    if reader is None:
        raise LoadError("load.unsupported_type", source=source, supported=" ".join(SUPPORTED))
    if size > limits.max_bytes:
        raise LoadError(
            "load.too_large",
            source=source,
            size=megabytes(size),
            limit=megabytes(limits.max_bytes),
        )
    data = _bytes(path, source)
    if not data.strip():
        raise LoadError("load.empty", source=source)
    yield assemble(reader(data, source, limits, path.stem), id=source, source=source, today=today)


def _size(path: Path, source: str) -> int:
    try:
        status = path.stat()
    except FileNotFoundError as error:
        raise LoadError("load.missing_file", source=source) from error
    except PermissionError as error:
        raise LoadError("load.no_permission", source=source) from error
    except (OSError, ValueError) as error:
        raise LoadError("load.unreadable", source=source) from error
    if not stat.S_ISREG(status.st_mode):
        # Reading a pipe or a device may never end.
        raise LoadError("load.not_a_file", source=source)
    return status.st_size


def _bytes(path: Path, source: str) -> bytes:
    try:
        return path.read_bytes()
    except PermissionError as error:
        raise LoadError("load.no_permission", source=source) from error
    except OSError as error:
        raise LoadError("load.unreadable", source=source) from error


def _load_records(path: Path, source: str, limits: LoadLimits, today: date) -> Iterator[Article]:
    from retrieval.load.records import read_records

    try:
        stream = path.open("rb")
    except PermissionError as error:
        raise LoadError("load.no_permission", source=source) from error
    except OSError as error:
        raise LoadError("load.unreadable", source=source) from error
    with stream:
        yield from read_records(stream, source, limits, today)
