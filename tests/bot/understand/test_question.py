import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bot.understand
from bot.understand import LONGEST_QUESTION, Social, SocialKind, understand
from bot.values import Turn
from retrieval.errors import InputError
from retrieval.values import Intent, Language, Query

NOW = datetime(2025, 10, 8, 12, 0, tzinfo=UTC)
TALK = [
    Turn("田中氏が札幌で支えたのは誰？", "山本会長です。"),
    Turn("Who did Anna Berg help in Oslo?", "Lars Holm"),
    Turn("青葉杯の決勝はいつ開かれましたか？", "2024年5月3日です。"),
] * 3
# Words that the rules turn on, so that the fuzz reaches them.
WORDS = st.sampled_from(
    [
        *("誰", "何", "いつ", "どこ", "なぜ", "どう", "それ", "その", "彼女", "彼", "そこ", "当時"),
        *(
            "理由",
            "場所",
            "名前",
            "人",
            "3人",
            "挙げて",
            "は",
            "が",
            "を",
            "の",
            "に",
            "で",
            "と",
            "か",
        ),
        *(
            "ですか",
            "ました",
            "？",
            "。",
            "、",
            "「",
            "」",
            "（",
            "）",
            "ありがとう",
            "要約",
            "して",
        ),
        *(
            "東京",
            "ロケット",
            "2024年",
            "昨日",
            "先月",
            "ほかには",
            "では",
            "😀",
            "'",
            '"',
            "(",
            ")",
        ),
        *("who", "when", "where", "why", "what", "how", "did", "was", "it", "she", "the", "and"),
        *("else", "about", "name", "three", "thanks", "today", "Anna", ","),
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=14).map("".join))
SPACED = st.lists(WORDS, max_size=14).map(" ".join)


def test_a_whole_query():
    query = understand(" ありがとう。優勝した3人を挙げて ", [], NOW)
    assert query == Query(
        text="優勝した3人を挙げて",
        original=" ありがとう。優勝した3人を挙げて ",
        intent=Intent.WHO,
        language=Language.JA,
        asked_at=NOW,
        wants_list=True,
        count=3,
    )


def test_something_social():
    assert understand("Thanks!", [], NOW) == Social(SocialKind.THANKS, Language.EN, "Thanks!")


def test_a_moment_without_a_timezone_is_the_machines():
    query = understand("誰が来た？", [], datetime(2025, 10, 8, 12, 0))
    assert query.asked_at.tzinfo is not None
    assert query.asked_at.replace(tzinfo=None) == datetime(2025, 10, 8, 12, 0)


def test_a_question_without_letters_is_in_the_language_spoken_before():
    assert understand("2024?", TALK, NOW).language is Language.JA
    assert understand("2024?", TALK[:2], NOW).language is Language.EN


def test_the_language_is_that_of_the_question_behind_a_courtesy():
    assert understand("ありがとう。Who won?", [], NOW).language is Language.EN
    assert understand("Thanks! 誰が勝った？", [], NOW).language is Language.JA


def test_what_is_public_exists():
    assert all(hasattr(bot.understand, name) for name in bot.understand.__all__)


@settings(max_examples=300, deadline=None)
@given(TEXTS | SPACED, st.lists(st.builds(Turn, TEXTS | SPACED, TEXTS), max_size=3))
def test_any_text_is_understood_or_refused(question, history):
    try:
        query = understand(question, history, NOW)
    except InputError:
        return
    assert query.original == question
    if isinstance(query, Query):
        assert query.text.strip() == query.text != ""
        assert query.count is None or (query.wants_list and query.count > 1)


@settings(max_examples=300, deadline=None)
@given(TEXTS | SPACED)
def test_what_stands_alone_is_understood_as_itself(question):
    try:
        first = understand(question, [], NOW)
    except InputError:
        return
    if isinstance(first, Query):
        again = understand(first.text, [], NOW)
        assert isinstance(again, Query)
        assert again.text == first.text


@pytest.mark.parametrize(
    "question",
    [
        "何" * LONGEST_QUESTION,
        "どこ" * (LONGEST_QUESTION // 2),
        "漢の" * (LONGEST_QUESTION // 2),
        "ア" * (LONGEST_QUESTION - 1) + "は",
        "誰" + "「" * (LONGEST_QUESTION - 1),
        "誰" + "(" * (LONGEST_QUESTION - 1),
        ("what is the name of " * 200)[:LONGEST_QUESTION],
        ("Aa of " * 400)[:LONGEST_QUESTION],
        "1" * LONGEST_QUESTION,
    ],
    ids=lambda question: question[:6],
)
def test_time_grows_with_length_alone(question):
    # Ten times what it takes here: the bound is for patterns that blow up, not for slow machines.
    started = time.perf_counter()
    understand(question, TALK, NOW)
    understand("それはいつ？", [Turn(question, question)] * 6, NOW)
    assert time.perf_counter() - started < 0.3
