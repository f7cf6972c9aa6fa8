"""A tiny model in the container E5S1, written as `e5.c` reads it."""

import struct
from pathlib import Path

import numpy as np

HIDDEN, LAYERS, FEED_FORWARD, POSITIONS, TYPES = 32, 1, 64, 4, 2


def quantised(rows: int, columns: int, seed: int) -> tuple[bytes, np.ndarray]:
    """Random Q4_0 blocks and the matrix that they stand for."""
    random = np.random.default_rng(seed)
    stored, values = [], []
    for _ in range(rows * columns // 32):
        scale = np.float16(random.uniform(0.01, 0.1))
        nibbles = random.integers(0, 16, 32)
        stored.append(
            scale.tobytes()
            + bytes(int(a | b << 4) for a, b in zip(*np.split(nibbles, 2), strict=True))
        )
        values.append((nibbles - 8) * np.float32(scale))
    return b"".join(stored), np.concatenate(values).reshape(rows, columns).astype(np.float32)


def write(path: Path, pieces: list[tuple[str, float]]) -> dict[str, np.ndarray]:
    """Write a container; its tensors by the container's names."""
    shapes: dict[str, tuple[int, ...]] = {
        "emb.word": (len(pieces), HIDDEN),
        "emb.pos": (POSITIONS, HIDDEN),
        "emb.type": (TYPES, HIDDEN),
        "emb.ln.w": (HIDDEN,),
        "emb.ln.b": (HIDDEN,),
    }
    for name, rows, columns in (
        *((part, HIDDEN, HIDDEN) for part in ("q", "k", "v", "ao")),
        ("fi", FEED_FORWARD, HIDDEN),
        ("fo", HIDDEN, FEED_FORWARD),
    ):
        shapes |= {f"l0.{name}.w": (rows, columns), f"l0.{name}.b": (rows,)}
    for name in ("aln", "oln"):
        shapes |= {f"l0.{name}.w": (HIDDEN,), f"l0.{name}.b": (HIDDEN,)}

    blob = b"".join(piece.encode() for piece, _ in pieces)
    offsets = np.cumsum([0, *(len(piece.encode()) for piece, _ in pieces)])
    head = b"E5S1" + struct.pack(
        "<I7ifi", 1, HIDDEN, LAYERS, 2, FEED_FORWARD, len(pieces), POSITIONS, TYPES, 1e-12, 4
    )
    head += struct.pack("<5iQ", len(pieces), 0, 2, 1, 3, len(blob))
    head += struct.pack(f"<{len(offsets)}I", *offsets)
    head += struct.pack(f"<{len(pieces)}f", *(score for _, score in pieces)) + blob
    head += struct.pack("<iI", 2, 5 + 4 + 5)
    head += struct.pack("<IBI", ord("Ａ"), 1, ord("A")) + struct.pack("<IB", ord("\u200b"), 0)

    tensors, stored = {}, {}
    for seed, (name, shape) in enumerate(shapes.items()):
        quantises = len(shape) == 2 and name not in ("emb.pos", "emb.type")
        if quantises:
            stored[name], tensors[name] = quantised(*shape, seed)
        else:
            tensors[name] = np.random.default_rng(seed).random(shape, dtype=np.float32)
            stored[name] = tensors[name].tobytes()
    size = len(head) + 4 + sum(2 + len(name) + 21 for name in shapes)
    head += struct.pack("<i", len(shapes))
    at = size
    for name, shape in shapes.items():
        kind = int(len(stored[name]) != 4 * np.prod(shape))
        head += struct.pack("<H", len(name)) + name.encode()
        head += struct.pack("<BIQQ", kind, int(np.prod(shape)), at, len(stored[name]))
        at += len(stored[name])
    path.write_bytes(head + b"".join(stored.values()))
    return tensors
