from __future__ import annotations

import pytest

from bot.reader import Window, standings
from bot.reader.calibration import ENOUGH
from tests.bot.articles import BRIDGE


def window(similarity: float, overlap: float) -> Window:
    return Window(BRIDGE, 0, 3, 0, similarity, overlap)


def test_a_window_stands_behind_the_nearest_and_behind_the_most_overlap() -> None:
    first, second = standings([window(0.9, 0.2), window(0.8, 0.5)])
    assert (first.behind, first.overlap_behind) == (0.0, pytest.approx(0.3))
    assert (second.behind, second.overlap_behind) == (pytest.approx(0.1), 0.0)


def test_what_was_found_as_a_whole_is_the_same_for_each() -> None:
    found = standings([window(0.9, 0.2), window(0.8, 0.5), window(0.7, 0.1)])
    assert [standing.ahead for standing in found] == [pytest.approx(0.1)] * 3
    assert [standing.overlap for standing in found] == [0.5] * 3


def test_overlap_counts_up_to_what_is_enough() -> None:
    assert [one.overlap for one in standings([window(0.9, 1.3), window(0.9, 0.1)])] == [ENOUGH] * 2


def test_nothing_found_has_no_standing() -> None:
    assert standings([]) == []
