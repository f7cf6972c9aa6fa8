"""Bytes to text: UTF-8, Shift_JIS, EUC-JP, ISO-2022-JP and UTF-16 told apart.

In order: a byte order mark; the escapes of ISO-2022-JP; UTF-8, which is hardly
ever valid by chance; what was declared, if it decodes; then, of the strict
decodings that succeed, the one whose text is the likeliest prose. Detectors
that only count bytes are wrong about Japanese of a few words, so
charset-normalizer is asked only when no candidate holds.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable

from retrieval.errors import LoadError
from retrieval.load.plausibility import log_likelihood

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ESCAPES = (b"\x1b$B", b"\x1b$@", b"\x1b(J", b"\x1b(I", b"\x1b$(D")
_JIS = ("iso2022_jp", "iso2022_jp_ext", "iso2022_jp_2004")
# The first of each group that decodes; the wider standard only where the usual one fails.
_EIGHT_BIT = (("cp932", "shift_jis_2004"), ("euc_jp", "euc_jis_2004"), ("cp1252",))
_UTF16 = (("utf-16-le",), ("utf-16-be",))

# Names that pages use for what is, in practice, Microsoft's superset.
_ALIASES = {
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "ms_kanji": "cp932",
    "x-euc-jp": "euc_jp",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
}

_BINARY_HEADS = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"%PDF-",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x7fELF",
    b"MZ\x90",
    b"\xd0\xcf\x11\xe0",
    b"SQLite format 3",
    b"\x00\x00\x01\x00",
    b"OggS",
    b"ID3",
    b"RIFF",
)
_SAMPLE = 4096
# Nats a byte. Of 11,950 snippets of Japanese news (8 to 100 characters) 2 lay below this;
# of 4,000 random byte strings (16 to 256 bytes), read in the likeliest encoding, 3 above.
_LEAST_LIKELIHOOD = -6.2
_MOST_CONTROLS = 0.1
_FEWEST_TO_GUESS = 64  # bytes; of less, charset-normalizer makes text out of anything
_CONTROL_BYTES = bytes(b for b in range(0x20) if b not in b"\t\n\v\f\r\x1b") + b"\x7f"


def decode(data: bytes, source: str, declared: str | None = None) -> str:
    """The text of some bytes, not yet normalised.

    `declared` is the charset that a header or a page names. Raises LoadError
    `load.binary_file` or `load.unknown_encoding`, naming `source`.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            text = _strict(data, codec)
            if text is None:
                raise LoadError("load.unknown_encoding", source=source)
            return _checked(text, source)
    if data.startswith(_BINARY_HEADS):
        raise LoadError("load.binary_file", source=source)
    if any(escape in data for escape in _ESCAPES) and (text := _first(data, _JIS)) is not None:
        return _checked(text, source)
    text = _strict(data, "utf-8")
    known = text is not None and not _may_be_utf16(data)
    if text is not None and known and not data.isascii():
        return text
    if declared and (named := _strict(data, codec_name(declared))) and "\0" not in named:
        return _checked(named, source)
    if text is not None and known:
        return text
    if (likeliest := _likeliest(data, known=text)) is not None:
        return _checked(likeliest, source)
    if text is not None:
        return _checked(text, source)
    return _last_resort(data, source)


def codec_name(declared: str) -> str:
    """Python's codec for a charset as pages and headers name it."""
    name = declared.strip().strip("\"'").lower()
    return _ALIASES.get(name, name)


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, LookupError):
        return None


def _first(data: bytes, codecs_in_order: Iterable[str]) -> str | None:
    return next((t for codec in codecs_in_order if (t := _strict(data, codec)) is not None), None)


def _may_be_utf16(data: bytes) -> bool:
    """Whether valid UTF-8 may be UTF-16 all the same.

    Then it holds control characters (the high bytes of ASCII, kanji's low
    ones), or 0x30, the high byte of kana, at every other place.
    """
    if len(data) % 2:
        return False
    if data.translate(None, _CONTROL_BYTES) != data:
        return True
    head = data[:_SAMPLE]
    if head.isascii() and head.upper() != head.lower():
        return max(head[0::2].count(b"0"), head[1::2].count(b"0")) > 0.3 * len(head)
    return False


def _likeliest(data: bytes, known: str | None) -> str | None:
    """The likeliest strict decoding, or None where even that one looks like noise.

    `known` is the reading as UTF-8 of data that may be UTF-16 as well.
    """
    candidates = [known] if known is not None else []
    groups = _EIGHT_BIT + (_UTF16 if len(data) % 2 == 0 else ())
    candidates += [text for group in groups if (text := _first(data, group))]
    if not candidates:
        return None

    def score(text: str) -> float:
        # Scaled to the whole, since a sample of one decoding covers more bytes than of another.
        sample = text[:_SAMPLE]
        return log_likelihood(sample) * len(text) / len(sample) / len(data)

    best = max(candidates, key=score)
    return best if score(best) >= _LEAST_LIKELIHOOD else None


def _last_resort(data: bytes, source: str) -> str:
    head = data[:65536]
    controls = len(head) - len(head.translate(None, _CONTROL_BYTES))
    if controls > _MOST_CONTROLS / 4 * len(head):
        raise LoadError("load.binary_file", source=source)

    if len(data) < _FEWEST_TO_GUESS:
        raise LoadError("load.unknown_encoding", source=source)

    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None or best.chaos > _MOST_CONTROLS:
        raise LoadError("load.unknown_encoding", source=source)
    return _checked(str(best), source)


def _checked(text: str, source: str) -> str:
    """The text, unless so much of it is control characters that it is data."""
    sample = text[:65536]
    controls = sum(c < " " and c not in "\t\n\r\v\f\x1b" for c in sample)
    if controls > _MOST_CONTROLS * max(len(sample), 1):
        raise LoadError("load.binary_file", source=source)
    return text
