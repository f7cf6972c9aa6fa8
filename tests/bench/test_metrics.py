from __future__ import annotations

import numpy as np
import pytest

from tests.bench.metrics import bootstrap, exact_match, f1, fold, rank, recall_at, reciprocal


def test_folding_drops_space_and_punctuation_and_width() -> None:
    assert fold("「ＡＢＣ」、 １２ 月。") == "abc12月"


@pytest.mark.parametrize(
    ("answer", "gold", "score"),
    [("森田知事", ["森田知事"], 1.0), ("森田", ["森田知事"], 2 / 3), ("", ["森田"], 0.0)],
)
def test_character_f1(answer: str, gold: list[str], score: float) -> None:
    assert f1(answer, gold) == pytest.approx(score)


def test_the_nearest_accepted_answer_counts() -> None:
    assert f1("5月7日", ["2024年5月7日", "5月7日"]) == 1.0
    assert exact_match("5月7日。", ["7日", "5月7日"]) == 1.0
    assert exact_match("5月", ["7日", "5月7日"]) == 0.0


def test_ranks_recall_and_reciprocal_rank() -> None:
    ranks = [rank(["a", "b"], frozenset({"b"})), rank(["a"], frozenset({"z"}))]
    assert ranks == [2, None]
    assert recall_at(ranks, 1).tolist() == [0.0, 0.0]
    assert recall_at(ranks, 5).tolist() == [1.0, 0.0]
    assert reciprocal(ranks).tolist() == [0.5, 0.0]


def test_a_bootstrap_of_a_clear_difference_excludes_zero() -> None:
    better = np.r_[np.ones(80), np.zeros(20)]
    worse = np.r_[np.ones(40), np.zeros(60)]
    mean, low, high = bootstrap(better, worse)
    assert mean == pytest.approx(0.4)
    assert 0 < low < mean < high
