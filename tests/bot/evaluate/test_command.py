"""`kiji eval`, in this process, with a fake chain and library."""

from __future__ import annotations

import json

import pytest

import bot.opening
from bot.cli.entry import run
from tests.fakes.kiji import ARTICLE, FakeKiji, FakeLibrary, FakeOpening, answer, refusal

RECORDS = (
    {
        "id": "a",
        "question": "いつ休館しますか",
        "answers": ["9月20日から21日"],
        "article": "library",
    },
    {"id": "b", "question": "誰が館長ですか", "answers": ["山本"], "qtype": "who"},
    {"id": "c", "question": "火星はどこ", "answers": []},
)


@pytest.fixture
def opening(monkeypatch):
    fake = FakeOpening(kiji=FakeKiji(), library=FakeLibrary(ARTICLE))
    monkeypatch.setattr(bot.opening, "Opening", fake)
    fake.fake_kiji.enqueue(answer(), refusal(), refusal())
    return fake


@pytest.fixture
def kiji(opening, store, capsys):
    def call(*arguments: str, **environ: str):
        status = run(arguments, {"KIJI_STORE": str(store), **environ})
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call


@pytest.fixture
def file(tmp_path):
    def write(*records: object):
        path = tmp_path / "questions.jsonl"
        lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        path.write_text("".join(lines), "utf-8")
        return str(path)

    return write


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_figures_and_the_wrong_ones_are_told(kiji, file, opening, lang):
    status, out, err = kiji("eval", file(*RECORDS), KIJI_LANG=lang)
    assert (status, err) == (0, "")
    assert "[b] 誰が館長ですか" in out
    assert "[a]" not in out
    assert "山本" in out
    assert opening.fake_kiji.warmed
    assert opening.fake_library.closed


def test_json_is_one_object_with_every_figure(kiji, file):
    status, out, _ = kiji("eval", file(*RECORDS), "--json")
    record = json.loads(out)
    (only,) = record["results"]
    assert status == 0
    assert (only["system"], only["set"]) == ("kiji", "questions.jsonl")
    figures = only["figures"]
    assert (figures["questions"], figures["unanswerable"]) == (3, 1)
    assert (figures["recall_1"], figures["refused"], figures["answered"]) == (1.0, 1.0, 0.5)
    assert [wrong["id"] for wrong in only["wrong"]] == ["b"]


def test_the_report_is_written_where_it_is_asked(kiji, file, tmp_path):
    page = tmp_path / "report.html"
    status, _, err = kiji("eval", file(*RECORDS), "--report", str(page), KIJI_LANG="ja")
    assert status == 0
    assert "report.html" in err
    assert page.read_text("utf-8").startswith('<!doctype html>\n<html lang="ja">')


def test_a_report_that_cannot_be_written_is_told(kiji, file, tmp_path):
    status, _, err = kiji("eval", file(*RECORDS), "--report", str(tmp_path / "no" / "r.html"))
    assert status == 1
    assert "r.html" in err


def test_a_line_that_cannot_be_used_is_named_and_the_others_measured(kiji, file):
    records = (RECORDS[0], {"id": "x", "question": "y"}, RECORDS[1])
    status, out, err = kiji("eval", file(*records), "--json")
    assert status == 1
    assert err.startswith("Line 2:")
    assert "answers" in err
    assert json.loads(out)["results"][0]["figures"]["questions"] == 2


def test_a_file_without_questions_is_told(kiji, file):
    status, out, err = kiji("eval", file())
    assert (status, out) == (1, "")
    assert "questions.jsonl" in err


def test_nothing_wrong_is_said(kiji, file):
    assert "Nothing is wrong." in kiji("eval", file(RECORDS[0]))[1]
