"""What every reader gives, and how it becomes an Article."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from retrieval.errors import LoadError
from retrieval.load.day import infer_day
from retrieval.load.normal import normalise, one_line
from retrieval.load.title import find_title
from retrieval.values import Article


@dataclass(frozen=True, slots=True)
class Material:
    """What a reader found in a document.

    `title`, `date` (ISO day) and `author` are from metadata only; None where
    it names none. `stem` is the file's name without its ending.
    """

    text: str
    title: str | None = None
    date: str | None = None
    author: str | None = None
    stem: str | None = None


def assemble(material: Material, *, id: str, source: str, today: date) -> Article:
    """The article of some material: normalised, titled and dated.

    The text begins with the title line; where the material does not, the title
    is put before it with a blank line. Raises LoadError `load.empty`.
    """
    text = normalise(material.text)
    if not text.strip():
        raise LoadError("load.empty", source=source)
    title = one_line(material.title or "") or one_line(find_title(text, material.stem))
    first, _, rest = text.partition("\n")
    # Where the first line is the title but for width or spaces, it gives way to the title.
    body = f"\n{rest}" if _same(first, title) else f"\n\n{text}"
    text = f"{title}{body}".rstrip("\n")
    day, inferred = material.date, False
    if day is None and (day := infer_day(text, today)) is not None:
        inferred = True
    author = one_line(material.author or "") or None
    return Article(id, source, title, text, day, inferred, author)


def _same(line: str, title: str) -> bool:
    def folded(text: str) -> str:
        return "".join(unicodedata.normalize("NFKC", text).casefold().split())

    return folded(line) == folded(title)
