import pytest
import torch
from tokenizers import Tokenizer

from retrieval.models import shipped
from retrieval.models.reader_tokens import (
    MAX_TOKENS,
    batches,
    collate,
    examples,
    padding,
    tokenizer,
)
from retrieval.models.reader_windows import Reading, Sampler
from tests.retrieval.models.test_reader_data import DATA


@pytest.fixture(scope="module")
def tokens() -> Tokenizer:
    return tokenizer(shipped("encoder"))


def text_of(tokens: Tokenizer, reading: Reading, first: int, last: int) -> str:
    offsets = tokens.encode(reading.question, reading.text).offsets
    return reading.text[offsets[first][0] : offsets[last][1]]


def test_edges_are_the_answers(tokens: Tokenizer) -> None:
    reading = Reading("誰が?", "港\n浜松建設が直した。工事は浜松建設が請け負う。", "浜松建設", 2)
    group = examples(tokens, [reading, Reading("誰が?", "便は6つ。", None)])
    assert group is not None
    answering, other = group
    assert len(answering.starts) == 2
    for first, last in zip(answering.starts, answering.ends, strict=True):
        assert text_of(tokens, reading, first, last) == "浜松建設"
        assert answering.inside[first]
        assert answering.inside[last]
    assert other.starts == other.ends == []


def test_an_answer_in_the_title_alone_is_not_in_the_text(tokens: Tokenizer) -> None:
    assert examples(tokens, [Reading("どこ?", "港\n便は6つ。", "港", 2)]) is None


def test_an_answer_beyond_the_tokens_gives_no_group(tokens: Tokenizer) -> None:
    assert examples(tokens, [Reading("いつ?", "長い話。" * 400 + "4月。", "4月")]) is None
    group = examples(tokens, [Reading("いつ?", "4月。" + "長い話。" * 400, "4月")])
    assert group is not None
    assert len(group[0].ids) == MAX_TOKENS


def test_a_batch_marks_the_text_and_the_first_token(tokens: Tokenizer) -> None:
    group = examples(
        tokens, [Reading("いつ?", "4月に始まる。", "4月"), Reading("いつ?", "便は6つ。", None)]
    )
    assert group is not None
    batch = collate([group], padding(tokens))
    assert batch.ids.shape == (2, 32)
    assert torch.equal(batch.ids == padding(tokens), batch.mask == 0)
    assert batch.allowed[:, 0].all()
    assert not (batch.allowed & (batch.mask == 0)).any()
    assert not batch.starts[0, 0]
    assert batch.starts[1].nonzero().tolist() == [[0]]
    assert batch.ends[1].nonzero().tolist() == [[0]]


def test_batches_keep_to_their_size_and_go_on_for_ever(tokens: Tokenizer) -> None:
    stream = batches(Sampler(DATA, 1), tokens, DATA.training(), 512)
    drawn = [next(stream) for _ in range(8)]
    assert all(batch.ids.numel() <= 512 for batch in drawn)
    assert all(len(batch.ids) == 2 * batch.groups for batch in drawn)
    assert sum(batch.groups for batch in drawn) > len(DATA.training())
