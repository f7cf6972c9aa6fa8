"""The whole page, from the JSON of an evaluation (`bot.evaluate.evaluation`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from importlib import resources
from typing import Any

from bot.evaluate.report.plot import Point, plot
from bot.evaluate.report.tables import bars, cards, table
from bot.evaluate.report.words import Words, kind_name
from bot.evaluate.report.wrong import wrong
from prompts.catalogue import say
from retrieval.values import Language

# There are so many colours; further systems begin again.
_COLOURS = 8


def page(evaluation: Mapping[str, Any], language: Language) -> str:
    """One HTML file without script and without anything to fetch."""
    words = Words(language)
    results: list[dict[str, Any]] = list(evaluation["results"])
    sets = list(dict.fromkeys(result["set"] for result in results))
    systems = list(dict.fromkeys(result["system"] for result in results))
    colours = {system: number % _COLOURS for number, system in enumerate(systems)}
    of = {name: [result for result in results if result["set"] == name] for name in sets}
    count = sum(of[name][0]["figures"]["questions"] for name in sets)
    lead = words(
        "page.lead",
        systems=", ".join(systems),
        sets=", ".join(sets),
        count=f"{count:,}",
        made=str(evaluation["made"])[:16].replace("T", " "),
    )
    body = [
        f"<header><h1>{words('page.title')}</h1><p>{lead}</p></header>",
        _section(words("page.summary"), "", [cards(results, words)]),
        _section(
            words("page.tradeoff"),
            words("page.tradeoff_note"),
            [_plots(of, colours, words)],
        ),
        _section(
            words("page.kinds"),
            words("page.kinds_note"),
            [_titled(name, bars(of[name], colours, words), sets) for name in sets],
        ),
        _section(
            words("page.table"),
            "",
            [_titled(name, table(of[name], words), sets) for name in sets],
        ),
        _section(
            words("page.wrong"),
            "",
            [_titled(name, wrong(of[name], words), sets) for name in sets],
        ),
    ]
    return (
        f'<!doctype html>\n<html lang="{words("page.lang")}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{words('page.title')}</title><style>{_style()}</style></head>"
        f"<body><main>{''.join(body)}</main></body></html>\n"
    )


def _section(title: str, note: str, parts: Sequence[str]) -> str:
    told = f'<p class="note">{note}</p>' if note else ""
    return f"<section><h2>{title}</h2>{told}{''.join(parts)}</section>"


def _titled(name: str, part: str, sets: Sequence[str]) -> str:
    """A part under the name of its set, where there are several."""
    return f"<h3>{escape(name)}</h3>{part}" if len(sets) > 1 else part


def _plots(of: dict[str, list[dict[str, Any]]], colours: dict[str, int], words: Words) -> str:
    """F1 of the systems that answer; what each of them finds, too, where some only find."""
    drawn = []
    for quality in ("f1", "recall_1"):
        every = [result for some in of.values() for result in some]
        if quality == "recall_1" and all(each["figures"]["f1"] is not None for each in every):
            break
        title = say(words.language, f"evaluate.figure.{quality}")
        axis = say(words.language, "evaluate.page.tradeoff_axis")
        figures = (
            f"<figure><figcaption>{escape(name)} <small>{escape(title)}</small></figcaption>"
            f"{plot(_points(some, quality, colours, words), title, axis)}</figure>"
            for name, some in of.items()
        )
        drawn.append(f'<div class="plots">{"".join(figures)}</div>')
    return "".join(drawn)


def _points(
    results: Sequence[dict[str, Any]], quality: str, colours: dict[str, int], words: Words
) -> list[Point]:
    """A point for each system that has the quality; of a single system, one for each kind."""
    if len(results) == 1:
        kinds = results[0]["figures"]["kinds"].items()
        return [
            Point(kind_name(kind, words.language), one["seconds"], one["f1"], number % _COLOURS)
            for number, (kind, one) in enumerate(kinds)
        ]
    return [
        Point(each["system"], each["figures"]["p50"], value, colours[each["system"]])
        for each in results
        if (value := each["figures"][quality]) is not None
    ]


def _style() -> str:
    return (resources.files(__package__) / "page.css").read_text("utf-8")
