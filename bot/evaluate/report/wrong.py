"""The drill-down: every wrong answer of the first system, beside what is accepted."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from bot.evaluate.report.words import Words

# More in one list helps nobody and makes a file of many megabytes; the JSON has all of them.
_MOST = 150
_FAULTS = ("wrong", "refused", "unfound", "invented")


def wrong(results: Sequence[dict[str, Any]], words: Words) -> str:
    """For one set: the first system's faults by their kind, each question opening to its answer."""
    first, *others = results
    parts = [
        "<p>"
        + words(
            "page.wrong_note",
            count=f"{len(first['wrong']):,}",
            total=f"{first['figures']['questions']:,}",
            set=first["set"],
            system=first["system"],
        )
        + "</p>"
    ]
    said = [(each["system"], {one["id"]: one for one in each["wrong"]}) for each in others]
    for fault in _FAULTS:
        some = [one for one in first["wrong"] if one["fault"] == fault]
        if not some:
            continue
        cut = f"<p>{words('page.wrong_cut', shown=_MOST)}</p>" if len(some) > _MOST else ""
        items = "".join(_item(one, said, words) for one in some[:_MOST])
        parts.append(
            f'<details class="fault"><summary>{words(f"fault.{fault}")} '
            f"<small>{len(some):,}</small></summary>{cut}{items}</details>"
        )
    return "".join(parts)


def _item(one: dict[str, Any], said: list[tuple[str, dict[Any, Any]]], words: Words) -> str:
    facts = []
    if one["accepted"]:
        accepted = words("or").join(f"<b>{escape(answer)}</b>" for answer in one["accepted"])
        facts.append((words("accepted"), accepted))
    facts.append((words("said"), _said(one, words)))
    for quote in one["quotes"]:
        title = f" <small>{escape(quote['title'])}</small>" if quote["title"] else ""
        facts.append((words("quoted"), f"<q>{_marked(quote['text'], one)}</q>{title}"))
    if said:
        others = " ".join(
            f"<span>{escape(name)} {_said(found[one['id']], words) if one['id'] in found else '✓'}"
            "</span>"
            for name, found in said
        )
        facts.append((words("page.others"), f'<div class="others">{others}</div>'))
    listed = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts)
    return (
        f'<details class="one"><summary><span class="tag">{words.kind(one["kind"])}</span>'
        f"{escape(one['question'])}</summary><dl>{listed}</dl></details>"
    )


def _said(one: dict[str, Any], words: Words) -> str:
    if one["short"]:
        return f'<span class="bad">{escape(one["short"])}</span>'
    return "✗" if one["short"] is None else f"<em>{words('not_said')}</em>"


def _marked(quote: str, one: dict[str, Any]) -> str:
    """A quote with what was said, or what should have been, marked in it."""
    for words in (*one["accepted"], one["short"] or ""):
        if words and words in quote:
            before, _, after = quote.partition(words)
            return f"{escape(before)}<mark>{escape(words)}</mark>{escape(after)}"
    return escape(quote)
