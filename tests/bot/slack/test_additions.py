"""What was acknowledged is read in, and told of once, wherever the process dies."""

from __future__ import annotations

import json

import pytest

from bot.slack.additions import MOST_ATTEMPTS, Told
from tests.bot.slack.life import Life
from tests.bot.slack.workplace import wait
from tests.fakes.slack import SlackError
from tests.fakes.slack.messages import shown

pytestmark = [
    pytest.mark.models,
    # The worker's thread ends by SystemExit, which is how a death is played here.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning"),
]

NOTE = "朝市の再開について\n\n朝市は6月12日に再開する。主催の大谷ひとみ氏が決めた。\n"
WHO = "朝市の再開を決めたのは誰ですか？"
BEGUN, ENDED = "読み込んでいます…", ("読み込みました", "もう読み込んであります")


@pytest.fixture
def work(work, pages):
    pages["/market.txt"] = ("text/plain; charset=utf-8", NOTE.encode())
    work.more["KIJI_ALLOW_PRIVATE_URLS"] = "true"
    work.url = f"{pages.url}/market.txt"
    return work


def alone(slack, person):
    """What a person was told alone, in order."""
    return [shown(m) for m in slack.memory.ephemerals if m["to"] == person]


def ended(words):
    return [one for one in words if any(end in one for end in ENDED)]


def offered(work, slack):
    """The thread of a message whose link is offered to be read in; and the offer."""
    ts = slack.mention(work.channel, work.person, f"<{work.url}>")
    return ts, work.answer(work.channel, ts)["ts"]


def in_the_library(service):
    return [info.id for info in service.shelf.infos() if info.id.startswith("slack:")]


# --- the moments of death


def _before_anything(life):
    life.service.adders._run = life.die


def _about_to_index(life):
    life.service.shelf.library.index = life.die


def _indexed_and_not_noted(life):
    life.service.additions.ended = life.die


def _told_and_not_forgotten(life):
    life.service.additions.finish = life.die


def _begun_and_not_noted(life):
    life.service.additions.noticed = life.die


def _known_and_not_told(life):
    real = life.service.additions.telling

    def die_at_the_end(job, told):
        if told is Told.ENDED:
            life.die()
        real(job, told)

    life.service.additions.telling = die_at_the_end


ANYWHERE = [_before_anything, _about_to_index, _indexed_and_not_noted, _told_and_not_forgotten]


@pytest.mark.parametrize("moment", [*ANYWHERE, _known_and_not_told])
def test_a_command_outlives_its_process_and_is_told_of_once(work, slack, moment):
    life = Life(work.service())
    wait(lambda: slack.deliveries.sockets, "a socket")
    moment(life)
    slack.command(work.channel, work.person, f"add {work.url}")
    life.bury()
    with work.bot() as heir:
        work.settle(heir)
        words = alone(slack, work.person)
        assert len(ended(words)) == 1
        assert words.count(BEGUN) == 1
        assert len(in_the_library(heir)) == 1
        assert "大谷ひとみ" in work.ask(WHO)


@pytest.mark.parametrize("moment", [*ANYWHERE, _begun_and_not_noted])
def test_a_click_outlives_its_process_and_is_told_of_in_one_message(work, slack, moment):
    life = Life(work.service())
    wait(lambda: slack.deliveries.sockets, "a socket")
    ts, offer = offered(work, slack)
    moment(life)
    slack.click(work.channel, work.person, offer, "kiji_add_0")
    life.bury()
    with work.bot() as heir:
        work.settle(heir)
        told = [shown(m) for m in work.answers(work.channel, ts) if m["ts"] != offer]
        assert len(told) == 1
        assert len(ended(told)) == 1
        assert len(in_the_library(heir)) == 1
        assert not alone(slack, work.person)


