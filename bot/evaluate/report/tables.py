"""The page's figures: cards, bars of who, when and why, and the whole table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from bot.evaluate.report.words import ROWS, Words, best, figure, number

_CARDS = ("f1", "recall_1", "citations", "refused", "p50")
_KINDS = ("who", "when", "why")


def cards(results: Sequence[dict[str, Any]], words: Words) -> str:
    """The first system's headline figures, a card for each, the sets side by side in it."""
    system = results[0]["system"]
    own = [result for result in results if result["system"] == system]
    made = []
    for name in _CARDS:
        values = [(each["set"], figure(each, name)) for each in own]
        if all(value is None for _, value in values):
            continue
        cells = "".join(
            "<div>"
            + (f"<span>{escape(kept)}</span>" if len(own) > 1 else "")
            + f"<b>{number(name, value)}</b></div>"
            for kept, value in values
        )
        made.append(f'<div class="card"><h3>{words(f"figure.{name}")}</h3>{cells}</div>')
    return f'<div class="cards">{"".join(made)}</div>'


def bars(results: Sequence[dict[str, Any]], colours: dict[str, int], words: Words) -> str:
    """For one set: who, when and why, a bar for each system that answers."""
    answering = [result for result in results if result["figures"]["kinds"]]
    kinds: dict[str, None] = {}
    for each in answering:
        kinds |= dict.fromkeys(each["figures"]["kinds"])
    if len(answering) > 1:
        kinds = {kind: None for kind in kinds if kind in _KINDS} or kinds
    blocks = []
    for kind in kinds:
        lines = [
            _bar(result["system"], one["f1"], colours[result["system"]])
            for result in answering
            if (one := result["figures"]["kinds"].get(kind))
        ]
        counts = [r["figures"]["kinds"][kind]["questions"] for r in answering
                  if kind in r["figures"]["kinds"]]  # fmt: skip
        blocks.append(
            f'<div class="kind"><h4>{words.kind(kind)} <small>{max(counts):,}</small></h4>'
            + "".join(lines)
            + "</div>"
        )
    return f'<div class="kinds">{"".join(blocks)}</div>'


def _bar(name: str, share: float, colour: int) -> str:
    return (
        f'<div class="bar"><span class="who">{escape(name)}</span><span class="track">'
        f'<i class="c{colour}" style="width:{100 * share:.1f}%"></i></span>'
        f"<b>{number('f1', share)}</b></div>"
    )


def table(results: Sequence[dict[str, Any]], words: Words) -> str:
    """For one set: a row for each figure, a column for each system, the best in bold."""
    heads = "".join(f'<th scope="col">{escape(each["system"])}</th>' for each in results)
    rows = []
    for name in _rows(results):
        values = [figure(each, name) for each in results]
        top = best(values, name)
        cells = "".join(
            f'<td class="top">{number(name, value)}</td>'
            if value is not None and value == top
            else f"<td>{number(name, value)}</td>"
            for value in values
        )
        rows.append(f'<tr><th scope="row">{words(f"figure.{name}")}</th>{cells}</tr>')
    return (
        '<div class="scroll"><table><thead><tr><th></th>'
        f"{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _rows(results: Sequence[dict[str, Any]]) -> Iterable[str]:
    return [name for name in ROWS if any(figure(each, name) is not None for each in results)]
