"""Each peer's own virtual environment, made from what its file asks for and kept for later.

They stand in the user's cache folder, one for each set of pinned packages. pip's own
settings hold: where PyPI's PyTorch would bring CUDA, say where the CPU build is
(`PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu make bench`).
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import platformdirs

PEERS = Path(__file__).parent / "peers"
# PEP 723's own expression for such a block.
_BLOCK = re.compile(r"(?m)^# /// script$\s(?P<content>(^#(| .*)$\s)+)^# ///$")


def requirements(script: Path) -> list[str]:
    """The packages that a script names in its PEP 723 block; none where it has no block."""
    block = _BLOCK.search(script.read_text("utf-8"))
    if block is None:
        return []
    lines = (line.removeprefix("# ").removeprefix("#") for line in block["content"].splitlines())
    packages: list[str] = tomllib.loads("\n".join(lines))["dependencies"]
    return packages


def folder() -> Path:
    """Where the environments stand."""
    return platformdirs.user_cache_path("kiji") / "bench"


def python(script: Path) -> Path:
    """The interpreter for a script: of its own environment, made first where there is none."""
    packages = requirements(script)
    if not packages:
        return Path(sys.executable)
    key = hashlib.sha256("\n".join(sorted(packages)).encode()).hexdigest()[:12]
    home = folder() / key
    interpreter = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    done = home / ".installed"
    if not done.exists():
        print(f"installing {script.stem} into {home}", file=sys.stderr)
        venv.create(home, with_pip=True, clear=True)
        install = [interpreter, "-m", "pip", "install", "--quiet", "--only-binary", ":all:"]
        subprocess.run([*install, *packages], check=True)
        done.touch()
    return interpreter
