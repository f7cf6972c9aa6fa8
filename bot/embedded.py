"""The embedded engine: no key, no network. Reads the hits and points at the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.causes import causal_clause
from bot.phrase import phrase, time_of
from bot.picker import SentencePicker
from bot.reader import Reader, Standing, Window, balanced, sentence_round, standings, windows
from bot.understand.language import detect
from bot.values import Draft, DraftClaim, Quote
from retrieval.models import shipped
from retrieval.values import Hit, Intent, Query

# A list takes further spans down to this share of the best one's probability.
_LIST_SHARE = 0.3
_LIST_MOST = 6
# Spans of one window that a list may draw on; otherwise the best is enough.
_SPANS_LIST, _SPANS = 4, 1
# The windows found best are read first; a span there as likely as `_SURE` ends the reading.
_FIRST, _SURE = 2, 0.4
# Hits of at most so many articles say that there were hardly any others.
_FEW_ARTICLES = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """A span that the reader proposes: offsets into the article's text, and its probability.

    With a probability under `least` it is not to be said.
    """

    window: Window
    start: int
    end: int
    probability: float
    least: float = 0.0

    @property
    def words(self) -> str:
        """The span's own words."""
        return self.window.article.text[self.start : self.end]


class EmbeddedEngine:
    """Reads with the shipped reader; yes/no questions, which have no span, get a sentence."""

    name = "embedded"

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._picker = SentencePicker()

    def warm_up(self) -> None:
        """Load the reader."""
        self._reader.warm_up()

    def readings(self, query: Query, hits: Sequence[Hit]) -> list[Reading]:
        """The windows' best spans with their calibrated probability, best first.

        For a list every window is read; else the later ones only where the first leave doubt.
        """
        views = windows(hits)
        standing = list(zip(views, standings(views), strict=True))
        few = of_few_articles(views)
        found = self._read(query, standing[:_FIRST], few=few)
        if query.wants_list or all(reading.probability < _SURE for reading in found):
            found += self._read(query, standing[_FIRST:], few=few)
        return sorted(found, key=lambda r: (-r.probability, r.window.hit, r.start))

    def _read(
        self, query: Query, some: Sequence[tuple[Window, Standing]], *, few: bool
    ) -> list[Reading]:
        count = _SPANS_LIST if query.wants_list else _SPANS
        calibration = self._reader.calibration
        read = self._reader.read(query.text, [view.text for view, _ in some], count)
        found = []
        for (window, standing), spans in zip(some, read, strict=True):
            foreign = detect(window.text) is not query.language
            least = calibration.least(foreign=foreign, few=few)
            for span in spans:
                if (place := window.place(span.start, span.end)) is not None:
                    place = _whole(window, *place)
                    probability = calibration.probability(
                        span.margin, standing, foreign=foreign, few=few
                    )
                    found.append(Reading(window, *place, probability, least))
        return found

    def draft(self, query: Query, hits: Sequence[Hit]) -> Draft:
        """The best span as a claim with its sentence as quote; several for a list."""
        if not hits:
            return Draft()
        if query.intent is Intent.YESNO:
            return self._picker.draft(query, hits)
        return self.proposed(query, self.readings(query, hits))

    def proposed(self, query: Query, readings: Sequence[Reading]) -> Draft:
        """What to say of readings (given best first): nothing where none is likely enough."""
        if not readings or readings[0].probability < readings[0].least:
            return Draft()
        chosen = _listed(query, readings) if query.wants_list else readings[:1]
        return Draft(tuple(_claim(query, reading) for reading in chosen))


def of_few_articles(views: Sequence[Window]) -> bool:
    """Whether what was found says that there are hardly any articles to find it in."""
    return len({view.article.id for view in views}) <= _FEW_ARTICLES


def _whole(window: Window, start: int, end: int) -> tuple[int, int]:
    """A span's offsets, its brackets whole."""
    article = window.article
    return balanced(article.text, start, end, sentence_round(article, start, end)[1])


def _listed(query: Query, readings: Sequence[Reading]) -> list[Reading]:
    """The spans of a list: likely enough beside the best, each different from the others."""
    least = readings[0].probability * _LIST_SHARE
    most = query.count or _LIST_MOST
    chosen: list[Reading] = []
    for reading in readings:
        new = all(
            reading.words not in other.words and other.words not in reading.words
            for other in chosen
        )
        if reading.probability >= least and new and len(chosen) < most:
            chosen.append(reading)
    return chosen


def _claim(query: Query, reading: Reading) -> DraftClaim:
    """A span as a claim: the whole time expression, or the whole cause, is what is said."""
    article = reading.window.article
    start, end = sentence_round(article, reading.start, reading.end)
    sentence = article.text[start:end]
    said, time = reading.words, None
    if query.intent is Intent.WHEN:
        time = time_of(article, reading.start, reading.end)
        if time is not None and start <= time.start and time.end <= end:
            said = article.text[time.start : time.end]
    elif query.intent is Intent.WHY and (clause := causal_clause(sentence)):
        a, b = start + clause[0], start + clause[1]
        within = a <= reading.start and reading.end <= b
        around = reading.start <= a and b <= reading.end
        # The reader points into the cause, or takes the topic along: the clause says it whole.
        if within or around:
            said = article.text[a:b]
    return DraftClaim(
        text=phrase(query, said, time),
        quotes=(Quote(reading.window.hit, sentence, start, (reading.start, reading.end)),),
        short=reading.words,
        confidence=reading.probability,
    )


def embedded_engine() -> EmbeddedEngine:
    """The engine of the shipped models. Raises ModelError when they are damaged."""
    return EmbeddedEngine(Reader(shipped("reader"), shipped("encoder")))
