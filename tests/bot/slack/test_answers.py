"""A question becomes one answer: streamed, quoted, in its thread, in its language."""

from __future__ import annotations

import threading
import time

import pytest

from tests.bot.slack.workplace import wait
from tests.fakes.slack import SlackError
from tests.fakes.slack.messages import BOT_USER, shown

pytestmark = pytest.mark.models


def calls(slack, method):
    return [arguments for name, arguments in slack.calls if name == method]


def test_a_mention_is_answered_in_its_thread_with_a_quote(work, bot, slack):
    ts = slack.mention(work.channel, work.person, "湖畔図書館はいつ休館しますか？")
    message = work.answer(work.channel, ts)
    words = shown(message)
    assert "9月20日" in words.split("\n")[0]
    assert "[湖畔図書館が臨時休館](https://news.example/library) 2025-09-03" in words
    assert "> 湖畔図書館は**9月20日" in words
    assert "> 湖畔図書館は9月20日から21日まで臨時休館する。" in words.replace("**", "")
    assert message["thread_ts"] == ts
    assert message["streaming_state"] == "completed"
    assert message["metadata"]["event_payload"]["question"] == ts


def test_status_session_and_stop_button_come_first_and_go(work, bot, slack):
    ts = slack.mention(work.channel, work.person, "館長は誰ですか？")
    work.answer(work.channel, ts)
    names = [name for name, _ in slack.calls]
    assert names.index("agents.sessions.setStatus") < names.index("chat.startStream")
    (status,) = slack.memory.statuses
    assert 1 <= len(status["loading_messages"]) <= 10
    session = slack.memory.sessions[work.channel, ts]
    assert session["status"] == "active"
    assert session["title"] == "館長は誰ですか？"


def test_english_is_answered_in_english(work, bot, slack):
    words = work.ask("Who steered the first crossing of the ferry?")
    assert "Ohlsen" in words.split("\n")[0]
    assert "Ohlsen**" in words
    assert "> Captain Ruth Ohlsen steered the first crossing." in words.replace("**", "")
    assert "(Helpful Wrong)" in words


def test_a_follow_up_needs_no_mention_and_knows_what_was_said(work, bot, slack):
    ts = slack.mention(work.channel, work.person, "湖畔図書館の館長は誰ですか？")
    assert "三浦恵子" in shown(work.answer(work.channel, ts))
    slack.say(work.channel, work.other, "それはいつ発表しましたか？", ts)
    assert "3日" in shown(work.answer(work.channel, ts, 2))


def test_a_refusal_says_what_is_covered(work, bot, slack):
    words = work.ask("火星に行ったのは誰ですか？")
    assert words.startswith("記事には、その答えは書かれていません。")
    assert "[1]" not in words


def test_a_direct_message_needs_no_mention(work, bot, slack):
    direct = slack.direct(work.person)
    ts = slack.say(direct, work.person, "館長は誰ですか？")
    assert "三浦恵子" in shown(work.answer(direct, ts))


@pytest.mark.parametrize(
    "words",
    ["昼ごはんに行く人？", "<@U0002OMAR> いつ休館しますか？", "<!here> いつ休館しますか？"],
)
def test_what_is_not_for_the_bot_is_left_alone(work, bot, slack, words):
    root = slack.say(work.channel, work.person, "図書館の話をしよう")
    slack.say(work.channel, work.person, words, root)
    ts = slack.mention(work.channel, work.person, "館長は誰ですか？")
    work.answer(work.channel, ts)
    slack.say(work.channel, work.other, "<@U0001MIKA> いつ休館しますか？", ts)
    work.settle(bot)
    assert not work.answers(work.channel, root)
    assert len(work.answers(work.channel, ts)) == 1


def test_other_bots_are_not_answered(work, bot, slack):
    ts = slack.say(work.channel, work.other, f"<@{BOT_USER}> いつ休館しますか？", bot_id="B0OTHER")
    work.settle(bot)
    assert not work.answers(work.channel, ts)


def test_a_bare_mention_is_told_how_to_ask(work, bot, slack):
    assert "/kiji help" in work.ask("")


def test_where_no_stream_can_run_the_same_words_are_posted(work, bot, slack):
    streamed = work.ask("湖畔図書館はいつ休館しますか？")
    slack.streams_refused = "channel_type_not_supported"
    posted = work.ask("湖畔図書館はいつ休館しますか？")
    assert posted == streamed
    assert calls(slack, "chat.postMessage")


