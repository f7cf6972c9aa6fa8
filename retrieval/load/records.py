"""JSONL: one article a line, `{id, title, text, date, source}`, read as a stream."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from retrieval.errors import LoadError
from retrieval.load.assemble import Material, assemble
from retrieval.load.day import parse_day
from retrieval.load.decode import decode
from retrieval.load.limits import LoadLimits, megabytes
from retrieval.load.normal import normalise, one_line
from retrieval.values import Article

_FIELDS = ("title", "date", "source", "author")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_records(
    stream: BinaryIO, source: str, limits: LoadLimits, today: date, first_line: bytes = b""
) -> Iterator[Article]:
    """The articles of a JSONL stream, each as soon as its line is read.

    A record needs `text`; `title`, `date` (a day), `author`, `source` and `id`
    may be left out, other fields are ignored. An id that is missing is the
    record's source, if no record before has it, else `source#line`.
    `first_line` is what was read off the stream already, to tell its kind.
    Raises LoadError naming the line: `load.record_json`, `load.record_text`,
    `load.record_field`, `load.record_date`, `load.record_twice`,
    `load.record_large`.
    """
    seen: dict[str, int] = {}
    for line, text in _lines(stream, source, limits, first_line):
        article = _article(text, source, line, seen, today)
        seen[article.id] = line
        yield article
    if not seen:
        raise LoadError("load.empty", source=source)


def looks_like_record(line: bytes) -> bool:
    """Whether a line is a JSON object with a text, as in a JSONL file of articles."""
    try:
        record = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and "text" in record


def _lines(
    stream: BinaryIO, source: str, limits: LoadLimits, first_line: bytes
) -> Iterator[tuple[int, str]]:
    """Number (from 1) and text of each line that is not blank."""
    number = 0
    wide = False
    raw = first_line or stream.readline(limits.max_bytes + 1)
    while raw:
        number += 1
        if number == 1 and (raw.startswith(_WIDE_MARKS) or b"\0" in raw[:64]):
            wide = True
            break
        if len(raw) > limits.max_bytes:
            raise LoadError(
                "load.record_large", source=source, line=number, limit=megabytes(limits.max_bytes)
            )
        if raw.strip():
            yield number, _decode_line(raw, source)
        raw = stream.readline(limits.max_bytes + 1)
    if wide:
        # UTF-16 has no bytes that only end lines, so such a file is read whole.
        raw += stream.read(limits.max_bytes)
        if len(raw) > limits.max_bytes:
            raise LoadError(
                "load.too_large",
                source=source,
                size=f"> {megabytes(limits.max_bytes)}",
                limit=megabytes(limits.max_bytes),
            )
        for number, text in enumerate(io.StringIO(decode(raw, source)), start=1):
            if text.strip():
                yield number, text


def _decode_line(raw: bytes, source: str) -> str:
    if b"\x1b" not in raw:
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
    return decode(raw, source)


def _article(text: str, source: str, line: int, seen: dict[str, int], today: date) -> Article:
    try:
        # Not strict: a line break or another control character inside a string is dropped later.
        record = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise LoadError("load.record_json", source=source, line=line) from error
    if not isinstance(record, dict):
        raise LoadError("load.record_json", source=source, line=line)
    body = record.get("text")
    if not isinstance(body, str) or not normalise(body).strip():
        raise LoadError("load.record_text", source=source, line=line)
    for field in _FIELDS:
        if not isinstance(record.get(field), str | None):
            raise LoadError("load.record_field", source=source, line=line, field=field)
    day = None
    if (written := (record.get("date") or "").strip()) and (day := parse_day(written)) is None:
        shown = one_line(written)[:60]
        raise LoadError("load.record_date", source=source, line=line, value=shown)
    origin = one_line(record.get("source") or "") or source
    id = _record_id(record, source, line, seen)
    material = Material(body, record.get("title"), day, record.get("author"))
    return assemble(material, id=id, source=origin, today=today)


def _record_id(record: dict[str, object], source: str, line: int, seen: dict[str, int]) -> str:
    given = record.get("id")
    if isinstance(given, bool) or not isinstance(given, str | int | None):
        raise LoadError("load.record_field", source=source, line=line, field="id")
    if given is not None and (id := one_line(str(given))):
        if id in seen:
            raise LoadError("load.record_twice", source=source, line=line, id=id, first=seen[id])
        return id
    origin = one_line(str(record.get("source") or ""))
    return origin if origin and origin not in seen else f"{source}#{line}"
