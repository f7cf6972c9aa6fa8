"""What a person is told of an error: one sentence, with an id under which the log has the trace."""

from __future__ import annotations

from bot.log import log_bug
from bot.slack import escape
from bot.slack.blocks import shortened
from prompts.catalogue import say
from retrieval.errors import KijiError
from retrieval.values import Language

_LONGEST = 200


def sentence(error: BaseException, language: Language, bug: str = "slack.bug") -> str:
    """The sentence of an error, safe to show in Slack.

    A KijiError has its own in the catalogue. Anything else is a bug: the trace goes to
    the log, the sentence (the catalogue's `bug`) gives its id.
    """
    if isinstance(error, KijiError):
        details = {
            name: escape.markdown(shortened(escape.one_line(value), _LONGEST))
            if isinstance(value, str)
            else value
            for name, value in error.details.items()
        }
        try:
            return say(language, error.key, **details)
        except KeyError as missing:
            missing.__cause__ = error
            error = missing
    return say(language, bug, id=log_bug(error))
