"""What a person is told of an error: one sentence, never a trace."""

from __future__ import annotations

from bot.log import log_bug
from bot.terminal.visible import one_line
from prompts.catalogue import say
from retrieval.errors import KijiError
from retrieval.values import Language

# A detail such as a question of 100,000 characters must not flood the line.
_LONGEST = 200


def sentence(error: BaseException, language: Language) -> str:
    """The sentence of an error, on one line and safe to show.

    A KijiError has its own in the catalogue. Anything else is a bug: its trace goes
    to the log, and the sentence gives the id under which it stands there.
    """
    if isinstance(error, KijiError):
        try:
            return one_line(say(language, error.key, **_shortened(error.details)))
        except KeyError as missing:
            missing.__cause__ = error
            error = missing
    return one_line(say(language, "cli.bug", id=log_bug(error)))


def _shortened(details: dict[str, object]) -> dict[str, object]:
    return {
        name: value[: _LONGEST - 1] + "…"
        if isinstance(value, str) and len(value) > _LONGEST
        else value
        for name, value in details.items()
    }
