"""What can be wrong with a store: each is one known sentence, and nothing is lost."""

from __future__ import annotations

import dataclasses
import errno
import os
import shutil
import sqlite3
from contextlib import closing

import pytest
from filelock import FileLock

from prompts.catalogue import say
from retrieval.errors import InputError, StoreError, StoreLockedError
from retrieval.store import Library, StoreOptions, database
from tests.retrieval.store.support import HashEmbedder, article, assert_whole


def opened(folder, **options):
    return Library.open(StoreOptions(folder, **options), HashEmbedder())


def key_of(caught) -> str:
    """The error's key; both languages have a sentence for it and for its details."""
    for language in ("ja", "en"):
        assert say(language, caught.value.key, **caught.value.details)
    return caught.value.key


def test_a_file_in_place_of_the_folder(tmp_path):
    (tmp_path / "store").write_text("a file")
    with pytest.raises(StoreError) as caught:
        opened(tmp_path / "store")
    assert key_of(caught) == "store.no_access"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError) as caught:
        opened(tmp_path / "store")
    assert key_of(caught) == "store.no_access"


def test_a_folder_in_place_of_the_file(tmp_path):
    (tmp_path / database.FILE_NAME).mkdir()
    with pytest.raises(StoreError) as caught:
        opened(tmp_path)
    assert key_of(caught) == "store.no_access"


def test_a_file_that_is_no_database(tmp_path):
    (tmp_path / database.FILE_NAME).write_bytes(b"not a database at all, " * 100)
    with pytest.raises(StoreError) as caught:
        opened(tmp_path)
    assert key_of(caught) == "store.corrupt"


def test_a_damaged_database(tmp_path):
    with opened(tmp_path) as library:
        library.index(article(n) for n in range(20))
    path = tmp_path / database.FILE_NAME
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 8192))
    with pytest.raises(StoreError) as caught, opened(tmp_path) as library:
        library.articles()
    assert key_of(caught) == "store.corrupt"


def test_another_programs_database_is_left_alone(tmp_path):
    path = tmp_path / database.FILE_NAME
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    with pytest.raises(StoreError) as caught:
        opened(tmp_path)
    assert key_of(caught) == "store.foreign"
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("theirs",)]


def test_a_store_of_a_newer_kiji(tmp_path):
    opened(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / database.FILE_NAME)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError) as caught:
        opened(tmp_path)
    assert key_of(caught) == "store.newer"


def test_another_writer_that_does_not_finish(tmp_path):
    with opened(tmp_path, lock_timeout_seconds=0.1) as library:
        library.index([article(1)])
        with FileLock(tmp_path / "write.lock"):
            for attempt in (lambda: library.index([article(2)]), lambda: library.remove("a1")):
                with pytest.raises(StoreLockedError) as caught:
                    attempt()
                assert key_of(caught) == "store.locked"
            assert library.dense(library.embedder.query("祭り"), 1)  # reading goes on
        library.index([article(2)])
        assert assert_whole(library, [article(1), article(2)]) == ["a1", "a2"]


def test_another_program_that_locks_the_database(tmp_path, monkeypatch):
    monkeypatch.setattr("retrieval.sqlite._BUSY_SECONDS", 0.1)
    with opened(tmp_path) as library:
        library.index([article(1)])
        with closing(sqlite3.connect(tmp_path / database.FILE_NAME)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreLockedError) as caught:
                library.index([article(2)])
            assert key_of(caught) == "store.locked"
        assert assert_whole(library, [article(1)]) == ["a1"]


def test_a_full_disk_while_the_articles_are_written(tmp_path):
    with opened(tmp_path) as library:
        library.index([article(1)])
        with library._database.read() as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(StoreError) as caught:
            library.index(article(n, "改版") for n in range(1, 60))
        assert key_of(caught) == "store.full"
        assert assert_whole(library, [article(1)]) == ["a1"]
        with library._database.read() as connection:
            connection.execute("PRAGMA max_page_count = 1000000")
        assert library.index([article(1, "改版")]).replaced == 1


FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (FULL, "store.full"),
        (shutil.Error([("from", "to", str(FULL))]), "store.full"),  # as copytree has it
        (OSError(errno.EIO, os.strerror(errno.EIO)), "store.disk"),
    ],
)
def test_a_full_or_failing_disk_while_the_vectors_are_copied(tmp_path, monkeypatch, error, key):
    def fail(*args, **kwargs):
        raise error

    with opened(tmp_path) as library:
        library.index([article(1)])
        with monkeypatch.context() as patch:
            patch.setattr("shutil.copytree", fail)
            with pytest.raises(StoreError) as caught:
                library.index([article(1, "改版")])
        assert key_of(caught) == key
        assert assert_whole(library, [article(1)]) == ["a1"]


def test_vectors_that_are_no_database(tmp_path):
    with opened(tmp_path) as library:
        library.index([article(1)])
        (tmp_path / "chroma" / "1-1" / "chroma.sqlite3").write_bytes(b"nonsense " * 1000)
        with pytest.raises(StoreError) as caught:
            library.dense(library.embedder.query("祭り"), 1)
        assert key_of(caught) == "store.vectors"
        assert library.article("a1") == article(1)
        library.reindex()
        assert assert_whole(library, [article(1)]) == ["a1"]


def test_a_server_that_does_not_answer(tmp_path):
    with opened(tmp_path, chroma_url="http://127.0.0.1:9") as library:
        with pytest.raises(StoreError) as caught:
            library.index([article(1)])
        assert key_of(caught) == "store.server"
        assert library.is_empty()


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://host", "http://", "http://h:99999"])
def test_an_address_that_is_none(tmp_path, url):
    with pytest.raises(InputError) as caught:
        opened(tmp_path, chroma_url=url)
    assert key_of(caught) == "store.server_address"


def test_a_secret_is_not_shown(tmp_path):
    options = StoreOptions(tmp_path, chroma_token="s3cret", chroma_api_key="s3cret")  # noqa: S106
    assert "s3cret" not in repr(options)
    assert dataclasses.replace(options).chroma_token == "s3cret"  # noqa: S105
