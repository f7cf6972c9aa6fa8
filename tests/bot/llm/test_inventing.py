"""What inventing models get past the check; the table is `python -m tests.bot.llm.inventing`."""

from __future__ import annotations

import pytest

from tests.bot.llm.inventing import TOLD, TRUE, UNTOLD, cases, measured


@pytest.fixture(scope="module")
def table():
    return measured()


def test_there_are_over_200_cases_and_some_of_every_kind():
    made = cases()
    assert sum(case.kind in TOLD for case in made) > 200
    assert {case.kind for case in made} == {*TOLD, *UNTOLD, *TRUE}


@pytest.mark.parametrize("kind", TOLD)
def test_nothing_is_shown_that_a_machine_can_tell(table, kind):
    count, shown = table[kind]
    assert count >= 10
    assert shown == []


def test_the_rest_is_no_worse_than_counted(table):
    """Words swapped that no check here looks at: who sued whom. They stand beside their quote."""
    count, shown = table["other words swapped"]
    assert (count, len(shown)) == (20, 14)


@pytest.mark.parametrize(
    ("kind", "most"),
    [
        ("true", 0),
        ("true, loosely worded", 3),
        ("true, on two quotes", 0),
        ("true, across languages", 0),
    ],
)
def test_so_much_that_is_true_is_dropped_and_no_more(table, kind, most):
    _, dropped = table[kind]
    assert len(dropped) <= most, dropped
