"""All that is no question: votes, suggestions, commands, files, links, home, pane, shortcut."""

from __future__ import annotations

import json

import pytest

from tests.bot.slack.workplace import wait
from tests.fakes.slack.messages import BOT_USER, shown

pytestmark = pytest.mark.models

WHO = "湖畔図書館の館長は誰ですか？"
NOTE = "朝市の再開について\n\n朝市は6月12日に再開する。主催の大谷ひとみ氏が決めた。\n"


def told(slack, person, count):
    def mine():
        return [m for m in slack.memory.ephemerals if m["to"] == person]

    wait(lambda: len(mine()) >= count, f"{count} ephemeral message(s)")
    return shown(mine()[count - 1])


# --- votes


def test_a_vote_is_stored_with_question_answer_and_hits(work, bot, slack):
    ts = slack.mention(work.channel, work.person, WHO)
    message = work.answer(work.channel, ts)
    work.settle(bot)
    slack.click(work.channel, work.person, message["ts"], "kiji_feedback", "good")
    slack.click(work.channel, work.other, message["ts"], "kiji_feedback", "bad")
    slack.click(work.channel, work.other, message["ts"], "kiji_feedback", "good")
    (case,) = bot.feedback.export()
    assert (case["good"], case["bad"]) == (2, 0)
    assert case["question"] == WHO
    assert "三浦恵子" in case["answers"][0]
    assert (case["article"], case["qtype"]) == ("library", "who")
    assert "三浦恵子" in case["quotes"][0]
    assert case["hits"][0]["article"] == "library"
    assert work.person not in json.dumps(case)
    assert not list(bot.feedback.export(liked=False))


def test_a_vote_on_an_edited_question_is_for_its_new_answer(work, bot, slack):
    ts = slack.mention(work.channel, work.person, WHO)
    message = work.answer(work.channel, ts)
    work.settle(bot)
    slack.click(work.channel, work.person, message["ts"], "kiji_feedback", "bad")
    slack.edit(work.channel, ts, f"<@{BOT_USER}> 湖畔図書館はいつ休館しますか？")
    wait(lambda: "9月20日" in shown(work.answers(work.channel, ts)[0]), "the new answer")
    work.settle(bot)
    assert not list(bot.feedback.export())
    slack.click(work.channel, work.person, message["ts"], "kiji_feedback", "good")
    (case,) = bot.feedback.export()
    assert "いつ" in case["question"]


def test_a_follow_up_is_exported_with_its_history(work, bot, slack):
    ts = slack.mention(work.channel, work.person, WHO)
    work.answer(work.channel, ts)
    slack.say(work.channel, work.person, "それはいつ発表しましたか？", ts)
    message = work.answer(work.channel, ts, 2)
    work.settle(bot)
    slack.click(work.channel, work.person, message["ts"], "kiji_feedback", "good")
    (case,) = bot.feedback.export()
    assert [turn["question"] for turn in case["history"]] == [WHO]


# --- suggestions


def test_a_suggestion_is_asked_by_its_button_and_remembered(work, bot, slack):
    ts = slack.mention(work.channel, work.person, "湖畔図書館の休館の理由は何ですか？")
    message = work.answer(work.channel, ts)
    slack.click(work.channel, work.other, message["ts"], "kiji_ask_0")
    words = shown(work.answer(work.channel, ts, 2))
    assert words.startswith("> それはいつですか？\n\n")
    assert "9月20日" in words
    work.settle(bot)


def test_what_a_button_asked_is_history_after_a_restart(work, slack):
    with work.bot() as bot:
        ts = slack.mention(work.channel, work.person, "湖畔図書館の休館の理由は何ですか？")
        message = work.answer(work.channel, ts)
        slack.click(work.channel, work.other, message["ts"], "kiji_ask_0")
        work.answer(work.channel, ts, 2)
        work.settle(bot)
    with work.bot() as bot:
        slack.say(work.channel, work.person, "館長は誰ですか？", ts)
        last = work.answer(work.channel, ts, 3)
        work.settle(bot)
        slack.click(work.channel, work.person, last["ts"], "kiji_feedback", "good")
        (case,) = bot.feedback.export()
        assert [turn["question"] for turn in case["history"]] == [
            "湖畔図書館の休館の理由は何ですか？",
            "それはいつですか？",
        ]


