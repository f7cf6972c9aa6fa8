"""An evaluation in the terminal: its figures, then each wrong answer beside what is accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.text import Text

from bot.evaluate.report.words import kind_name
from bot.terminal.fold import fold
from bot.terminal.render import NUMBER, QUIET
from bot.terminal.visible import flowing, one_line
from prompts.catalogue import say
from retrieval.values import Language

if TYPE_CHECKING:
    from rich.console import Console

_SECONDS = ("p50", "p95")
_ROWS = (
    "recall_1", "recall_5", "mrr_10", "f1_all", "answered", "refused", "citations",
    "quote_length", *_SECONDS,
)  # fmt: skip


@contextmanager
def counting(output: Console, language: Language) -> Iterator[Callable[[int], None]]:
    """Counts questions on a terminal while the block runs; nothing where there is none."""
    if not output.is_terminal:
        yield lambda _: None
        return
    with output.status(say(language, "chat.loading_models")) as status:
        yield lambda count: status.update(say(language, "evaluate.progress", count=count))


def summary(result: Mapping[str, Any], language: Language, width: int | None) -> Text:
    """The figures of one result (`bot.evaluate.evaluation`), and everything that is wrong."""
    figures, wrong = result["figures"], result["wrong"]
    head = say(
        language,
        "evaluate.head",
        set=one_line(result["set"]),
        count=figures["questions"],
        unanswerable=figures["unanswerable"],
    )
    lines = [fold(Text(head, "bold"), width), *_scores(figures, language)]
    lines += [
        _row(say(language, f"evaluate.figure.{name}"), shown(name, figures[name]))
        for name in _ROWS
        if figures[name] is not None
    ]
    if not wrong:
        return Text("\n").join([*lines, Text(), Text(say(language, "evaluate.all_right"))])
    lines += [Text(), Text(say(language, "evaluate.wrong_head", count=len(wrong)), "bold")]
    for each in wrong:
        lines += _wrong(each, language, width)
    return Text("\n").join(lines)


def shown(name: str, value: float) -> str:
    """A figure as people read it: shares with three places, times in seconds."""
    if name == "quote_length":
        return f"{value:.0f}"
    return f"{value:.3f} s" if name in _SECONDS else f"{value:.3f}"


def _scores(figures: Mapping[str, Any], language: Language) -> Iterator[Text]:
    if figures["f1"] is None:
        return
    yield _row("F1 / EM", f"{figures['f1']:.3f} / {figures['exact']:.3f}")
    for name, one in figures["kinds"].items():
        label = f"  {one_line(kind_name(name, language))} ({one['questions']})"
        yield _row(label, f"{one['f1']:.3f} / {one['exact']:.3f}")


def _row(label: str, value: str) -> Text:
    room = " " * max(2, 46 - cell_len(label))
    return Text(label + room, QUIET) + Text(value)


def _wrong(each: Mapping[str, Any], language: Language, width: int | None) -> Iterator[Text]:
    label = f"[{one_line(str(each['id']))}] "
    fault = say(language, f"evaluate.fault.{each['fault']}")
    yield _after(Text(label, NUMBER), each["question"], cell_len(label), width)
    facts = [(fault, "")]
    if each["accepted"]:
        either = say(language, "evaluate.or").join(each["accepted"])
        facts.append((say(language, "evaluate.accepted"), either))
    said = each["short"] or say(language, "evaluate.not_said")
    facts.append((say(language, "evaluate.said"), said))
    facts += [(say(language, "evaluate.quoted"), quote["text"]) for quote in each["quotes"]]
    for name, value in facts:
        yield _after(Text("    "), Text(name, QUIET) + Text(flowing(value)), 4, width)


def _after(lead: Text, words: Text | str, indent: int, width: int | None) -> Text:
    """Words folded after what they follow on the first line."""
    body = words if isinstance(words, Text) else Text(flowing(words))
    return lead + fold(body, width, indent)[indent:]
