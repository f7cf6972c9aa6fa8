import math

import pytest
import torch

from retrieval.models.reader_loss import loss
from retrieval.models.reader_model import RowDropout
from retrieval.models.reader_score import auroc, f1


def masks(rows: int, tokens: int, *places: tuple[int, int]) -> torch.Tensor:
    mask = torch.zeros(rows, tokens, dtype=torch.bool)
    for row, token in places:
        mask[row, token] = True
    return mask


# One group: an answering window, then one that does not; four tokens, of which the
# second is the question's.
ALLOWED = torch.tensor([[True, False, True, True]] * 2)
STARTS = masks(2, 4, (0, 2), (1, 0))
ENDS = masks(2, 4, (0, 3), (1, 0))


def test_indifferent_logits_cost_what_their_number_says() -> None:
    value = loss(torch.zeros(2, 4, 2), ALLOWED, STARTS, ENDS, 1)
    # Three places in each window; in the group the two spans' places of both windows.
    assert value.item() == pytest.approx(math.log(3) + 0.5 * math.log(4), abs=1e-4)


def test_certain_and_right_costs_nothing() -> None:
    logits = torch.zeros(2, 4, 2)
    logits[0, 2, 0] = logits[0, 3, 1] = 100.0
    logits[1, 0, :] = 50.0
    assert loss(logits, ALLOWED, STARTS, ENDS, 1).item() == pytest.approx(0, abs=1e-4)


def test_tokens_that_are_not_allowed_do_not_count() -> None:
    logits = torch.zeros(2, 4, 2)
    before = loss(logits, ALLOWED, STARTS, ENDS, 1)
    logits[:, 1, :] = 1000.0
    assert loss(logits, ALLOWED, STARTS, ENDS, 1).item() == pytest.approx(before.item())


def test_windows_of_a_group_are_compared() -> None:
    """Each window alone is as sure as before; only the group tells that the wrong one is surer."""
    logits = torch.zeros(2, 4, 2)
    shifted = logits.clone()
    shifted[1] += 10.0
    alone = loss(logits, ALLOWED, STARTS, ENDS, 1).item()
    assert loss(shifted, ALLOWED, STARTS, ENDS, 1).item() > alone + 4
    apart = torch.tensor([[True, False, True, True]])
    one = [loss(x[:1], apart, STARTS[:1], ENDS[:1], 1).item() for x in (logits, shifted)]
    assert one[0] == one[1]


def test_any_place_of_the_answer_is_right() -> None:
    logits = torch.zeros(2, 4, 2)
    logits[0, 3, 0] = logits[0, 3, 1] = 100.0
    logits[1, 0, :] = 100.0
    both = STARTS | masks(2, 4, (0, 3))
    assert loss(logits, ALLOWED, STARTS, ENDS, 1).item() > 10
    assert loss(logits, ALLOWED, both, ENDS, 1).item() == pytest.approx(0, abs=1e-4)


def test_dropout_is_the_same_for_all_tokens() -> None:
    torch.manual_seed(1)
    dropped = RowDropout(0.5)(torch.ones(3, 5, 64))
    assert torch.equal(dropped, dropped[:, :1].expand(3, 5, 64))
    assert set(dropped.unique().tolist()) == {0.0, 2.0}
    assert torch.equal(RowDropout(0.5).eval()(torch.ones(3, 5, 64)), torch.ones(3, 5, 64))


@pytest.mark.parametrize(
    ("answer", "golds", "score"),
    [
        ("「浜松建設」", ["浜松建設"], 1.0),
        ("浜松", ["浜松建設"], 2 / 3),
        ("市長", ["浜松建設"], 0.0),
        ("浜松", ["浜松建設", "浜松"], 1.0),
        ("", ["。"], 1.0),
    ],
)
def test_f1_counts_characters(answer: str, golds: list[str], score: float) -> None:
    assert f1(answer, golds) == pytest.approx(score)


def test_auroc_is_the_chance_to_be_above() -> None:
    assert auroc([3.0, 4.0], [1.0, 2.0]) == 1
    assert auroc([1.0, 4.0], [2.0, 3.0]) == 0.5
    assert auroc([1.0], [2.0, 3.0]) == 0
