"""kiji's own questions for training: well formed, and put beside JaQuAD's by their ids."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retrieval.models.reader_data import Context, Dataset, Question, records
from retrieval.models.reader_questions import FILE, with_questions
from retrieval.models.reader_windows import Sampler, is_japanese

TEXT = "港の改修は4月に始まった。費用は市が出す。冬は海が荒れるため、便が減る。夏は一日に九便ある。"
DATA = Dataset(
    (Context("みなと市", TEXT),),
    (Question("改修はいつ始まった?", ("4月",), "when", 0), Question("便は?", ("九便",), "how", 0)),
)
LINE = {
    "id": "a",
    "seen": [0, 21],
    "japanese": "港を直しだしたの、いつ？",
    "english": "When did the work on the harbour begin?",
    "beside": "改修はいつ終わる？",
    "beside_english": "When will the work on the harbour end?",
    "why": "どうして冬は便が減るの？",
    "cause": [21, 30],
}


@pytest.fixture
def data(tmp_path: Path) -> Dataset:
    (tmp_path / "own.jsonl").write_text(json.dumps(LINE, ensure_ascii=False) + "\n", "utf-8")
    return with_questions(DATA, {"a": 0, "b": 1}, tmp_path / "own.jsonl")


def test_a_question_takes_its_wordings_and_a_why_of_its_own(data: Dataset) -> None:
    assert data.questions[0].said == (LINE["japanese"], LINE["english"])
    assert data.questions[1] == DATA.questions[1]
    why = data.questions[2]
    assert (why.answer, why.kind, why.worded) == ("冬は海が荒れるため", "why", True)


def test_what_is_unanswered_is_read_where_its_writer_looked(data: Dataset) -> None:
    # In whatever style: its verb is in no other question.
    others = [r for _, r in Sampler(data, 3).groups([0] * 80) if "終わる" in r.question]
    assert len(others) > 20
    assert all(r.answer is None and r.text[r.head :] in TEXT[:21] for r in others)


def test_an_english_question_stands_beside_an_unanswered_one_in_english(data: Dataset) -> None:
    groups = [(a.question, b.question) for a, b in Sampler(data, 3).groups([0] * 200)]
    seen = {pair for pair in groups if "終わ" in pair[1] or "end" in pair[1]}
    assert (LINE["english"], LINE["beside_english"]) in seen
    assert all(is_japanese(asked) is is_japanese(other) for asked, other in seen)


def test_questions_of_kijis_own_make_up_their_share_of_the_training(data: Dataset) -> None:
    plain = tuple(Question(f"{i}?", ("4月",), "when", 0) for i in range(60))
    many = Dataset(data.contexts, (*data.questions, *plain))
    order = many.training()
    own = sum(i in (0, 2) for i in order)
    assert set(order) == set(range(len(many.questions)))
    assert 0.4 < own / len(order) < 0.5


def test_an_unknown_id_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "own.jsonl").write_text(json.dumps(LINE), "utf-8")
    with pytest.raises(KeyError):
        with_questions(DATA, {"b": 1}, tmp_path / "own.jsonl")


def test_each_line_of_the_file_is_whole() -> None:
    found = list(records(FILE))
    assert len(found) > 2000
    assert len({line["id"] for line in found}) == len(found)
    for line in found:
        assert set(line) <= set(LINE)
        start, end = line["seen"]
        assert 0 <= start < end
        assert ("why" in line) == ("cause" in line)
        for key in ("japanese", "english", "beside", "why"):
            assert line.get(key, "x") == line.get(key, "x").strip() != ""
        assert line.get("english", "x").isprintable()
