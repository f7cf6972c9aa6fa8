"""A window: articles that are embedded together and committed together.

The model is fastest on many texts of like length, so that the passages of many
articles go through it in one go; each article still enters whole or not at all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, field
from typing import Protocol

from retrieval.embed import Prompts
from retrieval.errors import InputError
from retrieval.split import aliases, embedding_text, split
from retrieval.values import Article, Passage

# About what the model does in a quarter of a minute: what a kill can cost.
MOST_PASSAGES = 1024
MOST_ARTICLES = 256
# Passages between two reports of progress, and what a question asked meanwhile waits for.
_STEP = 64


class Encoder(Protocol):
    """What the store needs of an embedding model; `retrieval.embed.Embedder` is one."""

    @property
    def label(self) -> str:
        """The model's name for people."""

    @property
    def fingerprint(self) -> str:
        """What tells this model from every other."""

    @property
    def prompts(self) -> Prompts:
        """The prompts that it puts before questions and passages."""

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        """Unit vectors, in the order of the texts."""

    def query(self, text: str) -> list[float]:
        """The unit vector of a question."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage with what is embedded and what is indexed by words; `vector` comes later."""

    passage: Passage
    text: str
    vector: list[float] = field(default_factory=list, repr=False)


@dataclass(frozen=True, slots=True)
class Cut:
    """An article, split, with the names it explains and the hash of all that is stored of it."""

    article: Article
    hash: str
    pieces: tuple[Piece, ...]
    aliases: tuple[tuple[str, str], ...]


def content_hash(article: Article) -> str:
    """SHA-256 (hex) of everything in an article: a changed date is a change too."""
    fields = json.dumps(astuple(article), ensure_ascii=False)
    return hashlib.sha256(fields.encode("utf-8", "surrogatepass")).hexdigest()


def cut(article: Article) -> Cut:
    """Split an article. Raises InputError when there is nothing in it to find."""
    passages = split(article) if article.text.strip() else []
    if not passages:
        raise InputError("store.blank_article", article=article.id)
    return Cut(
        article,
        content_hash(article),
        tuple(Piece(passage, embedding_text(article, passage)) for passage in passages),
        tuple(aliases(article.text)),
    )


def embed(cuts: Sequence[Cut], encoder: Encoder, done: Callable[[int], None]) -> list[Cut]:
    """The same articles with vectors; `done` hears how many passages were just embedded."""
    pieces = [piece for one in cuts for piece in one.pieces]
    order = sorted(range(len(pieces)), key=lambda i: len(pieces[i].text), reverse=True)
    vectors: dict[int, list[float]] = {}
    for at in range(0, len(order), _STEP):
        step = order[at : at + _STEP]
        made = encoder.passages([pieces[i].text for i in step])
        vectors.update(zip(step, made, strict=True))
        done(len(step))
    result: list[Cut] = []
    at = 0
    for one in cuts:
        filled = (
            Piece(piece.passage, piece.text, vectors[at + i]) for i, piece in enumerate(one.pieces)
        )
        result.append(Cut(one.article, one.hash, tuple(filled), one.aliases))
        at += len(one.pieces)
    return result
