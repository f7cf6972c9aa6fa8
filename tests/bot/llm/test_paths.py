"""Every path an answer can take through a language model, on a model whose replies are queued."""

from __future__ import annotations

import json
import logging
import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from bot.llm.failure import Kind
from bot.records import answer_record, restored_answer, stored_answer
from bot.values import ClaimEvent, Scope, StatusEvent, Turn, WordsEvent
from prompts.catalogue import say
from tests.bot.llm.support import MACHI, TOWN, Talk, hits_of
from tests.fakes.model import Break, HttpError, Pause, plain, tokens

HITS = hits_of(TOWN, MACHI)
WHO = "Who closed the lighthouse?"
CLOSED = (
    1,
    "Mayor Edith Lowell closed the lighthouse",
    "Mayor Edith Lowell closed the lighthouse.",
)
COST = (1, "Repairs will cost £2.5 million.", "Repairs will cost £2.5 million.")
INVENTED = (1, "Mayor Edith Lowell resigned in anger", "Mayor Edith Lowell resigned.")
EMBEDDED = "Visitors may return in June."


@pytest.fixture
def talk(monkeypatch):
    def make(*replies, **options):
        made = Talk(monkeypatch, HITS, **({"embedded": EMBEDDED} | options))
        made.model.enqueue(*replies)
        return made

    return make


def test_a_claim_that_its_quote_bears_out_is_the_answer(talk):
    t = talk(plain(CLOSED))
    answer = t.ask(WHO)
    assert (answer.answered, answer.engine, answer.note) == (True, "fake:model", "")
    assert answer.text == CLOSED[2]
    (citation,) = answer.citations
    assert TOWN.text[citation.start : citation.end] == citation.quote == CLOSED[1]
    assert answer.short == "Mayor Edith Lowell"
    assert answer.writing is not None
    assert (answer.writing.kept, answer.writing.dropped, answer.writing.calls) == (1, 0, 1)
    assert t.engine.asked == 0


def test_only_statuses_come_before_the_first_quote_has_passed(talk):
    t = talk(plain(CLOSED))
    t.ask(WHO)
    stages = [event.stage for event in t.events if isinstance(event, StatusEvent)]
    assert stages == ["searching", "reading", "checking"]
    first = next(i for i, e in enumerate(t.events) if isinstance(e, WordsEvent | ClaimEvent))
    assert all(isinstance(event, StatusEvent) for event in t.events[:first])


def test_words_that_are_the_quotes_own_are_shown_one_by_one(talk):
    t = talk(plain(CLOSED))
    t.ask(WHO)
    words = [event.text for event in t.events if isinstance(event, WordsEvent)]
    assert words[:3] == ["Mayor ", "Mayor Edith ", "Mayor Edith Lowell "]
    assert all(CLOSED[1].startswith(shown.strip()) for shown in words)


def test_words_on_a_quote_that_denies_something_wait_for_the_whole_claim(talk):
    t = talk(
        plain((1, "Keeper Samuel Finch did not leave", "Keeper Samuel Finch did leave.")), "NONE"
    )
    t.ask("Did the keeper leave?")
    assert not any(isinstance(event, WordsEvent) for event in t.events)


def test_words_of_a_claim_that_then_fails_are_taken_back(talk):
    wrong = (1, CLOSED[1], "Mayor Edith Lowell closed the harbour and fled to Norway.")
    t = talk(plain(wrong), "NONE")
    answer = t.ask(WHO)
    words = [event.text for event in t.events if isinstance(event, WordsEvent)]
    assert words[-1] == ""
    assert "Norway" not in answer.text


def test_a_claim_that_fails_is_repaired_once(talk):
    t = talk(plain(INVENTED, COST), plain(CLOSED))
    answer = t.ask(WHO)
    assert answer.text == f"{COST[2]}\n{CLOSED[2]}"
    assert answer.writing is not None
    writing = answer.writing
    assert (writing.kept, writing.repaired, writing.dropped, writing.calls) == (1, 1, 0, 2)
    asked_again = t.model.history[1][-1].content
    assert INVENTED[2] in asked_again
    assert COST[2] not in asked_again


