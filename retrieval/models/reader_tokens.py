"""From readings to what the model takes: token ids, and where the answer's edges are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Encoding, Regex, Tokenizer, pre_tokenizers

from retrieval.models.reader_windows import Reading, Sampler, occurrences

# Pieces that run across a change of script would put answers' edges inside a token.
SPLIT = "[ぁ-ゖ]+|[ァ-ヺー]+|[一-鿿々〆]+|[0-9０-９]+|[A-Za-z]+"
MAX_TOKENS = 384
# Lengths are rounded up to a multiple, so that the allocator sees few shapes.
_MULTIPLE = 32
_CHUNK = 512  # questions drawn at once, to put like lengths into one batch


@dataclass(frozen=True, slots=True)
class Example:
    """A tokenised reading.

    `inside` marks the text's tokens; `starts` and `ends` are the tokens of the
    answer's edges, as many as it has places, none where it does not stand.
    """

    ids: list[int]
    inside: list[bool]
    starts: list[int]
    ends: list[int]


Group = tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Groups of one size, one after the other; all but `groups` of shape (examples, tokens).

    `allowed` marks where a span may begin and end: the text, and the first token,
    which stands for "not here". `starts` and `ends` mark where it does.
    """

    ids: torch.Tensor
    mask: torch.Tensor
    allowed: torch.Tensor
    starts: torch.Tensor
    ends: torch.Tensor
    groups: int


def tokenizer(encoder: Path) -> Tokenizer:
    """The encoder's tokenizer, cut at changes of script, without truncation."""
    tokens = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokens.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(SPLIT), "isolated"),
            pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="first"),
        ]
    )
    tokens.no_truncation()
    return tokens


def padding(tokens: Tokenizer) -> int:
    """The id that fills a batch's rows. Raises ValueError when the tokenizer has none."""
    number = tokens.token_to_id("<pad>")
    if number is None:
        raise ValueError("the tokenizer has no <pad>")
    return number


def examples(tokens: Tokenizer, readings: Sequence[Reading]) -> Group | None:
    """The readings as examples; None when an answer that should be there lies beyond the tokens."""
    encodings = tokens.encode_batch([(reading.question, reading.text) for reading in readings])
    found = []
    for encoding, reading in zip(encodings, readings, strict=True):
        edges = _edges(encoding, reading)
        if reading.answer is not None and not edges:
            return None
        found.append(
            Example(
                encoding.ids[:MAX_TOKENS],
                [part == 1 for part in encoding.sequence_ids[:MAX_TOKENS]],
                [start for start, _ in edges],
                [end for _, end in edges],
            )
        )
    return tuple(found)


def batches(
    sampler: Sampler, tokens: Tokenizer, questions: Sequence[int], size: int
) -> Iterator[Batch]:
    """Batches of at most `size` tokens, padding counted, for ever: pass after pass."""
    filling = padding(tokens)
    while True:
        order = list(questions)
        sampler.random.shuffle(order)
        for start in range(0, len(order), _CHUNK):
            drawn = (examples(tokens, g) for g in sampler.groups(order[start : start + _CHUNK]))
            groups = sorted((g for g in drawn if g is not None), key=_width)
            packed = list(_packed(groups, size))
            sampler.random.shuffle(packed)
            for some in packed:
                yield collate(some, filling)


def collate(groups: Sequence[Group], filling: int) -> Batch:
    """Groups as tensors."""
    rows = [example for group in groups for example in group]
    shape = len(rows), max(map(_rounded, groups))
    ids = torch.full(shape, filling, dtype=torch.long)
    mask = torch.zeros(shape, dtype=torch.long)
    allowed, starts, ends = (torch.zeros(shape, dtype=torch.bool) for _ in range(3))
    for row, example in enumerate(rows):
        ids[row, : len(example.ids)] = torch.tensor(example.ids)
        mask[row, : len(example.ids)] = 1
        allowed[row, : len(example.inside)] = torch.tensor(example.inside)
        allowed[row, 0] = True
        starts[row, example.starts or [0]] = True
        ends[row, example.ends or [0]] = True
    return Batch(ids, mask, allowed, starts, ends, len(groups))


def _edges(encoding: Encoding, reading: Reading) -> list[tuple[int, int]]:
    """The first and last token of the answer at each of its places after the title."""
    if reading.answer is None:
        return []
    inside = [
        (token, *span)
        for token, (part, span) in enumerate(
            zip(encoding.sequence_ids[:MAX_TOKENS], encoding.offsets, strict=False)
        )
        if part == 1
    ]
    first: dict[int, int] = {}
    final: dict[int, int] = {}
    for token, start, end in inside:
        if end > start:
            first.setdefault(start, token)
            final[end] = token
    edges = []
    for place in occurrences(reading.text, reading.answer):
        if place < reading.head:
            continue
        stop = place + len(reading.answer)
        # An edge within a token takes that token.
        one = first.get(place, next((t for t, a, b in inside if a <= place < b), None))
        other = final.get(stop, next((t for t, a, b in inside if a < stop <= b), None))
        if one is not None and other is not None and one <= other:
            edges.append((one, other))
    return edges


def _packed(groups: Sequence[Group], size: int) -> Iterator[list[Group]]:
    """Groups in order of length, as many to a batch as its tokens allow."""
    batch: list[Group] = []
    widest = 0
    for group in groups:
        width = max(widest, _rounded(group))
        if batch and width * len(group) * (len(batch) + 1) > size:
            yield batch
            batch, width = [], _rounded(group)
        batch.append(group)
        widest = width
    if batch:
        yield batch


def _width(group: Group) -> int:
    return max(len(example.ids) for example in group)


def _rounded(group: Group) -> int:
    return -(-_width(group) // _MULTIPLE) * _MULTIPLE
