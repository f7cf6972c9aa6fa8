"""The values that pass between the stages.

All of them are frozen. Offsets are always in characters (Unicode code points)
into `Article.text`, half open: `text[start:end]`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class PassageKind(StrEnum):
    """What a passage is on the page of its article."""

    BODY = "body"
    HEADING = "heading"
    CAPTION = "caption"
    NOTE = "note"


class Intent(StrEnum):
    """What a question asks for."""

    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    WHY = "why"
    WHAT = "what"
    HOW = "how"
    YESNO = "yesno"
    OTHER = "other"


class Language(StrEnum):
    """The languages that kiji speaks; values are ISO 639-1 codes."""

    JA = "ja"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Article:
    """One document.

    `text` is NFC, begins with the title line, and never changes after load.
    `date` is an ISO 8601 day (`2025-09-03`) or None; `date_inferred` says that
    it was read off the text and not off metadata.
    `id` is the JSONL id, or the canonical path or URL.
    """

    id: str
    source: str
    title: str
    text: str
    date: str | None = None
    date_inferred: bool = False
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A slice of an article: `article.text[start:end]`, never inside a sentence.

    `context_start` is where the sentence before the passage begins (equal to
    `start` when there is none); `heading` is the text of the nearest heading
    above it. Both are only embedded with the passage, never quoted with it.
    """

    article_id: str
    start: int
    end: int
    kind: PassageKind = PassageKind.BODY
    heading: str | None = None
    context_start: int = -1

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"empty or negative passage: {self.start}..{self.end}")
        if self.context_start < 0:
            object.__setattr__(self, "context_start", self.start)


@dataclass(frozen=True, slots=True)
class Query:
    """A question made to stand alone.

    `text` is what is searched and read; `original` is what the person typed.
    `asked_at` is timezone-aware; 今日 and last month are taken from it.
    `wants_list` asks for several answers (誰と誰, 3人を挙げて); `count` is how
    many, where the question says so.
    """

    text: str
    original: str
    intent: Intent
    language: Language
    asked_at: datetime
    wants_list: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Why a hit was found: rank (from 1) and raw score in each part that found it.

    `dense_score` is a cosine in [-1, 1]; `lexical_score` is BM25 (higher is
    better, unbounded); `terms` are the question's tokens that the passage holds.
    `similarity` and `overlap` are the two sides of the fused score, by meaning and by
    words (`retrieval.search`), as they went into it.
    """

    dense_rank: int | None = None
    dense_score: float | None = None
    lexical_rank: int | None = None
    lexical_score: float | None = None
    terms: tuple[str, ...] = ()
    similarity: float = 0.0
    overlap: float = 0.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its article, its fused score in [0, 1], and how it was found."""

    passage: Passage
    article: Article
    score: float
    found: Found = field(default_factory=Found)

    @property
    def text(self) -> str:
        """The passage's own words, exactly as they stand."""
        return self.article.text[self.passage.start : self.passage.end]
