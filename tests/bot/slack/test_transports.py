"""The same bot over a socket that is lost and over HTTP that is signed."""

from __future__ import annotations

import http.client
import json
import socket
import time

import pytest

from tests.bot.slack.workplace import wait
from tests.fakes.slack.deliveries import signature
from tests.fakes.slack.messages import shown

pytestmark = pytest.mark.models

WHO = "湖畔図書館の館長は誰ですか？"


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return str(probe.getsockname()[1])


@pytest.fixture
def http_bot(work):
    with work.bot(KIJI_SLACK_TRANSPORT="http", KIJI_SLACK_PORT=free_port()) as service:
        wait(service.ready, "ready")
        yield service


def test_a_cut_socket_is_opened_again_and_nothing_is_lost(work, bot, slack):
    slack.run(slack.deliveries.cut())
    ts = slack.mention(work.channel, work.person, WHO)
    assert "三浦恵子" in shown(work.answer(work.channel, ts))


def test_a_socket_lost_in_mid_answer_changes_nothing(work, bot, slack):
    def cut(_):
        slack.spawn(slack.deliveries.cut())

    slack.before["chat.stopStream"] = cut
    ts = slack.mention(work.channel, work.person, WHO)
    assert "三浦恵子" in shown(work.answer(work.channel, ts))
    work.settle(bot)
    assert len(work.answers(work.channel, ts)) == 1


def test_slow_answers_do_not_hold_up_acknowledgements(work, bot, slack, models):
    real = models.engine.draft

    def slow(query, hits):
        time.sleep(1)
        return real(query, hits)

    models.engine.draft = slow
    try:
        asked = [slack.mention(work.channel, work.person, WHO) for _ in range(12)]
        wait(lambda: all(d.done.is_set() for d in slack.deliveries.log), "acknowledged", 3)
        assert max(ack for d in slack.deliveries.log for ack in d.acks) < 1
        for ts in asked:
            work.answer(work.channel, ts)
    finally:
        models.engine.draft = real


def test_over_http_a_question_is_answered_and_everything_else_works(work, http_bot, slack):
    ts = slack.mention(work.channel, work.person, WHO)
    message = work.answer(work.channel, ts)
    assert "三浦恵子" in shown(message)
    work.settle(http_bot)
    assert slack.click(work.channel, work.person, message["ts"], "kiji_feedback", "good").acks
    assert len(list(http_bot.feedback.export())) == 1
    assert slack.command(work.channel, work.person, "articles").acks
    wait(lambda: "湖畔図書館" in str(slack.memory.ephemerals), "the list")
    slack.open_app(work.person)
    wait(lambda: slack.memory.homes, "a home")
    slack.deliveries.lose_acks = 2
    again = slack.mention(work.channel, work.person, WHO)
    work.settle(http_bot)
    assert len(work.answers(work.channel, again)) == 1


@pytest.mark.parametrize("fault", ["none", "secret", "age", "body"])
def test_only_signed_requests_are_heard(work, http_bot, slack, fault):
    event = {"type": "app_mention", "user": work.person, "channel": work.channel,
             "ts": slack.memory.stamp(), "text": WHO}  # fmt: skip
    body = json.dumps(slack.event_payload(event))
    headers = {"Content-Type": "application/json"}
    match fault:
        case "secret":
            headers |= signature(body, "another secret")
        case "age":
            headers |= signature(body, at=time.time() - 600)
        case "body":
            headers |= signature(body + " ")
    connection = http.client.HTTPConnection("127.0.0.1", http_bot.transport.port, timeout=5)
    connection.request("POST", "/slack/events", body.encode(), headers)
    status = connection.getresponse().status
    connection.close()
    assert status == 401
    assert http_bot.jobs.to_do() == 0


def test_health_and_readiness(work, http_bot):
    def status(path):
        connection = http.client.HTTPConnection("127.0.0.1", http_bot.transport.port, timeout=5)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        finally:
            connection.close()

    assert status("/healthz") == 200
    assert status("/readyz") == 200
    assert status("/else") == 404
    http_bot._stopping = True
    assert status("/readyz") == 503
    assert status("/healthz") == 200
