"""Two short articles to try kiji on, one in Japanese and one in English.

The Japanese one retells public events of autumn 2025 in our own words; the
English one, its town and its people are invented.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from retrieval.load import load
from retrieval.values import Article

__all__ = ["articles"]


def articles() -> list[Article]:
    """The sample articles, the Japanese one first.

    Their ids and sources are short names, the same wherever kiji is installed.
    """
    folder = Path(__file__).parent
    return [
        replace(article, id=f"sample/{name}", source=f"sample/{name}")
        for name in ("summit.ja.md", "bridge.en.md")
        for article in load(str(folder / name))
    ]
