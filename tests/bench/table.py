"""Results as Markdown: for each set a row for each figure, a column for each system."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.evaluate.report.words import best, figure, number
from prompts.catalogue import say

_Cell = Callable[[dict[str, Any]], float | None]
_FOUND = ("recall_1", "recall_5", "mrr_10")
_KINDS = ("who", "when", "why")
_SCORES = (("F1", "f1"), ("exact match", "exact"))
_SAID = ("holding", "kept", "refused", "citations", "quote_length", "unsupported")
_COSTS = ("index_rate", "p50", "p95", "cold_start", "memory_mb", "disk_mb")


def markdown(record: Mapping[str, Any]) -> str:
    """The whole table; the best of a row is bold."""
    results: list[dict[str, Any]] = list(record["results"])
    parts = [f"Measured {record['made'][:10]}, {record['machine']}."]
    for name in dict.fromkeys(each["set"] for each in results):
        parts.append(_table(name, [each for each in results if each["set"] == name]))
    return "\n\n".join(parts) + "\n"


def _table(name: str, some: Sequence[dict[str, Any]]) -> str:
    first = some[0]["figures"]
    count, none = first["questions"] - first["unanswerable"], first["unanswerable"]
    lines = [
        f"**{name}**: {count:,} questions, {none} of them also asked with their articles kept back",
        "",
        "| | " + " | ".join(each["system"] for each in some) + " |",
        "|---" * (len(some) + 1) + "|",
    ]
    for label, key, cell in _rows():
        values = [cell(each) for each in some]
        if all(value is None for value in values):
            continue
        top = best(values, key)
        cells = [
            f"**{number(key, value)}**"
            if value is not None and value == top
            else number(key, value)
            for value in values
        ]
        lines.append(f"| {label} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _rows() -> list[tuple[str, str, _Cell]]:
    rows = [_row(name) for name in (*_FOUND, "f1", "exact", "f1_all", "f1_best")]
    for kind in _KINDS:
        rows += [(f"{kind}, {label}", key, _kind(kind, key)) for label, key in _SCORES]
    return rows + [_row(name) for name in (*_SAID, *_COSTS)]


def _row(name: str) -> tuple[str, str, _Cell]:
    return say("en", f"evaluate.figure.{name}"), name, lambda each: figure(each, name)


def _kind(kind: str, key: str) -> _Cell:
    def cell(each: dict[str, Any]) -> float | None:
        one = each["figures"]["kinds"].get(kind)
        value: float | None = one[key] if one else None
        return value

    return cell
