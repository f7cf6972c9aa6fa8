"""The models that ship with the package, and the scripts that made them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from retrieval.errors import ModelError
from retrieval.models import checksum

__all__ = ["shipped"]


@cache
def shipped(name: str) -> Path:
    """The folder of a shipped model, checked against its checksums once per process.

    `name` is a key of `checksums.json`, such as "encoder". Raises ModelError when
    there is no such model or a file of it is missing, extra or changed.
    """
    sums = checksum.recorded().get(name)
    if sums is None:
        raise ModelError("models.unknown", name=name)
    folder = Path(__file__).parent / name
    checksum.verify(folder, sums)
    return folder
