"""What the chain makes of hits: a draft, checked into an answer, told as events."""

from __future__ import annotations

from dataclasses import dataclass, field

from retrieval.values import Hit, Intent, Language


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that an engine says stand in a hit's article, not yet checked.

    `hit` is an index into the hits that the engine was given. `start` says where
    in `Article.text` the words begin and `focus` which characters of it answer,
    where the engine knows; both are checked too. `within` asks that the words
    stand in the hit's passage; otherwise anywhere in its article will do.
    """

    hit: int
    text: str
    start: int | None = None
    focus: tuple[int, int] | None = None
    within: bool = False


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """One claim that an engine proposes, not yet checked.

    `quotes` are the words it rests on; `short` is the bare answer span.
    `confidence` is a probability in [0, 1], or None where the engine has none.
    `own_words` says that the engine worded `text` itself, so that the quotes must
    bear it out; otherwise it is a frame round `short`, the article's own words.
    """

    text: str
    quotes: tuple[Quote, ...]
    short: str = ""
    confidence: float | None = None
    own_words: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What an engine proposes for a query. No claims means: it is not there."""

    claims: tuple[DraftClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A checked quote: `article.text[start:end] == quote`, exactly.

    `focus` are the offsets (into the article's text) of the words inside the
    quote that answer, for highlighting.
    """

    article: str
    title: str
    source: str
    quote: str
    start: int
    end: int
    date: str | None = None
    focus: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A checked claim; `citations` are indexes into the answer's citations."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Writing:
    """What a language model did for one answer.

    Token counts are the provider's own, None where it gives none. `kept` claims
    passed as they came, `repaired` ones after one repair, `dropped` ones never.
    `seconds` is the time spent waiting for the model, `first_token` from the
    first call to its first token. `fallback` says why the embedded engine
    answered instead (a `bot.llm.failure.Kind`), or what broke off an answer that
    stands; empty where nothing went wrong.
    """

    model: str
    calls: int = 0
    input_tokens: int | None = None
    output_tokens: int | None = None
    kept: int = 0
    repaired: int = 0
    dropped: int = 0
    seconds: float = 0.0
    first_token: float | None = None
    fallback: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person sees.

    `short` is the bare span; `date` is ISO 8601 (a day, a time, or an interval
    `start/end`), only where the answer is a time; `seconds` is wall time from
    question to answer. With `answered` False, `text` is the refusal sentence
    and `short`, `claims` and `citations` are empty; `covers` then are the titles
    of the articles that came nearest. `social` marks thanks, greetings and help:
    neither answered from an article nor refused. `hits` is what was read.
    `writing` is what a language model did, where one was asked; `note` is one line
    that says why its answer is not, or not wholly, what is shown.
    """

    question: str
    text: str
    language: Language
    answered: bool
    intent: Intent
    engine: str
    seconds: float
    short: str = ""
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    date: str | None = None
    social: bool = False
    covers: tuple[str, ...] = ()
    writing: Writing | None = None
    note: str = ""
    hits: tuple[Hit, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier question and what was answered."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Which articles may be used for an asker and a place: all (None), or those named.

    `private` keeps the question and the articles from any outside language model, and
    from LangSmith.
    """

    articles: frozenset[str] | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class StatusEvent:
    """What is being done now: `searching`, `reading` or `checking`."""

    stage: str


@dataclass(frozen=True, slots=True)
class ClaimEvent:
    """A claim that has passed the check; `citations` are all of the answer's so far."""

    claim: Claim
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class WordsEvent:
    """The beginning of a claim that is still being written.

    `text` is all of it so far, and stands word for word in a quote that has
    passed; the claim itself follows as a `ClaimEvent`, or does not.
    """

    text: str


@dataclass(frozen=True, slots=True)
class AnswerEvent:
    """The whole answer; always the last event."""

    answer: Answer


Event = StatusEvent | WordsEvent | ClaimEvent | AnswerEvent
