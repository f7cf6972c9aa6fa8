"""What a model's reply says so far: the values that the two formats are parsed into."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SaidQuote:
    """A quote as the model gives it; `passage` is the number it names, 0 where it names none."""

    passage: int
    text: str


@dataclass(frozen=True, slots=True)
class SaidWords:
    """A claim so far, with the quotes before it; more of it is coming."""

    text: str
    quotes: tuple[SaidQuote, ...]


@dataclass(frozen=True, slots=True)
class SaidClaim:
    """A whole claim with the quotes it is said to rest on."""

    text: str
    quotes: tuple[SaidQuote, ...]


@dataclass(frozen=True, slots=True)
class SaidNothing:
    """The model says that the passages do not tell."""


Said = SaidQuote | SaidWords | SaidClaim | SaidNothing