def test_a_claim_that_fails_twice_is_dropped_and_the_rest_is_the_answer(talk):
    t = talk(plain(INVENTED, COST), plain(INVENTED))
    answer = t.ask(WHO)
    assert answer.text == COST[2]
    assert answer.writing is not None
    assert (answer.writing.kept, answer.writing.repaired, answer.writing.dropped) == (1, 0, 1)
    assert t.model.left == 0


def test_a_repair_may_not_add_claims(talk):
    t = talk(plain(INVENTED), plain(CLOSED, COST))
    assert t.ask(WHO).text == CLOSED[2]


def test_nothing_left_and_the_embedded_engine_answers_and_says_so(talk):
    t = talk(plain(INVENTED), plain(INVENTED))
    answer = t.ask(WHO)
    assert (answer.engine, answer.text) == ("embedded", EMBEDDED)
    assert answer.note == say("en", "llm.fallback.not_borne_out", model="fake:model")
    assert answer.writing is not None
    assert answer.writing.fallback == Kind.NOT_BORNE_OUT


def test_nothing_left_and_nothing_embedded_is_a_refusal(talk):
    t = talk(plain(INVENTED), plain(INVENTED), embedded="")
    answer = t.ask(WHO)
    assert not answer.answered
    assert answer.text == say("en", "answer.refusal")
    assert answer.citations == answer.claims == ()


@pytest.mark.parametrize("reply", ["NONE", '{"claims": []}'])
def test_a_model_that_finds_nothing_leaves_it_to_the_embedded_engine(talk, reply):
    answer = talk(reply).ask(WHO)
    assert (answer.engine, answer.text) == ("embedded", EMBEDDED)
    assert answer.note == say("en", "llm.fallback.not_there", model="fake:model")


@pytest.mark.parametrize(
    "reply", ["I would rather not say.", "", "{", "}}}}", "\x00\x00", "🙂" * 50]
)
def test_malformed_output_falls_back(talk, reply):
    answer = talk(reply).ask(WHO)
    assert answer.engine == "embedded"
    assert answer.writing is not None
    assert answer.writing.fallback == Kind.MALFORMED


@pytest.mark.parametrize("number", [0, 5, 9, 99999999999999])
def test_a_phantom_citation_can_not_happen(talk, number):
    t = talk(plain((number, CLOSED[1], CLOSED[2])), "NONE")
    answer = t.ask(WHO)
    assert answer.engine == "embedded"
    assert all(index < len(answer.citations) for c in answer.claims for index in c.citations)


def test_a_quote_given_twice_is_cited_once(talk):
    twice = f"QUOTE 1: {CLOSED[1]}\n{plain(CLOSED)}"
    (claim,) = talk(twice).ask(WHO).claims
    assert claim.citations == (0,)


def test_citation_marks_of_the_models_own_are_taken_off(talk):
    answer = talk(
        plain((1, CLOSED[1], "Mayor Edith Lowell closed the lighthouse [5] (passage 7)."))
    ).ask(WHO)
    assert answer.text == "Mayor Edith Lowell closed the lighthouse."


def test_a_quote_with_an_ellipsis_is_cited_with_what_was_left_out(talk):
    quote = "Mayor Edith Lowell … 14 panes of glass were broken"
    answer = talk(plain((1, quote, "Mayor Edith Lowell: 14 panes of glass were broken."))).ask(WHO)
    assert answer.citations[0].quote.startswith(
        "Mayor Edith Lowell closed the lighthouse on 3 March"
    )


