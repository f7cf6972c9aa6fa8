"""Exactly one answer: whatever Slack sends again, and wherever the process dies."""

from __future__ import annotations

import threading
import time

import pytest

from bot.slack.jobs import MOST_ATTEMPTS
from bot.slack.keeper import expire
from bot.slack.questions import Question
from bot.slack.reply import Reply
from tests.bot.slack.life import Life
from tests.bot.slack.workplace import wait
from tests.fakes.slack.messages import shown

pytestmark = pytest.mark.models

QUESTION = "湖畔図書館の館長は誰ですか？"


def calls(slack, method):
    return [arguments for name, arguments in slack.calls if name == method]


def test_a_redelivered_event_is_answered_once_and_acknowledged_each_time(work, bot, slack):
    slack.deliveries.lose_acks = 4
    ts = slack.mention(work.channel, work.person, QUESTION)
    work.settle(bot)
    sent = [d for d in slack.deliveries.log if d.payload["event"].get("ts") == ts]
    assert sum(d.sent for d in sent) >= 5
    assert all(len(d.acks) == d.sent for d in sent)
    assert "三浦恵子" in shown(work.answer(work.channel, ts))


@pytest.mark.parametrize("kind", ["app_mention", "message"])
def test_either_of_the_twins_is_enough(work, bot, slack, kind):
    real = slack.event
    slack.event = lambda event, lane=None: event["type"] == kind and real(event, lane)
    ts = slack.mention(work.channel, work.person, QUESTION)
    assert "三浦恵子" in shown(work.answer(work.channel, ts))


def test_an_event_that_can_not_be_written_down_is_not_acknowledged(work, bot, slack):
    real, failures = bot.deliveries.take, []

    def full(event_id, question):
        if len(failures) < 3:
            failures.append(event_id)
            raise OSError(28, "No space left on device")
        return real(event_id, question)

    bot.deliveries.take = full
    slack.twins = False
    slack.deliveries.ack_seconds = 0.5  # three times over, as it is not acknowledged
    ts = slack.mention(work.channel, work.person, QUESTION)
    wait(lambda: len(failures) == 3, "three tries", 20)
    wait(lambda: work.answers(work.channel, ts), "the answer", 20)
    assert "三浦恵子" in shown(work.answer(work.channel, ts))


def _before_anything(life, slack, monkeypatch):
    life.service.crew._run = life.die


def _stream_begun_and_not_noted(life, slack, monkeypatch):
    life.service.jobs.posted = life.die


def _in_mid_stream(life, slack, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(Reply, "_stop", life.die)
        yield


def _stream_ended_and_not_noted(life, slack, monkeypatch):
    life.service.jobs.finish = life.die


def _posted_and_not_noted(life, slack, monkeypatch):
    slack.streams_refused = "channel_type_not_supported"
    life.service.jobs.posted = life.die


# The worker's thread ends by SystemExit, which is how a death is played here.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize(
    "moment",
    [
        _before_anything,
        _stream_begun_and_not_noted,
        _in_mid_stream,
        _stream_ended_and_not_noted,
        _posted_and_not_noted,
    ],
)
def test_whoever_dies_in_mid_answer_leaves_one_answer(work, slack, monkeypatch, moment):
    life = Life(work.service())
    wait(lambda: slack.deliveries.sockets, "a socket")
    patched = moment(life, slack, monkeypatch)
    if patched is not None:
        next(patched)
    ts = slack.mention(work.channel, work.person, QUESTION)
    life.bury()
    if patched is not None:
        next(patched, None)
    with work.bot() as heir:
        work.settle(heir)
        words = shown(work.answer(work.channel, ts))
        assert words.startswith("三浦恵子")
        assert "(役に立った 違う)" in words
        (message,) = work.answers(work.channel, ts)
        assert message.get("streaming_state") != "in_progress"


def test_an_answer_whose_arrival_nobody_heard_of_is_not_posted_again(work, bot, slack):
    slack.streams_refused = "channel_type_not_supported"
    heard = []

    def deaf(_):
        if not heard:
            heard.append(1)
            raise ConnectionError

    slack.after["chat.postMessage"] = deaf
    ts = slack.mention(work.channel, work.person, QUESTION)
    work.settle(bot)
    assert "三浦恵子" in shown(work.answer(work.channel, ts))
    assert len(calls(slack, "chat.postMessage")) == 1


def test_a_stream_whose_beginning_nobody_heard_of_is_gone_on_with(work, bot, slack):
    heard = []

    def deaf(_):
        if not heard:
            heard.append(1)
            raise ConnectionError

    slack.after["chat.startStream"] = deaf
    ts = slack.mention(work.channel, work.person, QUESTION)
    work.settle(bot)
    assert "三浦恵子" in shown(work.answer(work.channel, ts))
    assert len(calls(slack, "chat.startStream")) == 1


def test_instances_side_by_side_share_one_record(work, slack):
    with work.bot() as one, work.bot() as two:
        wait(lambda: len(slack.deliveries.sockets) == 2, "two sockets")
        asked = [
            slack.mention(work.channel, work.person, QUESTION, lanes=(n % 2, 1 - n % 2))
            for n in range(8)
        ]
        work.settle(one)
        work.settle(two)
        for ts in asked:
            assert "三浦恵子" in shown(work.answer(work.channel, ts))