def test_the_words_of_a_post_outlive_the_process(work, slack):
    life = Life(work.service())
    wait(lambda: slack.deliveries.sockets, "a socket")
    _about_to_index(life)
    ts = slack.say(work.channel, work.other, NOTE)
    slack.shortcut(work.channel, work.person, ts, "kiji_read_message")
    life.bury()
    with work.bot() as heir:
        work.settle(heir)
        assert len(ended(alone(slack, work.person))) == 1
        assert "大谷ひとみ" in work.ask(WHO)


def test_what_kills_every_process_is_given_up_and_that_is_said(work, slack):
    life = Life(work.service())
    wait(lambda: slack.deliveries.sockets, "a socket")
    _about_to_index(life)
    slack.command(work.channel, work.person, f"add {work.url}")
    life.bury()
    with life.service._ledger.write() as db:
        db.execute("UPDATE additions SET attempts = ?", (MOST_ATTEMPTS,))
    with work.bot() as heir:
        work.settle(heir)
        assert "kiji が止まった" in alone(slack, work.person)[-1]
        assert not in_the_library(heir)


# --- once


def test_an_act_that_arrives_again_is_done_once(work, bot, slack):
    slack.command(work.channel, work.person, f"add {work.url}")
    work.settle(bot)
    (payload,) = [d.payload for d in slack.deliveries.log if d.kind == "slash_commands"]
    slack.deliver("slash_commands", payload)
    work.settle(bot)
    assert len(alone(slack, work.person)) == 2


def test_what_can_not_be_written_down_is_not_acknowledged(work, bot, slack):
    def full(_):
        raise OSError(28, "No space left on device")

    bot.additions.take = full
    slack.deliveries.ack_seconds = 0.5
    delivery = slack.command(work.channel, work.person, f"add {work.url}")
    assert not delivery.acks
    assert not alone(slack, work.person)


# --- other ways to be told


def test_where_the_response_url_takes_no_more_the_end_is_told_all_the_same(work, bot, slack):
    slack.new_response_url = lambda *_: f"{slack.url}respond/expired"
    slack.command(work.channel, work.person, f"add {work.url}")
    work.settle(bot)
    assert len(ended(alone(slack, work.person))) == 1


def test_where_the_thread_takes_no_message_the_person_is_told_alone(work, bot, slack):
    ts, offer = offered(work, slack)

    def refuse(_):
        raise SlackError("restricted_action")

    slack.before["chat.postMessage"] = refuse
    slack.click(work.channel, work.person, offer, "kiji_add_0")
    work.settle(bot)
    assert len(work.answers(work.channel, ts)) == 1
    assert len(ended(alone(slack, work.person))) == 1


def test_a_notice_whose_arrival_nobody_heard_of_is_gone_on_with(work, bot, slack):
    ts, offer = offered(work, slack)
    heard = []

    def deaf(_):
        if not heard:
            heard.append(1)
            raise ConnectionError

    slack.after["chat.postMessage"] = deaf
    slack.click(work.channel, work.person, offer, "kiji_add_0")
    work.settle(bot)
    told = [shown(m) for m in work.answers(work.channel, ts) if m["ts"] != offer]
    assert len(told) == len(ended(told)) == 1


def test_a_file_that_slack_no_longer_has_is_told_in_a_sentence_that_says_what_to_do(
    work, bot, slack
):
    file = slack.upload(work.person, "朝市.txt", NOTE.encode())
    ts = slack.mention(work.channel, work.person, "", files=(file,))
    offer = work.answer(work.channel, ts)["ts"]
    slack.memory.files.clear()
    slack.click(work.channel, work.person, offer, "kiji_add_0")
    work.settle(bot)
    words = shown(work.answers(work.channel, ts)[-1])
    assert "もう一度上げて" in words
    assert "番号" not in words


def test_nothing_of_an_addition_stays_in_the_record_when_it_is_done(work, bot, slack):
    slack.command(work.channel, work.person, f"add {work.url}")
    work.settle(bot)
    with bot._ledger.read() as db:
        assert not db.execute("SELECT * FROM additions").fetchall()
        (events,) = db.execute("SELECT json_group_array(id) FROM events").fetchone()
    assert any(event.startswith("add ") for event in json.loads(events))
