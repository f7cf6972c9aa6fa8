from __future__ import annotations

from dataclasses import replace

from bot.terminal.usage import usage
from bot.values import Writing
from retrieval.values import Language
from tests.fakes.kiji import answer

WRITTEN = Writing("openai:x", 2, 1200, 34, 1, 1, 2)


def test_without_a_model_there_is_nothing_to_count():
    assert usage([answer()], Language.EN) == ["No language model has been asked in this talk."]


def test_the_last_answer_and_the_talk_are_counted():
    fallen = replace(WRITTEN, calls=1, input_tokens=300, output_tokens=6, fallback="timeout")
    answers = [
        replace(answer(), engine="openai:x", writing=WRITTEN),
        answer(),
        replace(answer(), engine="embedded", writing=fallen),
    ]
    last, talk = usage(answers, Language.EN)
    assert last == "Last answer: 300 tokens in, 6 out, 1 call(s), openai:x"
    assert talk.startswith("This talk: 1,500 tokens in, 40 out, 3 call(s)")
    assert talk.endswith("kept 2, repaired 2, dropped 4; fell back 1 of 2")


def test_a_provider_that_counts_no_tokens_is_said_so():
    quiet = replace(WRITTEN, input_tokens=None, output_tokens=None)
    last, _ = usage([replace(answer(), writing=quiet)], Language.EN)
    assert "unknown tokens in" in last


def test_a_sum_that_lacks_an_answers_tokens_is_said_to_be_the_least():
    quiet = replace(WRITTEN, input_tokens=None, output_tokens=None)
    answers = [replace(answer(), writing=one) for one in (WRITTEN, quiet)]
    last, talk = usage(answers, Language.EN)
    assert last.startswith("Last answer: unknown tokens in, unknown out")
    assert talk.startswith("This talk: at least 1,200 tokens in, at least 34 out")
