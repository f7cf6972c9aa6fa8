"""What is added in a place is found there and nowhere else, whatever is tried."""

from __future__ import annotations

import json
import urllib.parse

import pytest

from tests.bot.slack.workplace import wait
from tests.fakes.slack.messages import shown

pytestmark = pytest.mark.models

STORY = """<html><head><title>Orchard fire drill</title></head><body><article>
<h1>Orchard fire drill</h1>
<p>The orchard held its fire drill on 12 June 2025. Chief Tomas Brandt led the drill.</p>
<p>Every visitor left the grounds within six minutes, and nobody was hurt during the exercise.</p>
</article></body></html>"""
WHO = "Who led the orchard fire drill?"


@pytest.fixture
def work(work, pages):
    pages["/story"] = ("text/html; charset=utf-8", STORY.encode())
    work.more["KIJI_ALLOW_PRIVATE_URLS"] = "true"
    return work


def told(slack, person, count):
    """The `count`-th thing that a person was told alone."""
    mine = lambda: [m for m in slack.memory.ephemerals if m["to"] == person]  # noqa: E731
    wait(lambda: len(mine()) >= count, f"{count} ephemeral message(s)")
    return shown(mine()[count - 1])


def add(work, slack, channel, person, url):
    before = len([m for m in slack.memory.ephemerals if m["to"] == person])
    slack.command(channel, person, f"add {url}")
    return told(slack, person, before + 2)


def test_an_article_added_in_a_channel_is_found_in_that_channel_alone(work, bot, slack, pages):
    elsewhere = slack.new_channel(work.person, work.other)
    assert "Orchard fire drill" in add(work, slack, work.channel, work.other, f"{pages.url}/story")
    assert "Brandt" in work.ask(WHO)
    assert "Brandt" not in work.ask(WHO, channel=elsewhere)
    direct = slack.direct(work.other)
    ts = slack.say(direct, work.other, WHO)
    assert "Brandt" not in shown(work.answer(direct, ts))


def test_an_article_added_in_a_direct_message_is_that_persons_alone(work, bot, slack, pages):
    direct, others = slack.direct(work.person), slack.direct(work.other)
    add(work, slack, direct, work.person, f"{pages.url}/story")
    ts = slack.say(direct, work.person, WHO)
    assert "Brandt" in shown(work.answer(direct, ts))
    ts = slack.say(others, work.other, WHO)
    assert "Brandt" not in shown(work.answer(others, ts))
    assert "Brandt" not in work.ask(WHO)  # not even where its owner asks, for others read there


def test_nothing_of_a_hidden_article_shows_in_a_refusal_a_summary_or_a_list(
    work, bot, slack, pages
):
    direct = slack.direct(work.person)
    add(work, slack, direct, work.person, f"{pages.url}/story")
    for words in (WHO, "Summarize the orchard fire drill", "要約して", "Brandt Orchard drill"):
        assert "Orchard" not in work.ask(words).replace("Orchard fire drill?", "")
    slack.command(work.channel, work.other, "articles")
    assert "Orchard" not in told(slack, work.other, 1)
    slack.open_app(work.other)
    wait(lambda: work.other in slack.memory.homes, "a home")
    assert "Orchard" not in json.dumps(slack.memory.homes[work.other])


def test_an_article_of_another_place_can_not_be_bound_removed_or_shared_by_its_id(
    work, bot, slack, pages
):
    direct = slack.direct(work.person)
    add(work, slack, direct, work.person, f"{pages.url}/story")
    (hidden,) = [info.id for info in bot.shelf.infos() if info.id.startswith("slack:")]
    for command in (f"use {hidden}", f"remove {hidden}", f"share {hidden}"):
        slack.command(work.channel, work.other, command)
    wait(lambda: len(slack.memory.ephemerals) >= 5, "three refusals")
    assert "Brandt" not in work.ask(WHO)
    assert hidden in [info.id for info in bot.shelf.infos()]


def test_the_same_page_added_by_somebody_else_changes_nothing_for_the_first(
    work, bot, slack, pages
):
    direct = slack.direct(work.person)
    add(work, slack, direct, work.person, f"{pages.url}/story")
    pages["/story"] = ("text/html", STORY.replace("Tomas Brandt", "Eve Mallory").encode())
    add(work, slack, work.channel, work.other, f"{pages.url}/story")
    ts = slack.say(direct, work.person, WHO)
    assert "Brandt" in shown(work.answer(direct, ts))
    assert "Mallory" in work.ask(WHO)


def test_a_page_can_not_take_the_id_of_an_article_of_another_place(work, bot, slack, pages):
    forged = {"title": "x", "text": "館長は偽物太郎氏だと発表した。館長は偽物太郎氏である。"}
    lines = [
        json.dumps({"id": name, **forged})
        for name in ("library", f"slack:{work.channel}:library", "../library")
    ]
    pages["/forged.jsonl"] = ("application/jsonl", "\n".join(lines).encode())
    direct = slack.direct(work.other)
    add(work, slack, direct, work.other, f"{pages.url}/forged.jsonl")
    words = work.ask("湖畔図書館の館長は誰ですか？")
    assert "三浦恵子" in words
    assert "偽物" not in words


@pytest.mark.parametrize(
    "source",
    [
        "/etc/hostname",
        "file:///etc/hostname",
        "-",
        "ftp://127.0.0.1/x",
        "C:\\x",
        "../../x",
        "~/.ssh",
    ],
)
def test_only_http_addresses_are_read_for_anybody(work, bot, slack, source):
    slack.command(work.channel, work.other, f"add {source}")
    assert "http://" in told(slack, work.other, 1)
    assert not [info for info in bot.shelf.infos() if info.id.startswith("slack:")]