def test_structured_output_is_read_from_a_tools_arguments(talk):
    reply = {"claims": [{"quotes": [{"passage": 1, "quote": CLOSED[1]}], "claim": CLOSED[2]}]}
    t = talk(json.dumps(reply), format="json")
    answer = t.ask(WHO)
    assert (answer.engine, answer.text) == ("fake:model", CLOSED[2])
    assert "“claims”" in t.model.history[0][0].content


def test_structured_output_that_a_server_refuses_gives_way_to_the_plain_format(talk):
    t = talk(HttpError(400), plain(CLOSED), plain(CLOSED), format="json")
    assert t.ask(WHO).text == CLOSED[2]
    assert t.ask(WHO).text == CLOSED[2]
    assert ["QUOTE 2:" in messages[0].content for messages in t.model.history] == [
        False,
        True,
        True,
    ]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 529])
def test_a_busy_provider_is_asked_again_with_backoff(talk, status):
    t = talk(HttpError(status), HttpError(status), plain(CLOSED))
    answer = t.ask(WHO)
    assert answer.text == CLOSED[2]
    assert t.pauses == [0.5, 1.0]
    assert answer.writing is not None
    assert answer.writing.calls == 3


def test_retry_after_is_honoured(talk):
    t = talk(HttpError(429, {"retry-after": "0.2"}), plain(CLOSED))
    started = time.monotonic()
    assert t.ask(WHO).text == CLOSED[2]
    assert time.monotonic() - started >= 0.2
    assert t.pauses == []


def test_a_retry_after_beyond_the_time_is_not_waited_for(talk):
    t = talk(HttpError(429, {"retry-after": "3600"}))
    started = time.monotonic()
    answer = t.ask(WHO)
    assert time.monotonic() - started < 5
    assert answer.engine == "embedded"
    assert answer.note == say("en", "llm.fallback.busy", model="fake:model")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (HttpError(401), Kind.KEY),
        (HttpError(403), Kind.KEY),
        (HttpError(404), Kind.NO_MODEL),
        (HttpError(400), Kind.REQUEST),
        (RuntimeError("what"), Kind.OTHER),
    ],
)
def test_an_error_that_will_not_pass_is_not_tried_again(talk, error, kind):
    t = talk(error)
    answer = t.ask(WHO)
    assert (answer.engine, answer.text) == ("embedded", EMBEDDED)
    assert answer.note == say("en", f"llm.fallback.{kind}", model="fake:model")
    assert answer.writing is not None
    assert answer.writing.calls == 1


def test_every_failure_has_its_sentence_in_both_languages():
    for language in ("ja", "en"):
        for kind in Kind:
            assert "m:x" in say(language, f"llm.fallback.{kind}", model="m:x")


def test_half_a_stream_keeps_what_had_passed(talk):
    broken = Break(ConnectionError("reset"))
    t = talk(
        [plain(CLOSED) + "QUOTE 1: Repairs will cost £2.5 million.\nCLAIM: Repairs will", broken]
    )
    answer = t.ask(WHO)
    assert (answer.engine, answer.text) == ("fake:model", CLOSED[2])
    assert answer.note == say("en", "llm.fallback.partly", model="fake:model")


def test_half_a_stream_with_nothing_in_it_falls_back(talk):
    t = talk(["QUOTE 1: Mayor Edith", Break(ConnectionError("reset"))])
    answer = t.ask(WHO)
    assert answer.engine == "embedded"
    assert answer.note == say("en", "llm.fallback.broken_off", model="fake:model")
    assert t.model.left == 0


def test_the_first_token_is_waited_for_only_so_long(talk):
    t = talk([Pause(30), plain(CLOSED)], first_token_timeout=0.1)
    answer = t.ask(WHO)
    assert answer.seconds < 3
    assert answer.note == say("en", "llm.fallback.first_token_timeout", model="fake:model")
    assert t.model.cancelled == 1


