from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.reader import Reader
from bot.reader.spans import Span
from retrieval.models.reader_data import Context, Dataset, Question
from tests.bench.mine import chosen, mined

DATA = Dataset(
    (
        Context("港", "工事は4月に始まった。"),
        Context("港", "橋は3月に開いた。"),
        Context("港", "市長は港を訪れた。"),
        Context("休館", "図書館は月曜に休む。", held=True),
    ),
    (
        Question("休みは?", ("月曜",), "when", 3, near=(1,)),
        Question("だれ?", ("市長",), "who", 2, near=(1, 0)),
        Question("いつ?", ("4月",), "when", 0, near=(2, 1), said=("港の工事、いつから?",)),
    ),
)


class Sure(Reader):
    """As sure as a text has digits."""

    def __init__(self) -> None:
        super().__init__(Path(), Path())
        self.asked: list[str] = []

    def read(self, question: str, texts: Sequence[str], count: int) -> list[list[Span]]:
        self.asked.append(question)
        return [[Span(0, 1, float(sum(c.isdigit() for c in text)))] for text in texts]


def test_what_misleads_most_comes_first() -> None:
    reader = Sure()
    ((index, question),) = mined(DATA, reader, [2])
    assert (index, question.near) == (2, (1, 2))
    assert reader.asked == ["港の工事、いつから?"]


def test_worded_questions_come_first_and_held_out_ones_never() -> None:
    assert chosen(DATA, 5) == [2, 1]
    assert chosen(DATA, 1) == [2]
