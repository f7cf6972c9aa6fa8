"""Put the contexts that mislead the reader most first among each question's neighbours.

    python -m tests.bench.mine DATA OUT [--reader FOLDER] [--questions N] [--threads N]

Takes what `make_reader data` wrote, has a reader (the shipped one, or the one in a folder)
read some of the nearest contexts for each question, none of which holds its answer, and
orders them by how sure it is of what it points at there: hard negatives, mined as in
Karpukhin et al. 2020. Questions with words of kiji's own come first, then others by chance.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from bot.reader import Reader
from retrieval.models import shipped
from retrieval.models.reader_data import Dataset, Question

_LOOKED_AT, _LONGEST, _SEED = 7, 450, 19


def chosen(data: Dataset, count: int) -> list[int]:
    """The questions to mine for, by index: training's, worded ones first, at most `count`."""
    indices = sorted({i for i in data.training() if data.questions[i].near})
    random.Random(_SEED).shuffle(indices)
    indices.sort(key=lambda i: not data.questions[i].said)
    return indices[:count]


def mined(data: Dataset, reader: Reader, indices: Iterable[int]) -> Iterator[tuple[int, Question]]:
    """Each question of `indices` with its neighbours in the new order."""
    for index in indices:
        question = data.questions[index]
        looked_at, rest = question.near[:_LOOKED_AT], question.near[_LOOKED_AT:]
        texts = [f"{data.contexts[i].title}\n{data.contexts[i].text[:_LONGEST]}" for i in looked_at]
        asked = question.said[0] if question.said else question.text
        spans = reader.read(asked, texts, 1)
        sure = [found[0].margin if found else float("-inf") for found in spans]
        order = sorted(range(len(looked_at)), key=lambda place: -sure[place])
        yield index, replace(question, near=(*(looked_at[place] for place in order), *rest))


def main() -> None:
    """Mine, and write the data anew."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path, help="what make_reader data wrote")
    parser.add_argument("out", type=Path, help="the folder to write")
    parser.add_argument("--reader", type=Path, help="a reader's folder (the shipped one)")
    parser.add_argument("--questions", type=int, default=8000, help="how many (%(default)s)")
    parser.add_argument("--threads", type=int, default=0, help="0: as the runtime chooses")
    given = parser.parse_args()
    data = Dataset.load(given.data)
    reader = Reader(given.reader or shipped("reader"), shipped("encoder"), given.threads)
    questions = list(data.questions)
    indices = chosen(data, given.questions)
    for done, (index, question) in enumerate(mined(data, reader, indices), 1):
        questions[index] = question
        if done % 500 == 0:
            print(f"{done:,} of {len(indices):,} questions", flush=True)
            replace(data, questions=tuple(questions)).save(given.out)
    replace(data, questions=tuple(questions)).save(given.out)


if __name__ == "__main__":
    main()