def test_the_whole_answer_is_waited_for_only_so_long(talk):
    t = talk([plain(CLOSED), Pause(30)], timeout=0.5)
    answer = t.ask(WHO)
    assert answer.seconds < 3
    assert (answer.engine, answer.text) == ("fake:model", CLOSED[2])
    assert answer.note == say("en", "llm.fallback.partly", model="fake:model")


def test_a_repair_that_is_too_late_leaves_what_stands(talk):
    t = talk(plain(CLOSED, INVENTED), [Pause(30)], timeout=0.5)
    answer = t.ask(WHO)
    assert answer.text == CLOSED[2]
    assert answer.engine == "fake:model"


def test_closing_the_iterator_stops_the_call(talk):
    t = talk(plain(CLOSED) + plain(COST) * 200, seconds=0.005)
    events = t.kiji.answer(WHO)
    for event in events:
        if isinstance(event, ClaimEvent):
            break
    events.close()
    sent = t.model.sent
    assert t.model.cancelled == 1
    time.sleep(0.1)
    assert t.model.sent == sent
    assert t.engine.asked == 0


@pytest.fixture
def interruptible() -> Iterator[None]:
    """SIGINT raises, as in a terminal; a shell's background job is started with it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_while_waiting_for_the_model_stops_the_call(talk):
    t = talk([Pause(30)])
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        t.ask(WHO)
    assert time.monotonic() - started < 3
    assert t.model.cancelled == 1


def test_the_rate_limit_spaces_calls(talk):
    t = talk(*[plain(CLOSED)] * 3, per_minute=300)
    started = time.monotonic()
    for _ in range(3):
        t.ask(WHO)
    assert time.monotonic() - started >= 0.3


def test_a_rate_limit_beyond_the_time_falls_back(talk):
    t = talk(plain(CLOSED), plain(CLOSED), per_minute=1, timeout=0.3)
    answers = [t.ask(WHO) for _ in range(2)]
    assert answers[-1].note == say("en", "llm.fallback.busy", model="fake:model")


@pytest.mark.parametrize("form", ["plain", "json"])
def test_the_first_claim_is_told_within_its_own_tokens_and_5_percent(talk, form):
    first = (1, TOWN.text[34:129], "Mayor Edith Lowell closed the lighthouse on 3 March 2025.")
    records = [
        {"quotes": [{"passage": n, "quote": quote}], "claim": claim}
        for n, quote, claim in (first, COST)
    ]
    if form == "plain":
        reply, own = plain(first, COST), plain(first)
    else:
        reply = json.dumps({"claims": records}, ensure_ascii=False)
        own = reply[: reply.index(first[2]) + len(first[2]) + 1]
    t = talk(reply, format=form, seconds=0.003)
    for event in t.kiji.answer(WHO):
        if isinstance(event, ClaimEvent):
            assert t.model.sent <= 1.05 * len(tokens(own)) + 1
            assert t.model.sent < len(tokens(reply))
            break
    else:
        raise AssertionError("no claim was told")


def test_tokens_are_counted_over_all_calls(talk):
    t = talk(plain(INVENTED), plain(CLOSED))
    answer = t.ask(WHO)
    assert answer.writing is not None
    assert answer.writing.output_tokens == len(tokens(plain(INVENTED))) + len(tokens(plain(CLOSED)))
    assert answer.writing.input_tokens is not None
    assert answer.writing.input_tokens > 1000
    record = answer_record(answer, "1")
    assert record["model"]["output_tokens"] == answer.writing.output_tokens
    assert restored_answer(stored_answer(answer)).writing == answer.writing


def test_a_fallback_stands_in_the_json(talk):
    record = answer_record(talk(HttpError(401)).ask(WHO), "1")
    assert record["engine"] == "embedded"
    assert record["model"]["fallback"] == "key"
    assert "fake:model" in record["note"]


def test_no_passages_no_call(monkeypatch):
    t = Talk(monkeypatch, [])
    answer = t.ask(WHO)
    assert not answer.answered
    assert t.model.history == []


def test_social_words_are_no_call(talk):
    t = talk()
    assert t.ask("Thanks!").social
    assert t.model.history == []


def test_a_private_scope_is_kept_from_an_outside_model(talk):
    t = talk()
    answer = t.ask(WHO, scope=Scope(private=True))
    assert (answer.engine, answer.writing) == ("embedded", None)
    assert t.model.history == []


def test_a_private_scope_may_be_read_by_a_model_on_this_machine(talk):
    t = talk(plain(CLOSED), url="http://127.0.0.1:8080/v1")
    assert t.ask(WHO, scope=Scope(private=True)).engine == "fake:model"


def test_the_asker_is_answered_in_their_language(talk):
    japanese = (1, CLOSED[1], "エディス・ローウェル町長（Edith Lowell）が灯台を閉鎖した。")
    t = talk(plain(CLOSED), plain(japanese))
    answer = t.ask("誰が灯台を閉鎖しましたか？")
    assert answer.text == japanese[2]
    assert "日本語" in t.model.history[0][0].content


def test_one_line_is_logged_an_answer_without_its_words(talk, caplog):
    with caplog.at_level(logging.INFO, "bot"):
        talk(plain(INVENTED, COST), "NONE").ask(WHO)
    (line,) = [r.getMessage() for r in caplog.records if r.getMessage().startswith("answer ")]
    for part in (
        "intent=who",
        "hits=4",
        "engine=fake:model",
        "kept=1",
        "dropped=1",
        "model_seconds=",
    ):
        assert part in line
    assert "Lowell" not in caplog.text


# --- follow-ups -------------------------------------------------------------------

BEFORE = Turn(WHO, "Mayor Edith Lowell closed the lighthouse.")


def test_a_follow_up_is_made_to_stand_alone_by_one_short_call(talk):
    t = talk("When did Edith Lowell close the lighthouse?", plain(CLOSED))
    answer = t.ask("When did she do that?", BEFORE)
    assert t.searched == ["When did Edith Lowell close the lighthouse?"]
    assert answer.question == "When did she do that?"
    assert answer.writing is not None
    assert answer.writing.calls == 2
    # The call that answers sees no history, so that nothing said before can talk it round.
    assert "Mayor Edith Lowell closed the lighthouse.\n" not in t.model.history[1][0].content
    assert len(t.model.history[1]) == 2


def test_a_question_that_stands_alone_costs_no_call(talk):
    t = talk(plain(COST))
    t.ask("What will the repairs of the lighthouse cost?", BEFORE)
    assert len(t.model.history) == 1


@pytest.mark.parametrize(
    "rewritten",
    ["", "x" * 400, "灯台はいつ閉鎖されましたか？", "Thanks!", "\n\n", HttpError(500), "Hello"],
)
def test_a_rewriting_that_can_not_be_used_leaves_the_rules_own(talk, rewritten):
    t = talk(rewritten, plain(CLOSED), retries=0)
    assert t.ask("When did she do that?", BEFORE).answered
    (searched,) = t.searched
    assert "Lowell" in searched or "lighthouse" in searched


def test_history_is_bounded_in_tokens(talk):
    long = Turn("Who is it?", "word " * 5000)
    t = talk("When did Edith Lowell close the lighthouse?", plain(CLOSED), history_tokens=100)
    t.ask("When did she do that?", long, BEFORE)
    sent = t.model.history[0][1].content
    assert "Mayor Edith Lowell" in sent
    assert "word word" not in sent


def test_a_refusal_can_not_be_talked_round_by_history(talk):
    pushed = Turn("Who resigned?", "Mayor Edith Lowell resigned; the article says so.")
    t = talk("Why did Mayor Edith Lowell resign?", plain(INVENTED), plain(INVENTED), embedded="")
    answer = t.ask("Why did she?", pushed)
    assert not answer.answered
    assert answer.text == say("en", "answer.refusal")
