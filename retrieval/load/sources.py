"""What a person may name: a file, a folder, a URL, or `-` for standard input."""

from __future__ import annotations

import io
import logging
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO

from retrieval.errors import LoadError
from retrieval.load.assemble import Material, assemble
from retrieval.load.decode import decode
from retrieval.load.files import (
    SUPPORTED,
    Reader,
    load_file,
    read_markdown_bytes,
    read_page_bytes,
    read_pdf_bytes,
    read_text_bytes,
    read_word_bytes,
)
from retrieval.load.identity import content_id, shown_path
from retrieval.load.limits import LoadLimits, megabytes
from retrieval.values import Article

OnSkip = Callable[[Path, LoadError], None]

_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_PAGE_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html)\b", re.I | re.S
)
_log = logging.getLogger(__name__)


def load(
    source: str,
    limits: LoadLimits | None = None,
    *,
    on_skip: OnSkip | None = None,
    stdin: BinaryIO | None = None,
    today: date | None = None,
) -> Iterator[Article]:
    """The articles of a path, a folder, an http(s) URL, or `-` (standard input).

    Lazy: reading begins with the first `next`, and so do the errors. A file or
    page that is named and can't be read raises LoadError; inside a folder it is
    given to `on_skip(path, error)` (without one: logged) and the rest goes on.
    `today` bounds inferred dates; `stdin` stands in for the process's own.
    """
    limits = limits or LoadLimits()
    today = today or date.today()
    if source == "-":
        yield from _load_stdin(stdin or sys.stdin.buffer, limits, today)
    elif match := _URL.match(source):
        if match[1].lower() not in {"http", "https"}:
            raise LoadError("load.url_scheme", source=source)
        yield from _load_url(source, limits, today)
    else:
        path = Path(source).expanduser()
        if _is_folder(path, source):
            yield from _load_folder(path, limits, on_skip or _log_skipped, today)
        else:
            yield from load_file(path, limits, today)


def _is_folder(path: Path, source: str) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError) as error:
        raise LoadError("load.unreadable", source=source) from error


def _log_skipped(path: Path, error: LoadError) -> None:
    _log.warning("skipped %s: %s", path, error)


def _load_folder(
    folder: Path, limits: LoadLimits, on_skip: OnSkip, today: date
) -> Iterator[Article]:
    """Every supported file below a folder, in sorted order; hidden ones are passed over."""
    loaded = skipped = 0
    try:
        for path in _files(folder):
            try:
                for article in load_file(path, limits, today):
                    loaded += 1
                    yield article
            except LoadError as error:
                skipped += 1
                on_skip(path, error)
    except PermissionError as error:
        raise LoadError("load.no_permission", source=shown_path(folder)) from error
    if not loaded:
        key = "load.nothing_in_folder" if skipped else "load.empty_folder"
        raise LoadError(key, source=shown_path(folder), supported=" ".join(SUPPORTED))


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            if not path.is_symlink():  # a link may lead back up, without end
                yield from _files(path)
        else:
            yield path


def _load_url(url: str, limits: LoadLimits, today: date) -> Iterator[Article]:
    from retrieval.load.fetch import HTML_TYPES, PDF_TYPES, RECORD_TYPES, fetch

    page = fetch(url, limits)
    if not page.body.strip():
        raise LoadError("load.empty", source=page.url)
    if page.content_type in RECORD_TYPES:
        from retrieval.load.records import read_records

        yield from read_records(io.BytesIO(page.body), page.url, limits, today)
        return
    if page.content_type in HTML_TYPES:
        from retrieval.load.page import read_page

        material = read_page(page.body, page.url, page.charset, page.url)
    elif page.content_type in PDF_TYPES:
        material = read_pdf_bytes(page.body, page.url, limits, None)
    elif "markdown" in page.content_type:
        material = read_markdown_bytes(page.body, page.url, limits, None)
    else:
        material = Material(decode(page.body, page.url, page.charset))
    yield assemble(material, id=page.url, source=page.url, today=today)


def _load_stdin(stream: BinaryIO, limits: LoadLimits, today: date) -> Iterator[Article]:
    """What comes through a pipe: JSONL, PDF, Word, HTML or text, told apart by its head."""
    from retrieval.load.records import looks_like_record, read_records

    head = stream.readline(limits.max_bytes + 1)
    if looks_like_record(head):
        yield from read_records(stream, "stdin", limits, today, first_line=head)
        return
    data = head + stream.read(limits.max_bytes + 1 - len(head))
    if len(data) > limits.max_bytes:
        raise LoadError("load.stdin_large", limit=megabytes(limits.max_bytes))
    if not data.strip():
        raise LoadError("load.empty", source="stdin")
    material = _reader_for(data)(data, "stdin", limits, None)
    yield assemble(material, id=content_id("stdin", data), source="stdin", today=today)


def _reader_for(data: bytes) -> Reader:
    if data.startswith(b"%PDF-"):
        return read_pdf_bytes
    if data.startswith(b"PK\x03\x04") and b"word/" in data:
        return read_word_bytes
    if _PAGE_HEAD.match(data[:1024]):
        return read_page_bytes
    if data.removeprefix(b"\xef\xbb\xbf").startswith((b"---\n", b"---\r\n")):
        return read_markdown_bytes
    return read_text_bytes
