from __future__ import annotations

import pytest

from retrieval.coverage import coverage


def test_a_text_that_holds_all_that_any_holds_has_all() -> None:
    found = coverage("港の市場", {1: "港の市場が開いた。", 2: "港に船が着いた。"})
    assert found[1] == pytest.approx(1.0)
    assert 0 < found[2] < found[1]


def test_what_few_texts_hold_weighs_more_than_what_most_hold() -> None:
    texts = {"rare": "灯台を見た。", "a": "港を見た。", "b": "港に着いた。", "c": "港で待った。"}
    found = coverage("港の灯台", texts)
    assert found["rare"] > found["a"]


def test_written_forms_and_white_space_do_not_matter() -> None:
    found = coverage("ABC ガス", {"same": "ａｂｃｶﾞｽ", "other": "水道"})
    assert found["same"] == pytest.approx(1.0)
    assert found["other"] == 0.0


def test_a_longer_run_is_worth_more_than_its_characters_apart() -> None:
    found = coverage("大野修", {"together": "大野修氏", "apart": "修理した野の大木"})
    assert found["together"] > found["apart"]


@pytest.mark.parametrize("question", ["", " ", "？"])
def test_a_question_of_which_nothing_stands_anywhere_has_none(question: str) -> None:
    assert coverage(question, {1: "港の市場", 2: ""}) == {1: 0.0, 2: 0.0}
    assert coverage(question, {}) == {}
