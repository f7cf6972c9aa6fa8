"""Real processes: killed while they index, or reading while another one indexes."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from retrieval.store import Library, StoreOptions
from tests.retrieval.store.support import HashEmbedder, article, assert_whole

ROOT = Path(__file__).parents[3]
COUNT = 200
SIGKILLED = -9


def start(*args: object) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.retrieval.store.process", *map(str, args)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    return process


def editions(count: int):
    return [article(n, edition) for n in range(count) for edition in ("初版", "改版")]


def check_and_complete(folder: Path, count: int, edition: str) -> int:
    """The store opens and is whole; indexing again completes it. Gives what was there before."""
    with Library.open(StoreOptions(folder), HashEmbedder()) as library:
        there = assert_whole(library, editions(count))
        library.index(article(n, edition) for n in range(count))
        assert len(assert_whole(library, (article(n, edition) for n in range(count)))) == count
        again = library.index(article(n, edition) for n in range(count))
        assert again.unchanged == count
    return len(there)


@pytest.mark.slow
def test_killed_at_ten_random_moments(tmp_path):
    process = start("index", tmp_path / "timed", COUNT, "初版")
    timed = time.monotonic()
    process.communicate(timeout=120)
    length = time.monotonic() - timed
    assert process.returncode == 0

    moments = random.Random(20)
    killed = 0
    folder = tmp_path / "killed"
    for round_ in range(40):
        # Editions alternate, so that a kill falls into replacing as well as into adding.
        process = start("index", folder, COUNT, ("初版", "改版")[round_ % 2])
        moment = moments.uniform(0, length)
        time.sleep(moment)
        process.kill()
        process.communicate()
        if process.returncode == SIGKILLED:
            killed += 1
        else:
            length = moment  # it was done sooner than the first one: so long is too long
        with Library.open(StoreOptions(folder), HashEmbedder()) as library:
            assert_whole(library, editions(COUNT))
        if killed == 10:
            break
    assert killed == 10
    check_and_complete(folder, COUNT, "改版")


@pytest.mark.slow
@pytest.mark.parametrize(
    "step",
    [
        "writer:rows.reserve:3",  # rowids are taken, nothing is written
        "folders:_copy:1",  # the copy of the folder is made
        "vectors:Vectors.add:2",  # the vectors of the second window are in
        "vectors:Vectors.delete:2",  # and the old ones are out
        "rows:insert:20",  # in the middle of the transaction
        "writer:_retire:2",  # before the commit
        "writer:Writer._commit:2",  # after it
    ],
)
def test_killed_at_each_step_of_replacing(tmp_path, step):
    with Library.open(StoreOptions(tmp_path), HashEmbedder()) as library:
        library.index(article(n, "初版") for n in range(40))
    process = start("index", tmp_path, 40, "改版", step)
    process.communicate(timeout=120)
    assert process.returncode == SIGKILLED
    assert check_and_complete(tmp_path, 40, "改版") == 40


@pytest.mark.slow
def test_a_reader_sees_what_another_process_indexes(tmp_path):
    with Library.open(StoreOptions(tmp_path), HashEmbedder()) as library:
        library.index([article(1)])
        reader = start("query", tmp_path)

        def ask(question: str) -> str:
            reader.stdin.write(f"{question}\n")
            reader.stdin.flush()
            return reader.stdout.readline().strip()

        assert ask(article(1).title) == "a1"
        for number in range(2, 12):
            library.index([article(number)])
            assert ask(article(number).text.split("\n\n")[1]) == f"a{number}"
        library.remove("a5")
        assert ask(article(5).text.split("\n\n")[1]) != "a5"
        library.reindex()
        assert ask(article(7).text.split("\n\n")[1]) == "a7"
    reader.communicate(timeout=30)
    assert reader.returncode == 0


@pytest.mark.slow
def test_readers_query_all_the_time_while_another_process_indexes(tmp_path):
    """An embedded Chroma that is rewritten under a reader brings the reader down."""
    with Library.open(StoreOptions(tmp_path), HashEmbedder()) as library:
        library.index([article(0)])
        writer = start("index", tmp_path, COUNT, "初版")
        asked = 0
        while writer.poll() is None:
            assert library.dense(library.embedder.query("町の祭り"), 5)
            asked += 1
        assert writer.communicate()[0] == "done\n"
        assert asked > 5
        assert len(library.articles()) == COUNT


@pytest.mark.slow
def test_two_processes_index_at_once(tmp_path):
    first = start("index", tmp_path, 80, "初版")
    second = start("index", tmp_path, 80, "初版")
    for process in (first, second):
        assert process.communicate(timeout=120)[0] == "done\n"
    with Library.open(StoreOptions(tmp_path), HashEmbedder()) as library:
        assert len(assert_whole(library, editions(80))) == 80
