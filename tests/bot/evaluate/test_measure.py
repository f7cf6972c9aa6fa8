from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.evaluate import Measure, Question, question_of
from bot.values import Turn
from retrieval.errors import InputError
from retrieval.values import Article, Hit, Passage
from tests.fakes.kiji import ARTICLE, FakeKiji, FakeLibrary, answer, refusal

NOW = datetime(2025, 9, 4, tzinfo=UTC)
OTHER = Article("other", "other.txt", "別の記事", "別の記事\n何もない。")


def measured(reply, question, *found: Article):
    kiji = FakeKiji()
    kiji.enqueue(reply)
    asked = []

    def find(text, history, k):
        asked.append((text, tuple(history)))
        return [Hit(Passage(article.id, 0, 3), article, 0.5) for article in found]

    outcome = Measure(kiji, FakeLibrary(ARTICLE, OTHER), find, NOW)(question)
    return outcome, kiji.asked, asked


def test_a_right_answer_with_its_quote_and_rank():
    question = Question("1", "いつ休館しますか", ("9月20日から21日まで",), frozenset(["library"]))
    outcome, asked, searched = measured(answer(), question, OTHER, OTHER, ARTICLE)
    assert (outcome.f1, outcome.exact, outcome.fault) == (1.0, 1.0, "")
    assert outcome.rank == 2
    assert outcome.kind == "when"
    assert outcome.bears(outcome.quotes[0])
    assert asked == [("いつ休館しますか", (), None, NOW)]
    assert searched == [("いつ休館しますか", ())]


def test_history_is_asked_and_searched_with():
    turn = Turn("図書館は休みですか", "はい。")
    question = Question("1", "いつ", ("x",), frozenset(["library"]), history=(turn,))
    _, asked, searched = measured(answer(), question)
    assert asked[0][1] == searched[0][1] == (turn,)


def test_without_an_article_nothing_is_searched():
    outcome, _, searched = measured(refusal(), Question("1", "誰が館長ですか", ()))
    assert (outcome.rank, searched, outcome.fault, outcome.short) == (None, [], "", "")


def test_a_quote_that_is_moved_does_not_stand():
    given = answer()
    moved = replace(given.citations[0], start=given.citations[0].start + 1)
    question = Question("1", "いつ", ("9月20日から21日まで",))
    outcome, _, _ = measured(replace(given, citations=(moved,)), question)
    assert not outcome.quotes[0].stands


def test_an_answer_without_a_span_counts_by_its_text():
    outcome, _, _ = measured(
        answer(short="床の工事", text="床の工事です"), Question("1", "q", ("x",))
    )
    assert outcome.short == "床の工事"
    whole = replace(answer(), short="")
    outcome, _, _ = measured(whole, Question("1", "q", ("9月20日から21日までです。",)))
    assert outcome.exact == 1.0


def test_an_article_that_is_not_there_is_told():
    with pytest.raises(InputError) as error:
        measured(answer(), Question("1", "q", ("x",), frozenset(["nowhere"])))
    assert error.value.details == {"article": "nowhere"}


def test_a_record_becomes_a_question():
    record = {"answers": ["甲", "乙"], "article": "a", "alt_articles": ["b"], "qtype": "who"}
    question = question_of(7, "誰", (), record)
    assert question == Question(7, "誰", ("甲", "乙"), frozenset("ab"), "who")
    assert question_of(7, "誰", (), {"answers": []}).answers == ()


@pytest.mark.parametrize(
    ("record", "key"),
    [
        ({}, "evaluate.bad_answers"),
        ({"answers": "甲"}, "evaluate.bad_answers"),
        ({"answers": ["甲", 5]}, "evaluate.bad_answers"),
        ({"answers": [" "]}, "evaluate.bad_answers"),
        ({"answers": [], "article": 5}, "evaluate.bad_article"),
        ({"answers": [], "article": "a", "alt_articles": "b"}, "evaluate.bad_article"),
        ({"answers": [], "qtype": ["who"]}, "evaluate.bad_kind"),
    ],
)
def test_a_record_that_cannot_be_used_is_told(record, key):
    with pytest.raises(InputError) as error:
        question_of("1", "誰", (), record)
    assert error.value.key == key
