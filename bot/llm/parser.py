"""A model's reply, piece by piece, whichever format it took to: claims as they become whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.llm.plain import PlainParser
from bot.llm.reply import Said
from bot.llm.structured import JsonParser

_THINKING = re.compile(r"\s*<(think|thinking|reasoning)>", re.IGNORECASE)
_FENCE = re.compile(r"\s*```(?:json|\w+)?[ \t]*\n")
_JSON = re.compile(r"\s*(?:\{|\[\s*\{)")
_LATE_JSON = re.compile(r"(?:^|\n)\s*(?:```\w*\s*)?(\{)")
# So much of a reply is looked at before its format is taken for decided.
_UNDECIDED = re.compile(r"\s*(?:<\w{0,9}|`{1,3}\w*[ \t]*|\[\s*)?")


class ReplyParser:
    """Feeds on a reply; thinking aloud before it and a fence round it are passed over."""

    def __init__(self) -> None:
        self._waiting = ""
        self._parser: PlainParser | JsonParser | None = None
        self._told = False
        self._seen = ""

    @property
    def said_anything(self) -> bool:
        """Whether a claim, or that there is none, could be read off the reply."""
        return self._told

    def feed(self, text: str) -> Iterator[Said]:
        """What one more piece of the reply says."""
        if self._parser is None:
            self._waiting += text
            self._parser = self._decided()
            text = self._waiting
        if self._parser is None:
            return
        yield from self._marked(self._parser.feed(text))
        if isinstance(self._parser, PlainParser) and not self._told:
            yield from self._switched(text)

    def close(self, whole: bool = True) -> Iterator[Said]:
        """The end of the reply; not `whole`: it broke off, and its last words are not taken."""
        if self._parser is None:
            self._parser = PlainParser()
            yield from self._marked(self._parser.feed(self._waiting))
        yield from self._marked(self._parser.close(whole))

    def _marked(self, said: Iterator[Said]) -> Iterator[Said]:
        for one in said:
            self._told = True
            yield one

    def _decided(self) -> PlainParser | JsonParser | None:
        """The parser of the format that the reply has taken to; None while that is open."""
        while match := _FENCE.match(self._waiting):
            self._waiting = self._waiting[match.end() :]
        if opening := _THINKING.match(self._waiting):
            closing = re.search(rf"</{opening[1]}>", self._waiting, re.IGNORECASE)
            if closing is None:
                return None
            self._waiting = self._waiting[closing.end() :]
            return self._decided()
        if _JSON.match(self._waiting):
            return JsonParser()
        return None if _UNDECIDED.fullmatch(self._waiting) else PlainParser()

    def _switched(self, text: str) -> Iterator[Said]:
        """JSON after some words of introduction: read on as JSON."""
        self._seen += text
        if start := _LATE_JSON.search(self._seen):
            self._parser = JsonParser()
            yield from self._marked(self._parser.feed(self._seen[start.start(1) :]))
