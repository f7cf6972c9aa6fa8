from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation import HISTORY_CHARACTERS, HISTORY_TURNS, NAME, Kept, Talks, history
from bot.values import Scope
from retrieval.errors import StoreError
from tests.fakes.kiji import answer, refusal

NOW = datetime(2025, 9, 4, 12, tzinfo=UTC)


def test_a_talk_comes_back_as_it_was_held(store):
    told = answer("いつですか")
    with closing(Talks(store)) as talks:
        talk = talks.start("default", Scope(frozenset({"b", "a"})), NOW)
        talks.add(talk, told, NOW)
        talks.add(talk, refusal(), NOW + timedelta(minutes=1))
    with closing(Talks(store)) as talks:
        assert talks.last("default") == talk
        assert talks.scope(talk) == Scope(frozenset({"a", "b"}))
        first, second = talks.turns(talk)
    assert first.question == "いつですか"
    assert first.asked == NOW
    assert first.answer.citations == told.citations
    assert first.answer.claims == told.claims
    assert first.answer.date == told.date
    assert first.answer.hits == ()
    assert not second.answer.answered


def test_the_last_talk_is_the_one_with_the_latest_turn_of_its_collection(store):
    with closing(Talks(store)) as talks:
        one = talks.start("default", Scope(), NOW)
        two = talks.start("default", Scope(), NOW)
        other = talks.start("other", Scope(), NOW)
        assert talks.last("default") is None
        for talk in (two, one, other):
            talks.add(talk, answer(), NOW)
        assert talks.last("default") == one
        assert talks.last("other") == other
        assert talks.last("none") is None


def test_two_processes_may_hold_the_file_open(store):
    with closing(Talks(store)) as one, closing(Talks(store)) as two:
        first = one.start("default", Scope(), NOW)
        second = two.start("default", Scope(), NOW)
        one.add(first, answer("一"), NOW)
        two.add(second, answer("二"), NOW)
        assert [kept.question for kept in one.turns(second)] == ["二"]


def test_a_broken_file_is_told(store):
    store.mkdir()
    (store / NAME).write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreError) as caught:
        Talks(store)
    assert caught.value.key == "chat.talks_unusable"


def test_a_newer_file_is_left_alone(store):
    Talks(store).close()
    with closing(sqlite3.connect(store / NAME)) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError) as caught:
        Talks(store)
    assert caught.value.key == "chat.talks_newer"


def test_a_folder_that_is_a_file_is_told(store):
    store.write_text("")
    with pytest.raises(StoreError):
        Talks(store)


def kept(question: str, **more) -> Kept:
    told = answer(question, **more)
    return Kept(question, told, NOW)


def test_history_is_the_last_turns_oldest_first():
    turns = [kept(f"問{number}") for number in range(HISTORY_TURNS + 3)]
    given = history(turns)
    assert [turn.question for turn in given] == [f"問{n}" for n in range(3, HISTORY_TURNS + 3)]


def test_history_is_bounded_in_length_and_leaves_out_thanks():
    long = kept("長" * HISTORY_CHARACTERS)
    turns = [long, kept("短い"), kept("ありがとう", social=True)]
    assert [turn.question for turn in history(turns)] == ["短い"]
