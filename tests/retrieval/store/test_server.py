"""Vectors on a real Chroma server, a process of its own on loopback."""

from __future__ import annotations

import dataclasses
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from retrieval.errors import StoreError, StoreMismatchError
from retrieval.store import Library, StoreOptions, record
from retrieval.store.vectors import Vectors
from tests.retrieval.store.support import HashEmbedder, article, assert_whole

CHROMA = Path(sys.executable).with_name("chroma")


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    if not CHROMA.exists() and not shutil.which("chroma"):
        pytest.skip("chromadb's command line is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("server")
    process = subprocess.Popen(
        [CHROMA, "run", "--path", folder, "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert process.poll() is None, "the server ended"
                assert time.monotonic() < deadline, "the server did not come up"
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture
def library(tmp_path, url):
    with Library.open(StoreOptions(tmp_path, chroma_url=url), HashEmbedder()) as opened:
        yield opened


@pytest.mark.slow
def test_indexing_replacing_and_removing(library, tmp_path):
    library.index(article(n) for n in range(6))
    assert not (tmp_path / "chroma").exists()
    library.index([article(2, "改版")])
    library.remove("a4")
    kept = [article(0), article(1), article(3), article(5), article(2, "改版")]
    assert assert_whole(library, kept) == [one.id for one in kept]
    passages = sum(info.passages for info in library.articles())
    assert len(library.dense(library.embedder.query("祭り"), 1000)) == passages
    assert vectors_on_the_server(library) == passages  # the old ones are deleted


def vectors_on_the_server(library) -> int:
    with library._database.read() as connection:
        place = record.find(connection, "default").place
    vectors = Vectors(library._writer.place, place)
    try:
        return len(vectors.search(library.embedder.query("祭り"), 1000))
    finally:
        vectors.close()


@pytest.mark.slow
def test_what_a_killed_writer_added_is_passed_over_and_deleted(library, monkeypatch):
    library.index([article(1)])

    def fail(*args):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr("retrieval.store.rows.insert", fail)
        with pytest.raises(RuntimeError):
            library.index(article(n, "改版") for n in range(1, 30))
    assert vectors_on_the_server(library) > 50
    assert assert_whole(library, [article(1)]) == ["a1"]
    found = library.dense(library.embedder.query("祭り"), 3)
    assert len(found) == 3  # though the nearest have no passage
    library.index([article(2)])
    assert vectors_on_the_server(library) == sum(info.passages for info in library.articles())


@pytest.mark.slow
def test_two_stores_share_a_server_and_a_reindex_moves_one(library, tmp_path, url):
    library.index([article(1)])
    other = StoreOptions(tmp_path / "other", chroma_url=url)
    with Library.open(other, HashEmbedder()) as second:
        second.index([article(2)])
        library.reindex()
        assert assert_whole(library, [article(1)]) == ["a1"]
        assert assert_whole(second, [article(2)]) == ["a2"]


@pytest.mark.slow
def test_vectors_elsewhere_are_a_mismatch_until_reindexed(library, tmp_path):
    library.index([article(1)])
    here = dataclasses.replace(library.options, chroma_url="")
    with Library.open(here, HashEmbedder()) as local:
        with pytest.raises(StoreMismatchError) as caught:
            local.dense(local.embedder.query("祭り"), 1)
        assert caught.value.key == "store.mismatch_place"
        local.reindex()
        assert assert_whole(local, [article(1)]) == ["a1"]


@pytest.mark.slow
def test_a_cloud_that_cannot_be_reached_is_one_sentence(tmp_path):
    options = StoreOptions(tmp_path, chroma_api_key="none", chroma_tenant="t", chroma_database="d")
    with Library.open(options, HashEmbedder()) as library, pytest.raises(StoreError) as caught:
        library.index([article(1)])
    assert caught.value.key == "store.server"
