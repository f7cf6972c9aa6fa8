"""Checksums of model folders: what a folder must hold, and whether it still does.

`checksums.json` gives, by model and by file, a SHA-256 in hex. A changed weight
or vocabulary would not fail, it would answer wrongly; so loading checks all of
it, 0.05 to 0.2 s for 85 MB.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from retrieval.errors import ModelError

SUMS_FILE = Path(__file__).with_name("checksums.json")

# The card is for people; nothing loads it, and it may be corrected without new weights.
CARD = "README.md"


def measure(folder: Path) -> dict[str, str]:
    """The SHA-256 (hex) of each file under a folder but its card, by POSIX path in it."""
    return {name: _sha256(folder / name) for name in _names(folder)}


def recorded() -> dict[str, dict[str, str]]:
    """What `checksums.json` holds: SHA-256 by file, by model."""
    sums: dict[str, dict[str, str]] = json.loads(SUMS_FILE.read_text("utf-8"))
    return sums


def verify(folder: Path, sums: Mapping[str, str]) -> None:
    """Check that a folder holds exactly the files that it should, unchanged.

    Raises ModelError naming the first file that is missing (`models.missing`),
    not part of the model (`models.extra`) or changed (`models.damaged`).
    """
    names = _names(folder)
    for key, odd in (
        ("models.missing", sums.keys() - set(names)),
        ("models.extra", set(names) - sums.keys()),
    ):
        if odd:
            raise ModelError(key, file=str(folder / min(odd)))
    for name in names:
        if _sha256(folder / name) != sums[name]:
            raise ModelError("models.damaged", file=str(folder / name))


def _names(folder: Path) -> list[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    names = (path.relative_to(folder).as_posix() for path in files)
    return sorted(name for name in names if name != CARD)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
