import gzip
import json
from pathlib import Path

import pytest

from retrieval.models.reader_data import Context, Dataset, Question, read_bench
from retrieval.models.reader_neighbours import Neighbours
from retrieval.models.reader_windows import Sampler, sentences

HARBOUR = (
    "港の改修は4月に始まった。費用は市と県が半分ずつ出す。工事を請け負うのは浜松建設である。\n"
    "浜松建設は昨年も同じ港で防波堤を直した。漁協の会長は「早く終えてほしい」と話す。"
    "市長は来年の夏までに終わると説明した。"
)
FERRY = (
    "連絡船は1日に6便ある。冬は海が荒れるため、便が減る。\n運賃は大人が800円である。"
    "島の人は半額で乗れる。"
)
LIBRARY = (
    "図書館は月曜に休む。本は2週間借りられる。\n返却は駅前の箱でもよい。席は120ある。"
    "夏休みは夜8時まで開く。"
)

DATA = Dataset(
    (
        Context("みなと市", HARBOUR),
        Context("みなと市", FERRY),
        Context("図書館", LIBRARY),
        Context("休館", LIBRARY, held=True),
    ),
    (
        Question(
            "工事をするのはどこ?",
            ("浜松建設",),
            "who",
            0,
            near=(2,),
            english="Who does work?",
        ),
        Question("便が減るのはなぜ?", ("冬は海が荒れるため",), "why", 1),
        Question("減るのはなぜ?", ("海が荒れるため",), "why", 1, made=True),
        Question("席はいくつ?", ("120",), "how", 3),
    ),
)
TRIES = 300


@pytest.fixture
def sampler() -> Sampler:
    return Sampler(DATA, seed=4)


@pytest.mark.parametrize("text", [HARBOUR, FERRY, "見出し\n\n本文。」続き", "終わりの印がない"])
def test_sentences_are_the_whole_text(text: str) -> None:
    assert "".join(text[a:b] for a, b in sentences(text)) == text


def test_each_group_answers_once(sampler: Sampler) -> None:
    for answering, other in sampler.groups([0, 1, 2, 3] * TRIES):
        assert answering.answer is not None
        assert answering.answer in answering.text[answering.head :]
        assert other.answer is None
        assert other.question == answering.question


def test_what_does_not_answer_holds_no_answer(sampler: Sampler) -> None:
    contexts = set()
    for _ in range(TRIES):
        context, window = sampler.without(0)
        contexts.add(context)
        assert window
        assert "浜松建設" not in window
    assert contexts == {0, 1, 2, 3}, "other places of its title, near ones, its own, any"


def test_windows_are_whole_sentences_of_their_context(sampler: Sampler) -> None:
    starts, ends = zip(*sentences(HARBOUR), strict=True)
    sizes = set()
    for _ in range(TRIES):
        window = sampler.anywhere(0)
        place = HARBOUR.index(window)
        assert place in starts
        assert place + len(window) in ends
        sizes.add(len(window))
    assert len(sizes) > 1


def test_a_window_holds_an_answer_across_sentences(sampler: Sampler) -> None:
    answer = "出す。工事"
    start = HARBOUR.index(answer)
    for _ in range(TRIES):
        assert answer in sampler.holding(0, start, start + len(answer))


def test_deletion_takes_every_sentence_with_the_answer(sampler: Sampler) -> None:
    seen = set()
    for _ in range(TRIES):
        rest = sampler.deleted(0, "浜松建設")
        assert rest is not None
        assert "浜松建設" not in rest
        assert "防波堤" not in rest, "the second sentence with the answer goes too"
        seen.update(rest[a:b] for a, b in sentences(rest))
    whole = {HARBOUR[a:b] for a, b in sentences(HARBOUR)}
    assert seen == {sentence for sentence in whole if "浜松建設" not in sentence}


@pytest.mark.parametrize("answer", ["。", "冬", "円"])
def test_deletion_never_gives_the_answer(sampler: Sampler, answer: str) -> None:
    for _ in range(TRIES):
        rest = sampler.deleted(1, answer)
        assert rest is None or answer not in rest


def test_one_seed_gives_one_training_set() -> None:
    drawn = [list(Sampler(DATA, seed).groups([0, 1, 2] * 9)) for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]


def test_the_title_and_english_come_now_and_then(sampler: Sampler) -> None:
    groups = list(sampler.groups([0] * TRIES))
    heads = {first.head for first, _ in groups}
    assert heads == {0, len("みなと市\n")}
    asked = {first.question for first, _ in groups}
    assert {"工事をするのはどこ?", "Who does work?"} < asked


def test_whys_of_people_are_trained_twice_and_held_titles_never() -> None:
    assert DATA.training() == [0, 1, 2, 1]
    assert DATA.held_out() == [3]


def test_data_is_read_as_it_was_written(tmp_path: Path) -> None:
    DATA.save(tmp_path / "data")
    assert Dataset.load(tmp_path / "data") == DATA


def test_bench_is_read_with_forty_titles_held_out(tmp_path: Path) -> None:
    corpus = [{"id": f"c{i}", "title": f"題{i // 2}", "text": f"本文{i}。"} for i in range(120)]
    asked = [{"question": "何番?", "answers": ["7"], "qtype": "what", "article": "c7"}]
    for name, records in (("corpus", corpus), ("questions", asked)):
        with gzip.open(tmp_path / f"jaquad_train_{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(record) + "\n" for record in records)
    data = read_bench(tmp_path)
    assert data.questions == (Question("何番?", ("7",), "what", 7),)
    held = {context.title for context in data.contexts if context.held}
    assert len(held) == 40
    assert all(context.held == (context.title in held) for context in data.contexts)


def test_neighbours_share_words_and_hold_no_answer() -> None:
    index = Neighbours(DATA.contexts)
    assert index.nearest("港の防波堤の工事")[0] == 0
    found = index.given(Question("図書館の席はいくつ?", ("120",), "how", 2)).near
    assert 2 not in found, "its own context"
    assert 3 not in found, "holds the answer"
    assert set(found) == {0, 1}
