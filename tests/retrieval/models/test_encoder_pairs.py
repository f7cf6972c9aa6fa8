"""What the encoder is tuned on: the passage that answers, and a near one that does not."""

from __future__ import annotations

import numpy as np

from retrieval.models.encoder_pairs import Passages, asked, triples
from retrieval.models.reader_data import Context, Dataset, Question

DATA = Dataset(
    (
        Context("港", "港の改修は4月に始まった。費用は市が出す。"),
        Context("橋", "橋の改修は5月に終わった。"),
        Context("駅", "駅の改修は6月に始まる。", held=True),
    ),
    (
        Question("港の改修はいつから?", ("4月",), "when", 0, said=("When did it begin?",)),
        Question("改修が始まったわけは?", ("4月",), "why", 0, made=True),
        Question("駅の改修は?", ("6月",), "when", 2),
        Question("だれが建てた?", ("浜松建設",), "who", 1),
    ),
)


class Near:
    """Every question is as near to all passages."""

    def query(self, text: str) -> list[float]:
        return [1.0]


def test_questions_made_by_rule_and_held_out_ones_are_left_out() -> None:
    assert {index for index, _ in asked(DATA, 10)} == {0, 3}
    wordings = {text for index, text in asked(DATA, 10) if index == 0}
    assert wordings == {"港の改修はいつから?", "When did it begin?"}


def test_no_more_than_asked_for_and_half_in_words_of_kijis_own() -> None:
    assert [text for _, text in asked(DATA, 2)].count("When did it begin?") == 1
    assert len(asked(DATA, 2)) == 2


def test_one_passage_answers_and_the_other_neither_holds_the_answer_nor_is_held_out() -> None:
    passages = Passages.of(DATA.contexts)
    vectors = np.ones((len(passages.texts), 1), dtype=np.float32)
    found = list(triples(DATA, passages, vectors, Near(), 10))
    assert {triple.question for triple in found} == {"港の改修はいつから?", "When did it begin?"}
    assert all("4月" in triple.answering and "4月" not in triple.other for triple in found)
    assert not any("6月" in triple.other for triple in found)