def test_the_end_waits_for_running_answers_and_leaves_the_rest_to_the_next(work, slack, models):
    hold, begun = threading.Event(), threading.Event()
    real = models.engine.draft

    def slow(query, hits):
        begun.set()
        hold.wait(20)
        return real(query, hits)

    models.engine.draft = slow
    try:
        with work.bot(KIJI_SLACK_WORKERS="1") as service:
            first = slack.mention(work.channel, work.person, QUESTION)
            wait(begun.is_set, "the first begun")
            second = slack.mention(work.channel, work.person, QUESTION)
            wait(lambda: service.jobs.to_do() == 2, "two taken")
            ending = threading.Thread(target=service.stop, args=(20,))
            ending.start()
            time.sleep(0.2)
            hold.set()
            ending.join(20)
            assert not ending.is_alive()
        assert "三浦恵子" in shown(work.answer(work.channel, first))
        assert not work.answers(work.channel, second)
        with work.bot():
            assert "三浦恵子" in shown(work.answer(work.channel, second))
    finally:
        models.engine.draft = real


def test_an_answer_that_outlasts_the_end_is_not_taken_over_while_it_lasts(work, slack, models):
    hold, drafts = threading.Event(), []
    real = models.engine.draft

    def slow(query, hits):
        drafts.append(query)
        hold.wait(20)
        return real(query, hits)

    models.engine.draft = slow
    try:
        late = work.service()
        late.start()
        wait(lambda: slack.deliveries.sockets, "a socket")
        ts = slack.mention(work.channel, work.person, QUESTION)
        wait(lambda: drafts, "the answer begun")
        assert not late.stop(0.2)
        with work.bot() as heir:
            time.sleep(2)  # an heir looks every second for what the dead have left
            hold.set()
            work.settle(heir)
        assert "三浦恵子" in shown(work.answer(work.channel, ts))
        assert len(drafts) == 1
    finally:
        models.engine.draft = real
        hold.set()


def test_a_restart_forgets_nothing_that_stands_in_the_thread(work, slack):
    with work.bot():
        ts = slack.mention(work.channel, work.person, QUESTION)
        work.answer(work.channel, ts)
    with work.bot():
        slack.say(work.channel, work.person, "それはいつ発表しましたか？", ts)
        assert "3日" in shown(work.answer(work.channel, ts, 2))
    assert calls(slack, "conversations.replies")


def test_the_thread_is_read_once_and_then_remembered(work, bot, slack):
    ts = slack.mention(work.channel, work.person, QUESTION)
    work.answer(work.channel, ts)
    slack.say(work.channel, work.person, "それはいつ発表しましたか？", ts)
    assert "3日" in shown(work.answer(work.channel, ts, 2))
    slack.say(work.channel, work.person, "休館はいつですか？", ts)
    assert "9月20日" in shown(work.answer(work.channel, ts, 3))
    assert not calls(slack, "conversations.replies")


def test_a_thread_that_slack_does_not_show_is_remembered_from_the_record(work, slack):
    with work.bot():
        ts = slack.mention(work.channel, work.person, QUESTION)
        work.answer(work.channel, ts)
    slack.limits.forced["conversations.replies"].append(60)
    with work.bot():
        slack.say(work.channel, work.person, "それはいつ発表しましたか？", ts)
        assert "3日" in shown(work.answer(work.channel, ts, 2))


def test_what_other_bots_said_is_not_taken_for_an_answer(work, slack):
    with work.bot():
        ts = slack.mention(work.channel, work.person, QUESTION)
        work.answer(work.channel, ts)
        with slack.lock:
            held = slack.memory.channels[work.channel]
            slack.add(held, "U0OTHERBOT", {"text": "館長は佐藤氏", "bot_id": "B0OTHER"}, ts)
    with work.bot() as service:
        slack.say(work.channel, work.person, "それはいつ発表しましたか？", ts)
        work.answer(work.channel, ts, 2)
        turns = service.feedback.turns(work.channel, ts)
        exported = [turn.answer for _, turn in turns]
    assert not any("佐藤" in words for words in exported)


def test_records_expire(work, bot, slack):
    ts = slack.mention(work.channel, work.person, QUESTION)
    work.answer(work.channel, ts)
    work.settle(bot)
    question = Question(work.channel, ts, ts, work.person, "T", "")
    assert not bot.deliveries.take("Ev-again", question)
    expire(bot._ledger, retention_days=0)
    assert not bot.deliveries.takes_part(work.channel, ts)
    assert not bot.feedback.turns(work.channel, ts)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_question_that_kills_every_process_is_given_up_and_that_is_said(work, slack):
    life = Life(work.service())
    wait(lambda: slack.deliveries.sockets, "a socket")
    life.service.crew._run = life.die
    ts = slack.mention(work.channel, work.person, QUESTION)
    life.bury()
    with life.service._ledger.write() as db:
        db.execute("UPDATE questions SET attempts = ?", (MOST_ATTEMPTS,))
    with work.bot() as heir:
        work.settle(heir)
        assert "kiji が止まった" in shown(work.answer(work.channel, ts))