# --- commands


def test_ask_answers_the_asker_alone(work, bot, slack):
    slack.command(work.channel, work.person, f"ask {WHO}")
    assert "三浦恵子" in told(slack, work.person, 1)
    assert not any(
        m["user"] == BOT_USER for m in slack.memory.channels[work.channel].messages.values()
    )


def test_help_is_in_the_persons_language(work, bot, slack):
    slack.command(work.channel, work.person, "help")
    assert "スレッドではそのまま" in told(slack, work.person, 1)
    slack.command(work.channel, work.other, "")
    assert "in a thread just ask on" in told(slack, work.other, 1)
    slack.command(work.channel, work.other, "frobnicate <!channel>")
    assert "no command" in told(slack, work.other, 2)


def test_commands_are_acknowledged_before_the_work_is_done(work, bot, slack):
    delivery = slack.command(work.channel, work.person, f"ask {WHO}")
    assert delivery.acks[0] < 3
    told(slack, work.person, 1)


def test_add_tells_of_its_progress_and_its_end(work, slack, pages):
    pages["/market.txt"] = ("text/plain; charset=utf-8", NOTE.encode())
    with work.bot(KIJI_ALLOW_PRIVATE_URLS="true"):
        slack.command(work.channel, work.person, f"add {pages.url}/market.txt")
        assert told(slack, work.person, 1) == "読み込んでいます…"
        assert "朝市" in told(slack, work.person, 2)
        assert "大谷ひとみ" in work.ask("朝市の再開を決めたのは誰ですか？")
        slack.command(work.channel, work.person, f"add {pages.url}/gone")
        failed = told(slack, work.person, 4)
        assert "Traceback" not in failed
        assert "404" in failed


def test_an_added_article_is_removed_and_no_other(work, slack, pages):
    pages["/market.txt"] = ("text/plain; charset=utf-8", NOTE.encode())
    with work.bot(KIJI_ALLOW_PRIVATE_URLS="true") as bot:
        slack.command(work.channel, work.person, f"add {pages.url}/market.txt")
        told(slack, work.person, 2)
        slack.command(work.channel, work.person, "remove 1")
        assert "取り除きました" in told(slack, work.person, 3)
        slack.command(work.channel, work.person, "remove 1")
        assert "取り除けません" in told(slack, work.person, 4)
        slack.command(work.channel, work.person, "remove 99")
        assert "99" in told(slack, work.person, 5)
        assert len(bot.shelf.infos()) == 2


def test_forget_deletes_what_is_kept_of_a_person_and_of_no_other(work, bot, slack):
    mine = slack.mention(work.channel, work.person, WHO)
    answer = work.answer(work.channel, mine)
    theirs = slack.mention(work.channel, work.other, WHO)
    work.answer(work.channel, theirs)
    work.settle(bot)
    slack.click(work.channel, work.person, answer["ts"], "kiji_feedback", "good")
    slack.command(work.channel, work.person, "forget")
    assert "1件" in told(slack, work.person, 1)
    with bot._ledger.read() as db:
        for table in ("questions", "answers", "votes"):
            rows = [dict(row) for row in db.execute(f"SELECT * FROM {table}")]  # noqa: S608
            assert work.person not in str(rows)
        (kept,) = db.execute("SELECT count(*) FROM answers").fetchone()
    assert kept == 1
    # What is left is enough to know a redelivery by.
    (event,) = [
        d.payload
        for d in slack.deliveries.log
        if d.kind == "events_api"
        and (d.payload["event"]["type"], d.payload["event"].get("ts")) == ("app_mention", mine)
    ]
    slack.deliver("events_api", event | {"event_id": "EvAGAIN"})
    work.settle(bot)
    assert len(work.answers(work.channel, mine)) == 1


