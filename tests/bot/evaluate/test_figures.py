from __future__ import annotations

import pytest

from bot.evaluate.figures import figures, percentile
from tests.bot.evaluate.outcomes import outcome


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (outcome("森田", "森田"), ""),
        (outcome("森田健一", "森田"), ""),
        (outcome("小川", "森"), "wrong"),
        (outcome("", "森田"), "refused"),
        (outcome("", "森田", article="a", rank=3), "refused"),
        (outcome("", "森田", article="a"), "unfound"),
        (outcome("森田"), "invented"),
        (outcome(""), ""),
        (outcome(None, "森田", article="a", rank=1), ""),
        (outcome(None, "森田", article="a", rank=2), "unfound"),
    ],
)
def test_what_is_wrong_with_an_outcome(given, fault):
    assert given.fault == fault


def test_scores_are_over_questions_with_an_answer_and_by_kind():
    made = figures(
        [
            outcome("森田", "森田", kind="who"),
            outcome("", "5日", kind="when"),
            outcome("何か", kind="when"),
        ]
    )
    assert (made.questions, made.unanswerable) == (3, 1)
    assert made.f1 == made.exact == made.answered == 0.5
    assert list(made.kinds) == ["who", "when"]
    assert (made.kinds["who"].f1, made.kinds["when"].f1) == (1.0, 0.0)
    assert made.refused == 0.0


def test_ranks_count_only_where_an_article_is_known():
    made = figures(
        [
            outcome("x", "x", article="a", rank=1),
            outcome("x", "x", article="a", rank=5),
            outcome("x", "x", article="a"),
            outcome("x", "x"),
        ]
    )
    assert made.recall_1 == pytest.approx(1 / 3)
    assert made.recall_5 == pytest.approx(2 / 3)
    assert made.mrr_10 == pytest.approx((1 + 1 / 5) / 3)


def test_a_citation_must_stand_and_hold_the_answer():
    made = figures(
        [
            outcome("森田", "森田", quote="森田氏が来た。"),
            outcome("森田", "森田", quote="森田氏が来た。", stands=False),
            outcome("小川", "森田", quote="小川氏が来た。"),
            outcome("小川", quote="小川氏が来た。"),
        ]
    )
    assert made.citations == pytest.approx(1 / 3)
    assert made.quote_length == 7


def test_kept_is_the_share_of_right_answers_that_were_not_refused():
    made = figures(
        [
            outcome("森田", "森田", best="森田"),
            outcome("", "森田", best="森田"),
            outcome("", "森田", best="吉野"),
        ]
    )
    assert made.kept == 0.5


def test_over_all_questions_a_right_refusal_counts_as_much_as_a_right_answer():
    made = figures([outcome("森田", "森田"), outcome("", "5日"), outcome(""), outcome("小川")])
    assert (made.f1, made.f1_all) == (0.5, 0.5)
    assert figures([outcome("森田", "森田"), outcome("")]).f1_all == 1.0
    assert figures([outcome("森田", "森田")]).f1_all is None


def test_the_best_answer_is_scored_though_it_was_refused():
    made = figures([outcome("", "森田", best="森田"), outcome("", "5日", best="何か")])
    assert (made.f1, made.f1_best) == (0.0, 0.5)


def test_what_was_not_there_to_measure_is_none():
    made = figures([outcome(None, "森田", article="a", rank=1)])
    assert made.f1 is made.kept is made.refused is made.citations is made.answered is None
    assert made.recall_1 == 1.0


def test_percentiles_are_of_the_nearest_rank():
    values = [0.3, 0.1, 0.2, 0.4]
    assert (percentile(values, 50), percentile(values, 95)) == (0.2, 0.4)
    assert percentile([], 50) is None


def test_a_record_has_what_a_person_needs():
    record = outcome("小川", "森田", quote="小川氏が来た。", article="a", rank=2).record()
    assert record["fault"] == "wrong"
    assert (record["accepted"], record["short"], record["rank"]) == (["森田"], "小川", 2)
    assert record["quotes"][0] == {
        "article": "a",
        "title": "題",
        "text": "小川氏が来た。",
        "bears": False,
    }
