import pytest

from bot.understand import LONGEST_QUESTION
from bot.understand.normalise import clean, fold, mask_quotes
from prompts.catalogue import say
from retrieval.errors import InputError


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("  誰が\n来た？ ", "誰が 来た？"),
        ("誰\x00が\x1b来た？", "誰が来た？"),
        ("か\u3099いつ", "がいつ"),
        ("誰が\u202e来た？\ufeff", "誰が来た？"),
        ("誰が\u200b来た？", "誰が来た？"),
        ("誰\ud800が来た？", "誰が来た？"),
        ("なぜ？👨\u200d👩\u200d👧", "なぜ？👨\u200d👩\u200d👧"),
        ("誰が\u3000\u3000来た？", "誰が 来た？"),
    ],
)
def test_clean(typed, text):
    assert clean(typed) == text


@pytest.mark.parametrize(
    "typed", ["", "   ", "\n\t", "\x00\x01\x1b", "？？？", "😀😀", "\u200b", "…。"]
)
def test_without_words_it_is_refused(typed):
    with pytest.raises(InputError) as raised:
        clean(typed)
    assert raised.value.key == "understand.empty_question"
    assert say("ja", raised.value.key, **raised.value.details)


def test_a_question_of_a_hundred_thousand_characters_is_refused_in_one_sentence():
    with pytest.raises(InputError) as raised:
        clean("誰" * 100_000)
    assert raised.value.key == "understand.question_too_long"
    assert raised.value.details == {"length": 100_000, "limit": LONGEST_QUESTION}
    for language in ("ja", "en"):
        said = say(language, raised.value.key, **raised.value.details)
        assert "100000" in said and "\n" not in said


def test_the_longest_question_passes():
    assert len(clean("誰" * LONGEST_QUESTION)) == LONGEST_QUESTION


def test_fold_and_mask():
    assert fold("ＷＨＯ は？！") == "who は"
    assert mask_quotes("「なぜ」と言ったのは誰") == "〓〓〓〓と言ったのは誰"
