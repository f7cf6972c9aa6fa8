"""One tiny call, for `kiji doctor`: what a model says of itself when it is asked for one word."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.llm.call import Caller
from bot.llm.failure import ModelFailure
from bot.llm.private import is_traced
from prompts.catalogue import say
from retrieval.values import Language

if TYPE_CHECKING:
    from bot.llm.model import ModelOptions
    from bot.llm.writer import Writer

_ASKED = "Reply with the one word: ok"


@dataclass(frozen=True, slots=True)
class Probe:
    """What a call came to; `failed` is a failure's kind, empty where it went well."""

    first_token: float | None = None
    failed: str = ""


def probe(writer: Writer) -> Probe:
    """Call the model once, without a second try."""
    from langchain_core.messages import HumanMessage

    meter = writer.meter()
    caller = Caller(replace(writer.options, retries=0))
    try:
        for _ in caller.stream(writer.model, [HumanMessage(_ASKED)], meter):
            pass
    except ModelFailure as failure:
        return Probe(meter.first_token, failure.kind)
    return Probe(meter.first_token)


def place(options: ModelOptions, language: Language) -> str:
    """Where a model's calls go, for a person: a server's host, or the provider."""
    if options.url:
        return urlsplit(options.url).netloc.rpartition("@")[2]
    return say(language, "llm.provider_place", provider=options.provider).strip()


def who_gets_what(options: ModelOptions, language: Language) -> str:
    """A sentence or two that say which text goes to whom."""
    key = "llm.sends" if options.outside else "llm.sends_local"
    if is_traced(options):
        key += "_and_traced"
    return say(language, key, model=options.name, place=place(options, language))
