"""How much loading may take: bytes, seconds, and which addresses."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class LoadLimits:
    """Bounds of one load.

    `max_bytes` holds for one document from a file or standard input (and for a
    PDF from the web); of a JSONL file, which is streamed, it holds for one
    record. `max_page_bytes` holds for a page, after decompression.
    `timeout_seconds` is the whole time a URL may take, redirects included.
    With `allow_private`, URLs may lead to private, loopback and link-local
    addresses.
    """

    max_bytes: int = 20 * MEGABYTE
    max_page_bytes: int = 5 * MEGABYTE
    timeout_seconds: float = 20.0
    allow_private: bool = False


def megabytes(size: int) -> str:
    """A size for people: `21.3 MB`; below a tenth of a megabyte, in bytes."""
    if size < MEGABYTE // 10:
        return f"{size:,} B"
    return f"{size / MEGABYTE:.1f} MB"
