"""A talk as Markdown, its citations numbered through, for `/save`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.conversation import Kept
from bot.terminal.render import numbered
from bot.terminal.visible import one_line, visible
from prompts.catalogue import say
from retrieval.values import Language

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _turn(kept: Kept) -> Iterator[str]:
    yield f"## {_escaped(one_line(kept.question))}"
    yield _escaped(visible(numbered(kept.answer).plain))
    for number, citation in enumerate(kept.answer.citations, 1):
        quote = _escaped(one_line(citation.quote))
        parts = (citation.title, citation.date, citation.source)
        where = "  ".join(_escaped(one_line(part)) for part in parts if part)
        yield f"> \\[{number}\\] {quote}\n>\n> — {where} ({citation.start}–{citation.end})"
    asked = kept.asked.isoformat(timespec="minutes")
    yield f"*{asked}, {_escaped(kept.answer.engine)}*"


def markdown(turns: Sequence[Kept], language: Language) -> str:
    """The turns with their quotes, sources and offsets; ends with a line feed."""
    blocks = [f"# {say(language, 'chat.saved_title')}"]
    for kept in turns:
        blocks.extend(_turn(kept))
    return "\n\n".join(blocks) + "\n"