def test_private_addresses_are_not_fetched_unless_a_setting_allows_it(work, slack, pages):
    work.more.clear()
    with work.bot() as bot:
        outcome = add(work, slack, work.channel, work.other, f"{pages.url}/story")
        assert "Orchard" not in outcome
        assert not [info for info in bot.shelf.infos() if info.id.startswith("slack:")]


def test_an_admin_shares_an_article_with_everybody(work, slack, pages):
    with work.bot(KIJI_SLACK_ADMINS=work.person):
        elsewhere = slack.new_channel(work.person)
        add(work, slack, work.channel, work.person, f"{pages.url}/story")
        slack.command(work.channel, work.other, "share 1")
        assert "admin" in told(slack, work.other, 1)
        assert "Brandt" not in work.ask(WHO, channel=elsewhere)
        slack.command(work.channel, work.person, "share 1")
        wait(lambda: "すべてのチャンネル" in str(slack.memory.ephemerals), "shared")
        assert "Brandt" in work.ask(WHO, channel=elsewhere)


def test_an_unknown_id_in_slacks_own_form_is_seen_from_nowhere(work, bot, slack, pages):
    add(work, slack, work.channel, work.other, f"{pages.url}/story")
    assert "Brandt" in work.ask(WHO)
    with bot._ledger.write() as db:
        db.execute("DELETE FROM grants")
    assert "Brandt" not in work.ask(WHO)


def test_a_channel_is_bound_to_articles_and_unbound(work, bot, slack):
    slack.command(work.channel, work.other, "articles")
    listed = told(slack, work.other, 1)
    number = next(line[0] for line in listed.split("\n") if "ferry" in line)
    slack.command(work.channel, work.other, f"use {number}")
    assert "Harbour ferry" in told(slack, work.other, 2)
    assert "三浦" not in work.ask("湖畔図書館の館長は誰ですか？")
    slack.command(work.channel, work.other, "use all")
    told(slack, work.other, 3)
    assert "三浦" in work.ask("湖畔図書館の館長は誰ですか？")


def test_only_an_admin_binds_a_channel_to_another_collection(work, slack, models):
    from dataclasses import replace

    from retrieval.store import Library
    from retrieval.values import Article

    with work.bot(KIJI_SLACK_ADMINS=work.person) as bot:
        options = replace(bot.shelf.library.options, collection="mill")
        text = (
            "Mill wheel stops\n\nThe old mill wheel stopped on 3 March 2025. Greta Lund found it."
        )
        with Library.open(options, models.library.embedder) as other:
            other.index([Article("mill", "mill.txt", "Mill wheel stops", text)])
        question = "Who found the old mill wheel stopped?"
        slack.command(work.channel, work.other, "use collection mill")
        assert "admin" in told(slack, work.other, 1)
        assert "Lund" not in work.ask(question)
        slack.command(work.channel, work.person, "use collection mill")
        told(slack, work.person, 1)
        assert "Lund" in work.ask(question)


def test_who_is_not_on_the_list_gets_an_ephemeral_no(work, slack):
    with work.bot(KIJI_SLACK_USERS=work.person, KIJI_SLACK_CHANNELS=work.channel) as bot:
        ts = slack.mention(work.channel, work.other, "いつ休館しますか？")
        assert "can't use kiji here" in told(slack, work.other, 1)
        elsewhere = slack.new_channel(work.person)
        away = slack.mention(elsewhere, work.person, "いつ休館しますか？")
        assert "使えません" in told(slack, work.person, 1)
        slack.command(work.channel, work.other, "ask いつ休館しますか？")
        assert "can't use kiji here" in told(slack, work.other, 2)
        slack.say(work.channel, work.other, "また聞く", ts)  # a follow-up to nobody: no second no
        work.settle(bot)
        assert not work.answers(work.channel, ts)
        assert not work.answers(elsewhere, away)
        assert len(slack.memory.ephemerals) == 3
        assert "9月20日" in work.ask("湖畔図書館はいつ休館しますか？")


def test_the_token_goes_to_no_address_outside_slack(work, bot, slack, pages):
    file = slack.upload(work.person, "note.txt", b"hello")
    real = slack.file_object

    def elsewhere(found):
        host = urllib.parse.urlsplit(pages.url).netloc.replace("127.0.0.1", "localhost")
        return real(found) | {"url_private_download": f"http://{host}/steal"}

    slack.file_object = elsewhere
    ts = slack.mention(work.channel, work.person, "", files=(file,))
    message = work.answer(work.channel, ts)
    slack.click(work.channel, work.person, message["ts"], "kiji_add_0")
    wait(lambda: "Slack の外" in str(work.answers(work.channel, ts)), "a refusal")
    assert not pages.asked


@pytest.mark.parametrize("listed", [True, False])
def test_a_private_channel_is_kept_from_any_outside_model(work, slack, models, listed):
    scopes = []
    with work.bot(KIJI_SLACK_PRIVATE_CHANNELS=work.channel if listed else "") as bot:
        real = bot.shelf.kiji.answer

        def heard(question, history, scope, asked_at):
            scopes.append(scope)
            return real(question, history, scope, asked_at)

        bot.shelf.kiji.answer = heard
        work.ask("館長は誰ですか？")
    assert [scope.private for scope in scopes] == [listed]
