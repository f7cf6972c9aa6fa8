"""kiji's own articles for training: well formed, behind JaQuAD's, held out with their source."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from retrieval.models.reader_articles import FILE, with_articles
from retrieval.models.reader_data import Context, Dataset, Question, records
from retrieval.models.reader_windows import Sampler, is_japanese, sentences

DATA = Dataset(
    (Context("港", "港の改修は四月に始まった。"), Context("橋", "橋は鉄でできている。", held=True)),
    (Question("いつ始まった?", ("四月",), "when", 0),),
)
JAPANESE: dict[str, Any] = {
    "of": "a",
    "title": "港の改修、来月から",
    "text": "市は4月、港の改修を始める。費用は県が持つ。冬に波が高くなったため、と市長は話す。",
    "qa": [
        {"q": "いつ始まるの", "a": "4月"},
        {"q": "なぜ直すのですか？", "a": "冬に波が高くなったため"},
        {"q": "Who pays?", "a": "県"},
    ],
    "no": ["改修はいつ終わるの", "Who is the mayor?"],
}
ENGLISH: dict[str, Any] = {
    "of": "b",
    "title": "Iron bridge to be painted",
    "text": 'Mr. Sato\'s crew will paint the bridge in May. "It rusts," he said. 3 men are enough.',
    "qa": [{"q": "When will it be painted?", "a": "in May"}],
    "no": ["Who pays for the paint?"],
}


@pytest.fixture
def data(tmp_path: Path) -> Dataset:
    lines = (json.dumps(line, ensure_ascii=False) + "\n" for line in (JAPANESE, ENGLISH))
    (tmp_path / "own.jsonl").write_text("".join(lines), "utf-8")
    return with_articles(DATA, {"a": 0, "b": 1}, tmp_path / "own.jsonl")


def test_articles_stand_behind_the_contexts_and_ask_about_themselves(data: Dataset) -> None:
    assert data.contexts[2:] == (
        Context(JAPANESE["title"], JAPANESE["text"]),
        Context(ENGLISH["title"], ENGLISH["text"], held=True),
    )
    assert data.questions[:1] == DATA.questions
    assert [(q.text, q.kind, q.context) for q in data.questions[1:]] == [
        ("いつ始まるの", "other", 2),
        ("なぜ直すのですか？", "why", 2),
        ("Who pays?", "other", 2),
        ("When will it be painted?", "other", 3),
    ]
    assert all(q.worded and q.answer in data.contexts[q.context].text for q in data.questions[1:])


def test_an_article_about_something_held_out_is_never_trained_on(data: Dataset) -> None:
    assert 4 not in data.training()
    assert data.held_out() == [], "it measures nothing that people asked about JaQuAD"


def test_each_question_stands_beside_an_unanswered_one_in_its_language(data: Dataset) -> None:
    groups = list(Sampler(data, 3).groups([1, 3] * 100))
    beside = [(a.question, b.question) for a, b in groups if a.text and b.answer is None]
    assert any("終わる" in other for _, other in beside)
    assert any("mayor" in other for _, other in beside)
    assert all(is_japanese(asked) == is_japanese(other) for asked, other in beside)


def test_english_is_cut_at_its_own_sentences(data: Dataset) -> None:
    text = data.contexts[3].text
    cut = [text[start:end].strip() for start, end in sentences(text)]
    assert "".join(text[start:end] for start, end in sentences(text)) == text
    assert cut[-2:] == ['"It rusts," he said.', "3 men are enough."]


def test_an_english_question_is_said_in_no_other_words(data: Dataset) -> None:
    asked = {a.question.lower().rstrip("?") for a, _ in Sampler(data, 3).groups([4] * 60)}
    assert asked == {"when will it be painted"}


def test_an_unknown_context_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "own.jsonl").write_text(json.dumps(JAPANESE), "utf-8")
    with pytest.raises(KeyError):
        with_articles(DATA, {"b": 1}, tmp_path / "own.jsonl")


def test_each_line_of_the_file_is_whole() -> None:
    found = list(records(FILE))
    assert len(found) > 1000
    assert len({line["of"] for line in found}) == len(found)
    for line in found:
        assert set(line) == set(JAPANESE)
        assert line["title"] == line["title"].strip() != ""
        assert line["qa"], line["of"]
        for pair in line["qa"]:
            assert pair["a"].strip(), line["of"]
            assert pair["a"] in line["text"]
        for question in (*(pair["q"] for pair in line["qa"]), *line["no"]):
            assert question == question.strip() != ""
            assert question.isprintable()
