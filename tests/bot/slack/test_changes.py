"""An edited question is answered anew in its place; of a deleted one nothing stays."""

from __future__ import annotations

import threading

import pytest

from tests.bot.slack.workplace import wait
from tests.fakes.slack.messages import BOT_USER, shown

pytestmark = pytest.mark.models

WHO, WHEN = "湖畔図書館の館長は誰ですか？", "湖畔図書館はいつ休館しますか？"


@pytest.fixture
def slow(models):
    """Holds the engine until `go` is set; `begun` says that it was asked."""

    class Slow:
        begun, go = threading.Event(), threading.Event()

    real = models.engine.draft

    def draft(query, hits):
        Slow.begun.set()
        Slow.go.wait(20)
        return real(query, hits)

    models.engine.draft = draft
    yield Slow
    Slow.go.set()
    models.engine.draft = real


def test_an_edited_question_is_answered_anew_in_its_place(work, bot, slack):
    ts = slack.mention(work.channel, work.person, WHO)
    before = work.answer(work.channel, ts)["ts"]
    slack.edit(work.channel, ts, f"<@{BOT_USER}> {WHEN}")
    wait(lambda: "9月20日" in shown(work.answers(work.channel, ts)[0]), "the new answer")
    work.settle(bot)
    (message,) = work.answers(work.channel, ts)
    assert message["ts"] == before
    assert "三浦" not in shown(message)


def test_an_edit_in_mid_answer_ends_in_one_answer_to_the_new_words(work, bot, slack, slow):
    ts = slack.mention(work.channel, work.person, WHO)
    wait(slow.begun.is_set, "the engine asked")
    slack.edit(work.channel, ts, f"<@{BOT_USER}> {WHEN}")
    wait(lambda: all(d.done.is_set() for d in slack.deliveries.log), "the edit taken")
    slow.go.set()
    work.settle(bot)
    assert "9月20日" in shown(work.answer(work.channel, ts))


def test_a_deleted_question_takes_its_answer_along(work, bot, slack):
    ts = slack.mention(work.channel, work.person, WHO)
    work.answer(work.channel, ts)
    slack.delete(work.channel, ts)
    wait(lambda: not work.answers(work.channel, ts), "the answer gone")
    work.settle(bot)
    assert not bot.feedback.turns(work.channel, ts)


def test_a_question_deleted_in_mid_answer_is_not_answered(work, bot, slack, slow):
    ts = slack.mention(work.channel, work.person, WHO)
    wait(slow.begun.is_set, "the engine asked")
    slack.delete(work.channel, ts)
    wait(lambda: all(d.done.is_set() for d in slack.deliveries.log), "the deletion taken")
    slow.go.set()
    work.settle(bot)
    assert not work.answers(work.channel, ts)


def test_a_message_that_comes_to_mention_the_bot_is_answered(work, bot, slack):
    ts = slack.say(work.channel, work.person, WHO)
    slack.edit(work.channel, ts, f"<@{BOT_USER}> {WHO}")
    assert "三浦恵子" in shown(work.answer(work.channel, ts))


def test_an_unfolded_link_is_no_edit(work, bot, slack):
    ts = slack.mention(work.channel, work.person, WHO)
    work.answer(work.channel, ts)
    count = len(slack.calls)
    message = slack.memory.channels[work.channel].messages[ts]
    with slack.lock:
        slack.changed(work.channel, {**message, "attachments": [{}]}, dict(message))
    work.settle(bot)
    assert len(slack.calls) == count


def test_an_answer_that_somebody_deleted_is_posted_anew_on_an_edit(work, bot, slack):
    ts = slack.mention(work.channel, work.person, WHO)
    answer = work.answer(work.channel, ts)["ts"]
    del slack.memory.channels[work.channel].messages[answer]
    slack.edit(work.channel, ts, f"<@{BOT_USER}> {WHEN}")
    assert "9月20日" in shown(work.answer(work.channel, ts))


def given_up(work, bot, slack):
    """A question that was tried too often while Slack took no answer."""
    bot.jobs.postpone = lambda job, _: bot.jobs.give_up(job)
    slack.streams_refused = "channel_type_not_supported"

    def deaf(_):
        raise ConnectionError

    slack.before["chat.postMessage"] = deaf
    ts = slack.mention(work.channel, work.person, WHO)
    work.settle(bot)
    assert not work.answers(work.channel, ts)
    del slack.before["chat.postMessage"], bot.jobs.postpone
    return ts


def test_an_edit_asks_a_question_anew_that_was_given_up(work, bot, slack):
    ts = given_up(work, bot, slack)
    slack.edit(work.channel, ts, f"<@{BOT_USER}> {WHEN}")
    assert "9月20日" in shown(work.answer(work.channel, ts))


def test_who_may_not_ask_may_not_ask_by_an_edit(work, slack):
    with work.bot(KIJI_SLACK_USERS=work.person) as bot:
        ts = slack.mention(work.channel, work.other, WHO)
        work.settle(bot)
        slack.edit(work.channel, ts, f"<@{BOT_USER}> {WHEN}")
        work.settle(bot)
        assert not work.answers(work.channel, ts)
