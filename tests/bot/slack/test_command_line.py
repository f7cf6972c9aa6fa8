"""`kiji slack`, `--check` and `kiji feedback export`, as processes would run them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import pytest

from bot.cli.entry import run
from bot.evaluate.questions import question_of
from bot.slack.check import manifest
from bot.values import Turn
from tests.bot.slack.workplace import wait
from tests.fakes.slack.messages import APP_TOKEN, BOT_TOKEN, SECRET, shown


@pytest.fixture
def environ(slack, tmp_path):
    return {
        "KIJI_STORE": str(tmp_path / "store"),
        "KIJI_SLACK_BOT_TOKEN": BOT_TOKEN,
        "KIJI_SLACK_APP_TOKEN": APP_TOKEN,
        "KIJI_SLACK_SIGNING_SECRET": SECRET,
        "KIJI_SLACK_API_URL": slack.api_url,
    }


def checked(environ, capsys, **more):
    status = run(["slack", "--check"], environ | more)
    return status, capsys.readouterr().out


def test_check_finds_all_well(environ, capsys, slack):
    person = slack.person("mika")
    status, out = checked(environ, capsys, KIJI_SLACK_ADMINS=person)
    assert status == 0, out
    for part in (
        "bot token",
        "chat:write",
        "socket: connected",
        person,
        "rendering",
        "All is well",
    ):
        assert part in out
    assert BOT_TOKEN not in out
    assert APP_TOKEN not in out


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"KIJI_SLACK_BOT_TOKEN": ""}, "KIJI_SLACK_BOT_TOKEN"),
        ({"KIJI_SLACK_BOT_TOKEN": "xoxb-wrong"}, "invalid_auth"),
        ({"KIJI_SLACK_APP_TOKEN": ""}, "KIJI_SLACK_APP_TOKEN"),
        ({"KIJI_SLACK_APP_TOKEN": "xapp-wrong"}, "KIJI_SLACK_APP_TOKEN (invalid_auth)"),
        ({"KIJI_SLACK_ADMINS": "U9NOBODY"}, "U9NOBODY"),
        (
            {"KIJI_SLACK_TRANSPORT": "http", "KIJI_SLACK_SIGNING_SECRET": ""},
            "KIJI_SLACK_SIGNING_SECRET",
        ),
        ({"KIJI_SLACK_API_URL": "http://127.0.0.1:9/api"}, "http://127.0.0.1:9/api"),
    ],
)
def test_check_names_what_is_missing(environ, capsys, change, named):
    status, out = checked(environ, capsys, **change)
    assert status == 1
    assert named in next(line for line in out.split("\n") if line.startswith("[WRONG]"))


def test_check_names_the_missing_scopes(environ, capsys, slack):
    slack.scopes -= {"files:read", "commands"}
    status, out = checked(environ, capsys)
    assert status == 1
    assert "missing: commands, files:read" in out


def test_without_a_token_the_bot_says_which(capsys, tmp_path):
    assert run(["slack"], {"KIJI_STORE": str(tmp_path)}) == 1
    assert "KIJI_SLACK_BOT_TOKEN" in capsys.readouterr().err


def test_the_manifest_asks_for_what_the_listeners_hear(slack):
    made = manifest()
    events = made["settings"]["event_subscriptions"]["bot_events"]
    assert events == sorted(
        ["agent_session_stopped", "app_home_opened", "app_mention", "message.channels",
         "message.groups", "message.im"]
    )  # fmt: skip
    # The fake gives exactly these scopes, and refuses what needs others.
    assert set(made["oauth_config"]["scopes"]["bot"]) == slack.scopes
    assert "agent_view" in made["features"]
    assert len(made["features"]["agent_view"]["agent_description"]) <= 300
    assert len(made["display_information"]["description"]) <= 140
    (shortcut,) = made["features"]["shortcuts"]
    assert len(shortcut["name"]) <= 24


@pytest.mark.models
def test_exported_cases_are_what_eval_reads(work, slack, capsys):
    with work.bot() as bot:
        for words in ("湖畔図書館の館長は誰ですか？", "火星に行ったのは誰ですか？"):
            ts = slack.mention(work.channel, work.person, words)
            message = work.answer(work.channel, ts)
            work.settle(bot)
            slack.click(work.channel, work.person, message["ts"], "kiji_feedback", "good")
    assert run(["feedback", "export", "--store", str(work.store)], {}) == 0
    cases = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    made = [
        question_of(
            case["id"], case["question"], tuple(Turn(**turn) for turn in case["history"]), case
        )
        for case in cases
    ]
    (accepted,) = made[0].answers
    assert "三浦恵子" in accepted
    assert made[1].answers == ()
    assert made[0].articles == {"library"}
    assert run(["feedback", "export", "--bad", "--store", str(work.store)], {}) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.models
@pytest.mark.slow
def test_the_real_process_is_killed_and_its_heir_does_all_once(work, environ, slack, pages):
    command = [
        sys.executable,
        "-c",
        "from bot.cli import main; main()",
        "slack",
        "--store",
        str(work.store),
    ]
    environ = {**os.environ, **environ, "KIJI_ALLOW_PRIVATE_URLS": "true"}
    note = "朝市は6月12日に再開する。主催の大谷ひとみ氏が決めた。"
    pages["/market.txt"] = ("text/plain; charset=utf-8", note.encode())

    def begin():
        process = subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL)
        wait(lambda: slack.deliveries.sockets, "a socket", 120)
        return process

    first = begin()
    try:
        # Its models are not loaded yet: it has taken the command and the question, and can
        # have indexed and answered nothing.
        assert slack.command(work.channel, work.person, f"add {pages.url}/market.txt").acks
        ts = slack.mention(work.channel, work.person, "湖畔図書館の館長は誰ですか？")
        wait(lambda: all(d.done.is_set() for d in slack.deliveries.log), "acknowledged", 20)
    finally:
        first.kill()
        first.wait()
    assert not work.answers(work.channel, ts)
    wait(lambda: not slack.deliveries.sockets, "the socket gone")
    second = begin()
    try:
        wait(lambda: work.answers(work.channel, ts), "an answer", 120)
        assert "三浦恵子" in shown(work.answer(work.channel, ts))
        wait(lambda: len(slack.memory.ephemerals) == 2, "the article", 60)
        second.send_signal(signal.SIGTERM)
        assert second.wait(30) == 0
    finally:
        second.kill()
        second.wait()
    assert len(work.answers(work.channel, ts)) == 1
    begun, ended = (shown(message) for message in slack.memory.ephemerals)
    assert begun == "読み込んでいます…"
    assert "読み込みました" in ended