def test_a_rate_limited_stream_gives_over_to_a_post_at_once(work, bot, slack):
    slack.limits.forced["chat.startStream"].append(30)
    ts = slack.mention(work.channel, work.person, "館長は誰ですか？")
    message = work.answer(work.channel, ts)
    assert "streaming_state" not in message
    assert "三浦恵子" in shown(message)


def test_a_rate_limited_post_is_waited_for(work, bot, slack):
    slack.streams_refused = "channel_type_not_supported"
    slack.limits.forced["chat.postMessage"].append(1)
    ts = slack.mention(work.channel, work.person, "館長は誰ですか？")
    assert "三浦恵子" in shown(work.answer(work.channel, ts))
    assert slack.limits.refused["chat.postMessage"] == 1


def test_a_stream_that_expired_is_completed_by_update(work, bot, slack):
    def expire(given):
        slack.end_stream(given["channel"], given["ts"])

    slack.before["chat.stopStream"] = expire
    ts = slack.mention(work.channel, work.person, "館長は誰ですか？")
    wait(lambda: calls(slack, "chat.update"), "an update")
    words = shown(work.answer(work.channel, ts))
    assert "三浦恵子" in words
    assert "(役に立った 違う)" in words


@pytest.mark.parametrize("code", ["invalid_blocks", "msg_blocks_too_long"])
def test_blocks_that_slack_refuses_become_plain_words(work, bot, slack, code):
    def refuse(given):
        if given.get("blocks"):
            raise SlackError(code)

    for method in ("chat.stopStream", "chat.update", "chat.postMessage"):
        slack.before[method] = refuse
    ts = slack.mention(work.channel, work.person, "館長は誰ですか？")
    words = shown(work.answer(work.channel, ts))
    assert "三浦恵子" in words
    assert "&gt;" not in words
    assert "3日に発表した" in words


def test_a_bug_is_told_in_one_sentence_with_the_id_of_its_trace(work, bot, slack, models):
    broken = "中で何かが壊れた"

    def fail(*_):
        raise RuntimeError(broken)

    real, models.engine.draft = models.engine.draft, fail
    try:
        words = work.ask("館長は誰ですか？")
    finally:
        models.engine.draft = real
    assert "番号" in words
    assert broken not in words


def test_a_model_that_hangs_is_left_behind(work, slack, models):
    hold = threading.Event()

    def hang(query, hits):
        hold.wait(20)
        return real(query, hits)

    real, models.engine.draft = models.engine.draft, hang
    try:
        with work.bot(KIJI_SLACK_ANSWER_TIMEOUT="0.5"):
            assert "0.5秒たっても" in work.ask("館長は誰ですか？")
    finally:
        models.engine.draft = real
        hold.set()


def test_the_stop_button_stops(work, bot, slack, models):
    hold = threading.Event()

    def hang(query, hits):
        hold.wait(20)
        return real(query, hits)

    real, models.engine.draft = models.engine.draft, hang
    try:
        ts = slack.mention(work.channel, work.person, "館長は誰ですか？")
        sessions = slack.memory.sessions
        wait(lambda: sessions.get((work.channel, ts), {}).get("status") == "processing", "button")
        slack.press_stop(work.channel, work.person, ts)
        assert shown(work.answer(work.channel, ts)) == "中止しました。"
        work.settle(bot)
        assert sessions[work.channel, ts]["status"] == "active"
    finally:
        models.engine.draft = real
        hold.set()


def test_loading_the_models_is_no_slow_answer(work, slack, models):
    loaded = threading.Event()
    real = models.engine.warm_up

    def load():
        loaded.wait(20)
        real()

    draft = models.engine.draft

    def wait_for_it(query, hits):
        loaded.wait(20)
        return draft(query, hits)

    models.engine.warm_up, models.engine.draft = load, wait_for_it
    try:
        with work.bot(KIJI_SLACK_ANSWER_TIMEOUT="0.5") as service:
            assert not service.ready()
            ts = slack.mention(work.channel, work.person, "館長は誰ですか？")
            time.sleep(1.5)
            assert not work.answers(work.channel, ts)
            loaded.set()
            assert "三浦恵子" in shown(work.answer(work.channel, ts))
            wait(service.ready, "ready")
    finally:
        loaded.set()
        models.engine.warm_up, models.engine.draft = real, draft
