"""How peers are described, spoken to and tabled; none of their libraries is needed here."""

from __future__ import annotations

import json

import pytest

import tests.bench.processes
from bot.evaluate.evaluation import result
from retrieval.models import shipped
from retrieval.values import Article
from tests.bench.data import Question, evenly
from tests.bench.environments import PEERS, python, requirements
from tests.bench.heldout import fewer, parts
from tests.bench.processes import SystemProcess
from tests.bench.side_by_side import MODEL_SYSTEMS, SYSTEMS, Course, _alike
from tests.bench.table import markdown
from tests.bot.evaluate.outcomes import outcome

ECHO = """
import sys
sys.path.insert(0, {peers!r})
from peer import Said, System, serve

class Echo(System):
    def __init__(self, work, encoder, reader):
        self._file = work / "ids"
        self.ids = self._file.read_text().split() if self._file.exists() else []
    def index(self, articles):
        self.ids += [article.id for article in articles]
        self._file.write_text(" ".join(self.ids))
        print("a library that prints")
    def ask(self, question):
        if question == "crash":
            raise ValueError("told in the log")
        return Said(question, [(self.ids[0], "words")])
    def find(self, question):
        return self.ids

serve(Echo)
"""


def article(name: str, text: str) -> Article:
    return Article(name, name, name, f"{name}\n\n{text}")


def question(name: str, answer: str, home: str, *also: str) -> Question:
    return Question(name, f"問い{name}", (answer,), home, frozenset(also), "who")


@pytest.fixture
def echo(tmp_path, monkeypatch):
    (tmp_path / "echo.py").write_text(ECHO.format(peers=str(PEERS)), "utf-8")
    monkeypatch.setattr(tests.bench.processes, "PEERS", tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", [*SYSTEMS, *MODEL_SYSTEMS])
def test_a_peer_is_one_short_file_whose_packages_are_pinned(name):
    script = PEERS / f"{name}.py"
    assert len(script.read_text("utf-8").splitlines()) < 100
    packages = requirements(script)
    assert all("==" in package for package in packages)
    assert bool(packages) == (not name.startswith("kiji"))


def test_a_file_that_asks_for_nothing_runs_in_this_environment(tmp_path):
    script = tmp_path / "plain.py"
    script.write_text("print(1)\n", "utf-8")
    assert python(script).samefile(__import__("sys").executable)


def test_a_system_is_spoken_to_in_its_own_process(echo):
    (echo / "articles.jsonl").write_text('{"id": "a", "title": "t", "text": "x\u2028y"}\n', "utf-8")
    with SystemProcess("echo", echo, echo, echo, echo / "log") as process:
        assert process.call(index=str(echo / "articles.jsonl"))["seconds"] >= 0
        said = process.call(ask="誰ですか")
        assert (said["short"], said["quotes"]) == ("誰ですか", [["a", "words"]])
        assert process.call(find="x") == {"articles": ["a"], "unrefused": None}
        assert process.call(end="")["memory_mb"] > 1


def test_a_system_that_ends_is_told_with_the_end_of_its_log(echo):
    process = SystemProcess("echo", echo, echo, echo, echo / "log")
    with pytest.raises(RuntimeError, match="told in the log"), process:
        process.call(ask="crash")


def test_a_course_measures_a_system_from_its_index_to_its_table(echo, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / "jsquad_corpus.jsonl").write_text(
        '{"id": "a", "title": "甲", "text": "甲は森田が書いた。"}\n'
        '{"id": "b", "title": "乙", "text": "乙は小川が書いた。"}\n',
        "utf-8",
    )
    (data / "jsquad_questions.jsonl").write_text(
        '{"id": "1", "question": "森田", "answers": ["森田"], "article": "a", "qtype": "who"}\n'
        '{"id": "2", "question": "吉野", "answers": ["小川"], "article": "b", "qtype": "who"}\n',
        "utf-8",
    )
    course = Course(data, "jsquad", 0, 0, tmp_path / "work")
    SYSTEMS["echo"] = "Echo"
    try:
        made = course.run("echo", echo, echo)
    finally:
        del SYSTEMS["echo"]
    figures = made["figures"]
    assert (figures["questions"], figures["unanswerable"]) == (3, 1)
    assert (figures["f1"], figures["refused"], figures["recall_1"]) == (0.5, 0.0, 0.5)
    assert set(made["costs"]) == {"index_rate", "cold_start", "memory_mb", "disk_mb"}
    assert {wrong["fault"] for wrong in made["wrong"]} == {"wrong", "invented"}


def test_results_of_another_size_do_not_stand_in_the_table():
    made = {"set": "甲", "articles": 5, "figures": {"questions": 3}}
    assert _alike(made, made | {"system": "other"})
    assert _alike(made, made | {"set": "乙", "articles": 9})
    assert not _alike(made, made | {"articles": 9})
    assert not _alike(made, made | {"figures": {"questions": 4}})


def test_nothing_that_is_indexed_first_holds_an_answer_to_what_must_be_refused():
    articles = [article(str(n), f"答えは語{n}です。") for n in range(12)]
    articles.append(article("copy", "ここにも語3がある。"))
    asked = [question(str(n), f"語{n}。"[:-1], str(n)) for n in range(12)]
    split = parts(articles, asked)
    assert len(split.unanswerable) == 3
    assert len(split.first) + len(split.second) == len(articles)
    for one in split.unanswerable:
        assert not any(one.answers[0] in each.text for each in split.first)


def test_fewer_articles_keep_those_that_hold_the_answers():
    articles = [article(str(n), "x") for n in range(20)]
    kept = fewer(articles, [question("1", "x", "3", "5")], 6)
    assert {"3", "5"} <= {each.id for each in kept}
    assert len(kept) == 6
    assert fewer(articles, [], 0) == articles


def test_questions_are_taken_evenly():
    assert evenly(list(range(10)), 5) == [0, 2, 4, 6, 8]  # type: ignore[arg-type]
    assert evenly([1, 2], 5) == evenly([1, 2], 0) == [1, 2]  # type: ignore[list-item]


def test_the_table_has_a_column_for_each_system_and_marks_the_best():
    results = [
        result("kiji", "甲", [outcome("森田", "森田")], {"disk_mb": 2.0}),
        result("Peer", "甲", [outcome("", "森田")], {"disk_mb": 1.0}),
    ]
    table = markdown({"made": "2026-11-24T22:00:00", "machine": "2 cores", "results": results})
    assert "| | kiji | Peer |" in table
    assert "| who, F1 | **1.000** | .000 |" in table
    assert "| index on disk, MB | 2.0 | **1.0** |" in table
    assert "Recall@1" not in table


@pytest.mark.models
def test_kijis_own_peer_indexes_answers_and_tells_what_it_read(tmp_path):
    text = "港の橋は五月七日に開いた。市長の森田健一がリボンを切った。"
    files = tmp_path / "articles.jsonl"
    files.write_text(json.dumps({"id": "a", "title": "橋が開く", "text": text}), "utf-8")
    models = shipped("encoder"), shipped("reader")
    with SystemProcess("kiji_embedded", tmp_path, *models, tmp_path / "log") as process:
        assert process.call(index=str(files))["seconds"] > 0
        said = process.call(ask="リボンを切った市長は誰？")
        assert "森田健一" in said["short"]
        assert [name for name, _ in said["quotes"]] == ["a"]
        found = process.call(find="リボンを切った市長は誰？")
        assert found["articles"] == ["a"]
        assert found["unrefused"] in text
