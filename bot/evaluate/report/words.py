"""Words and numbers of the page, ready to stand in HTML."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

from prompts.catalogue import catalogue, say
from retrieval.values import Language

# Figures that are shares, where higher is better; the others are told as they are.
SHARES = (
    "f1", "exact", "f1_all", "f1_best", "holding", "recall_1", "recall_5", "mrr_10", "answered",
    "kept", "refused", "citations",
)  # fmt: skip
SECONDS = ("p50", "p95", "cold_start")
# Figures of which less is better.
LESS = (*SECONDS, "memory_mb", "disk_mb", "unsupported")
ROWS = (
    "recall_1", "recall_5", "mrr_10", "f1", "exact", "f1_all", "f1_best", "holding", "answered",
    "kept", "refused", "citations", "quote_length", "unsupported", "index_rate",
    "p50", "p95", "cold_start", "memory_mb", "disk_mb",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """The catalogue in one language, escaped."""

    language: Language

    def __call__(self, key: str, **values: object) -> str:
        """The sentence `evaluate.KEY`."""
        return escape(say(self.language, f"evaluate.{key}", **values))

    def kind(self, name: str) -> str:
        """The name of a kind of question."""
        return escape(kind_name(name, self.language))


def kind_name(name: str, language: Language) -> str:
    """The name of a kind of question for people, its own where the catalogue has none."""
    return catalogue()[language].get(f"evaluate.kind.{name}", name)


def number(name: str, value: float | None) -> str:
    """A figure as it is read: shares as .943, times and sizes with what they can bear."""
    if value is None:
        return "–"
    if name in SHARES:
        return f"{value:.3f}".removeprefix("0")
    if value >= 100:
        return f"{value:,.0f}"
    if name in SECONDS and value < 1:
        return f"{value:.3f}" if value >= 0.01 else f"{value:.2g}"
    return f"{value:.0f}" if name == "quote_length" else f"{value:.1f}"


def figure(result: dict[str, Any], name: str) -> float | None:
    """A figure of a result, wherever it stands in it."""
    value: float | None = (result["figures"] | result.get("costs", {})).get(name)
    return value


def best(values: list[float | None], name: str) -> float | None:
    """The best of a row, where the systems that have it differ."""
    known = [value for value in values if value is not None]
    if len(set(known)) < 2 or name == "quote_length":
        return None
    return min(known) if name in LESS else max(known)
