from __future__ import annotations

import io
from contextlib import closing

import pytest

from bot.settings import Settings
from bot.terminal.commands import COMMANDS, Commands
from bot.terminal.console import plain_console
from bot.terminal.desk import Desk
from bot.terminal.preparation import Prepared
from bot.values import AnswerEvent
from prompts.catalogue import catalogue
from retrieval.errors import InputError
from tests.fakes.kiji import ARTICLE, FakeKiji, FakeLibrary, FakeOpening, answer, refusal


class Room:
    """A desk with its commands; `run` gives what a command prints."""

    def __init__(self, desk: Desk, opening: FakeOpening) -> None:
        self.desk = desk
        self.kiji = opening.fake_kiji
        self.prepared = Prepared(opening.fake_library, self.kiji, (), None)
        self.out = io.StringIO()
        console = plain_console(self.out)
        self.commands = Commands(desk, opening, lambda: self.prepared, console, console)

    def run(self, line: str) -> str:
        self.out.seek(0)
        self.out.truncate()
        self.commands.run(line)
        return self.out.getvalue()

    def ask(self, reply) -> None:
        self.kiji.enqueue(reply)
        *_, last = self.desk.ask(self.prepared, reply.question)
        assert isinstance(last, AnswerEvent)


@pytest.fixture
def room(store):
    settings = Settings.load({"KIJI_STORE": str(store), "KIJI_LANG": "en"})
    opening = FakeOpening(settings, kiji=FakeKiji(), library=FakeLibrary(ARTICLE))
    with closing(Desk(settings, resume=False)) as desk:
        yield Room(desk, opening)


def test_help_names_every_command_and_the_catalogue_no_other(room):
    text = room.run("/help")
    assert all(f"/{name}" in text for name in COMMANDS)
    keys = {key for key in catalogue()["en"] if key.startswith("chat.help.")}
    assert keys == {f"chat.help.{name}" for name in (*COMMANDS, "keys")}


def test_sources_before_after_and_without_any(room):
    assert "Nothing has been answered" in room.run("/sources")
    room.ask(answer())
    text = room.run("/sources")
    assert "図書館は9月20日から21日まで休館する。" in text
    assert "rank 1 (cosine 0.910)" in text
    room.ask(refusal())
    assert "no source" in room.run("/sources")


def test_article_by_its_id_and_by_the_number_of_a_citation(room):
    assert ARTICLE.text in room.run("/article library")
    room.ask(answer())
    assert ARTICLE.text in room.run("/article 1")
    with pytest.raises(InputError):
        room.run("/article 2")


def test_scope_narrows_and_opens_again(room):
    assert "all articles" in room.run("/scope")
    assert "1 chosen" in room.run("/scope library")
    room.ask(answer())
    assert room.kiji.asked[0][2].articles == {"library"}
    room.run("/scope all")
    room.ask(answer())
    assert room.kiji.asked[1][2].articles is None
    with pytest.raises(InputError):
        room.run("/scope nosuch")


def test_what_is_indexed_in_a_narrow_chat_is_asked_too(room, tmp_path):
    room.run("/scope library")
    file = tmp_path / "new.jsonl"
    file.write_text(
        '{"id": "new", "title": "題", "text": "題\\n新しい記事の本文です。"}\n', "utf-8"
    )
    assert "Added 1" in room.run(f"/index {file}")
    assert room.desk.scope.articles == {"library", "new"}


def test_the_next_question_comes_with_the_turns_before_it_until_new(room):
    room.ask(answer("一"))
    room.ask(answer("二"))
    assert [turn.question for turn in room.kiji.asked[1][1]] == ["一"]
    room.run("/new")
    room.ask(answer("三"))
    assert room.kiji.asked[2][1] == ()


def test_save_writes_quotes_with_offsets_and_overwrites_nothing(room, tmp_path):
    file = tmp_path / "talk.md"
    with pytest.raises(InputError):
        room.run(f"/save {file}")
    room.ask(answer("いつ *本当に* [x]"))
    room.run(f"/save {file}")
    text = file.read_text("utf-8")
    citation = room.desk.last.citations[0]
    assert r"## いつ \*本当に\* \[x\]" in text
    assert f"({citation.start}–{citation.end})" in text
    assert citation.quote in text
    with pytest.raises(InputError) as caught:
        room.run(f"/save {file}")
    assert caught.value.key == "chat.save_exists"
    assert file.read_text("utf-8") == text
    with pytest.raises(InputError) as caught:
        room.run(f"/save {tmp_path / 'no' / 'folder.md'}")
    assert caught.value.key == "chat.save_failed"


@pytest.mark.parametrize("line", ["/", "/nosuch", "/article", "/index ", "/search", "/save"])
def test_what_cannot_be_carried_out_is_said(room, line):
    with pytest.raises(InputError):
        room.run(line)


def test_a_stopped_question_is_not_kept(room):
    room.kiji.enqueue(FakeKiji.BLOCK)
    events = room.desk.ask(room.prepared, "終わらない")
    next(events)
    events.close()
    assert room.kiji.closed == 1
    assert room.desk.turns == []


def test_a_talk_is_taken_up_again_with_its_scope(room, store):
    room.run("/scope library")
    room.ask(answer("前"))
    with closing(Desk(room.desk.settings, resume=True)) as again:
        assert [kept.question for kept in again.turns] == ["前"]
        assert again.scope.articles == {"library"}
        assert again.last.citations == answer("前").citations


def test_opening_a_chat_does_not_hide_the_talk_before(room):
    room.ask(answer("前"))
    with closing(Desk(room.desk.settings, resume=False)):
        pass
    with closing(Desk(room.desk.settings, resume=True)) as again:
        assert len(again.turns) == 1