# --- files, links, posts


def test_a_dropped_file_is_offered_and_read_in_at_a_click(work, bot, slack):
    file = slack.upload(work.person, "朝市.txt", NOTE.encode())
    ts = slack.mention(work.channel, work.person, "", files=(file,))
    offer = work.answer(work.channel, ts)
    assert "[読み込む：朝市.txt]" in shown(offer)
    slack.click(work.channel, work.person, offer["ts"], "kiji_add_0")
    wait(lambda: "読み込みました" in shown(work.answers(work.channel, ts)[-1]), "the end")
    assert "大谷ひとみ" in work.ask("朝市の再開を決めたのは誰ですか？")


def test_a_pasted_link_is_offered_beside_the_answer(work, slack, pages):
    pages["/market.txt"] = ("text/plain; charset=utf-8", NOTE.encode())
    with work.bot(KIJI_ALLOW_PRIVATE_URLS="true"):
        ts = slack.mention(work.channel, work.person, f"<{pages.url}/market.txt> {WHO}")
        message = work.answer(work.channel, ts)
        assert "三浦恵子" in shown(message)
        slack.click(work.channel, work.person, message["ts"], "kiji_add_0")
        wait(lambda: "読み込みました" in shown(work.answers(work.channel, ts)[-1]), "the end")


def test_without_files_read_the_person_is_told_so(work, bot, slack):
    file = slack.upload(work.person, "朝市.txt", NOTE.encode())
    ts = slack.mention(work.channel, work.person, "", files=(file,))
    offer = work.answer(work.channel, ts)
    real = slack.file_object
    slack.file_object = lambda found: (
        real(found) | {"url_private_download": f"{slack.url}files/nowhere"}
    )
    slack.click(work.channel, work.person, offer["ts"], "kiji_add_0")
    wait(lambda: "受け取れません" in shown(work.answers(work.channel, ts)[-1]), "the end")


def test_the_shortcut_reads_a_post_as_an_article_of_its_day(work, bot, slack):
    ts = slack.say(work.channel, work.other, NOTE)
    slack.shortcut(work.channel, work.person, ts, "kiji_read_message")
    assert "朝市" in told(slack, work.person, 2)
    words = work.ask("朝市の再開を決めたのは誰ですか？")
    assert "大谷ひとみ" in words
    assert "https://fake.slack.com/archives/" in words


# --- home and pane


def test_home_shows_articles_how_to_ask_and_settings(work, bot, slack):
    slack.open_app(work.person)
    home = wait(lambda: slack.memory.homes.get(work.person), "a home")
    words = json.dumps(home, ensure_ascii=False)
    for part in ("湖畔図書館が臨時休館", "Harbour ferry", "/kiji add", "embedded", "30日"):
        assert part in words
    slack.open_app(work.other)
    home = wait(lambda: slack.memory.homes.get(work.other), "a home")
    assert "How to ask" in json.dumps(home)


def test_the_pane_greets_once_and_suggests_from_the_articles(work, bot, slack):
    direct = slack.direct(work.person)
    for _ in range(2):
        slack.memory.prompts.clear()
        slack.open_app(work.person, "messages")
        wait(lambda: direct in slack.memory.prompts, "prompts")
        wait(lambda: slack.memory.channels[direct].messages, "a greeting")
    work.settle(bot)
    given = slack.memory.prompts[direct]
    assert 1 <= len(given["prompts"]) <= 4
    assert any("湖畔図書館" in prompt["message"] for prompt in given["prompts"])
    assert len(slack.memory.channels[direct].messages) == 1


def test_an_empty_library_says_how_to_add(work, bot, slack):
    for info in bot.shelf.infos():
        bot.shelf.library.remove(info.id)
    assert "/kiji add URL" in work.ask(WHO)
    slack.command(work.channel, work.person, f"ask {WHO}")
    assert "/kiji add URL" in told(slack, work.person, 1)
    slack.open_app(work.person, "messages")
    wait(lambda: slack.memory.prompts, "prompts")
