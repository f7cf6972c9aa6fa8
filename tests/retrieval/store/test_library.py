"""The library in one process, with an embedder that needs no model."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
import threading

import pytest

from retrieval.embed import Prompts
from retrieval.errors import InputError, StoreError, StoreMismatchError
from retrieval.store import IndexReport, Library, StoreOptions, record
from retrieval.store.folders import Folders
from retrieval.store.lexical import tokens
from tests.retrieval.store.support import HashEmbedder, article, assert_whole


@pytest.fixture
def options(tmp_path):
    return StoreOptions(tmp_path / "store")


@pytest.fixture
def library(options):
    with Library.open(options, HashEmbedder()) as opened:
        yield opened


def ids_of(library, found):
    passages = library.passages(rowid for rowid, _ in found)
    return [passages[rowid].article_id for rowid, _ in found]


def dense(library, text, k=3, articles=None):
    return ids_of(library, library.dense(library.embedder.query(text), k, articles))


def words(library, text, k=3, articles=None):
    return ids_of(library, library.lexical(tokens(text), k, articles))


def test_an_empty_library_answers_with_nothing(library):
    assert library.is_empty()
    assert library.articles() == []
    assert library.generation() == 0
    assert dense(library, "祭り") == words(library, "祭り") == []
    assert library.reindex() == IndexReport()


def test_what_is_indexed_is_found_by_both_indexes(library):
    report = library.index(article(n) for n in range(5))
    assert (report.added, report.replaced, report.unchanged) == (5, 0, 0)
    assert report.passages == sum(info.passages for info in library.articles())
    question = article(3).text.split("\n\n")[1]
    assert dense(library, question)[0] == words(library, question)[0] == "a3"
    assert library.article("a3") == article(3)
    assert [info.id for info in library.articles()] == ["a0", "a1", "a2", "a3", "a4"]


def test_scores_are_cosines_and_positive_bm25_best_first(library):
    library.index(article(n) for n in range(5))
    text = library.article("a2").text.split("\n\n")[2]
    cosines = [score for _, score in library.dense(library.embedder.query(text), 20)]
    assert cosines == sorted(cosines, reverse=True)
    assert all(-1.001 <= score <= 1.001 for score in cosines)
    scores = [score for _, score in library.lexical(tokens(text), 20)]
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)


def test_the_same_article_twice_adds_nothing(library):
    library.index([article(1)])
    generation, embedded = library.generation(), len(library.embedder.embedded)
    assert library.index([article(1), article(1)]) == IndexReport(unchanged=2)
    assert library.generation() == generation
    assert len(library.embedder.embedded) == embedded


def test_a_changed_article_is_replaced_as_a_whole(library):
    library.index([article(1), article(2)])
    before = library.articles()
    report = library.index([article(1, "改版"), article(2)])
    assert (report.added, report.replaced, report.unchanged) == (0, 1, 1)
    assert assert_whole(library, [article(1, "改版"), article(2)]) == ["a2", "a1"]
    assert len(library.articles()) == len(before)
    assert set(ids_of(library, library.lexical(["初版"], 10))) == {"a2"}


def test_a_changed_date_alone_is_a_change(library):
    library.index([article(1)])
    other = dataclasses.replace(article(1), date="2025-09-04")
    assert library.index([other]).replaced == 1
    assert library.article("a1").date == "2025-09-04"


def test_the_last_of_two_articles_with_one_id_stays(library):
    report = library.index([article(1), article(1, "改版")])
    assert (report.added, report.replaced) == (1, 1)
    assert library.article("a1") == article(1, "改版")


def test_an_article_without_text_is_refused_and_the_others_are_kept(library):
    blank = dataclasses.replace(article(9), text=" \n")
    with pytest.raises(InputError) as caught:
        library.index([article(1), blank, article(2)])
    assert caught.value.key == "store.blank_article"
    assert assert_whole(library, [article(1)]) == ["a1"]


def test_a_removed_article_is_gone_from_every_index(library):
    library.index(article(n) for n in range(3))
    library.remove("a1")
    assert assert_whole(library, [article(0), article(2)]) == ["a0", "a2"]
    assert "a1" not in dense(library, "祭り", 50) + words(library, "祭り", 50)
    with pytest.raises(InputError) as caught:
        library.remove("a1")
    assert caught.value.key == "store.unknown_article"


def test_only_the_articles_in_scope_are_found(library):
    library.index(article(n) for n in range(8))
    scope = frozenset(["a2", "a5", "no such"])
    assert set(dense(library, "祭り", 50, scope)) == {"a2", "a5"}
    assert set(words(library, "祭り", 50, scope)) == {"a2", "a5"}
    assert dense(library, "祭り", 5, frozenset()) == words(library, "祭り", 5, frozenset()) == []


def test_whole_articles_are_found_by_words_in_scope_too(library):
    library.index(article(n) for n in range(8))
    text = article(5).text
    assert library.lexical_articles(tokens(text), 3)[0][0] == "a5"
    scope = frozenset(["a2", "a5"])
    assert {name for name, _ in library.lexical_articles(tokens(text), 9, scope)} == scope


def test_the_graph_finds_what_comparing_all_finds(library, monkeypatch):
    library.index(article(n) for n in range(60))
    exact = dense(library, "第7号の2段落", 3)
    monkeypatch.setattr(Folders, "exact_most", 0)
    library.index([article(60)])  # a new generation, so that nothing is remembered
    assert dense(library, "第7号の2段落", 3) == exact
    assert set(dense(library, "祭り", 50, frozenset(["a2", "a5"]))) == {"a2", "a5"}


def test_collections_keep_to_themselves(options, library):
    library.index([article(1)])
    other = dataclasses.replace(options, collection="社内の記事")
    with Library.open(other, HashEmbedder()) as second:
        second.index([article(2)])
        assert dense(second, "祭り", 50) == ["a2"] * 3
        assert words(second, "祭り", 50) == ["a2"] * 3
        assert second.collections() == ["default", "社内の記事"]
    assert set(dense(library, "祭り", 50)) == {"a1"}


def test_an_unknown_collection_is_named_with_those_that_there_are(options, library):
    library.index([article(1)])
    other = dataclasses.replace(options, collection="nowhere")
    with Library.open(other, HashEmbedder()) as second:
        for ask in (second.articles, lambda: dense(second, "祭り"), lambda: words(second, "祭り")):
            with pytest.raises(InputError) as caught:
                ask()
            assert caught.value.key == "store.unknown_collection"
            assert caught.value.details == {"collection": "nowhere", "known": "default"}


@pytest.mark.parametrize("name", ["", " ", "x" * 101, "a\nb", "\x1freindex\x1fdefault"])
def test_a_collection_name_that_cannot_be_shown_is_refused(tmp_path, name):
    with pytest.raises(InputError):
        StoreOptions(tmp_path, collection=name)


@pytest.mark.parametrize(
    ("embedder", "key"),
    [
        (HashEmbedder("other", "hash-2"), "store.mismatch_model"),
        (HashEmbedder("hash", "hash-2"), "store.mismatch_files"),
        (HashEmbedder(prompts=Prompts("Q ", "P ")), "store.mismatch_prompts"),
    ],
)
def test_another_model_is_an_error_until_reindexed(options, library, embedder, key):
    library.index([article(1), article(2)])
    with Library.open(options, embedder) as other:
        for attempt in (lambda: dense(other, "祭り"), lambda: other.index([article(3)])):
            with pytest.raises(StoreMismatchError) as caught:
                attempt()
            assert caught.value.key == key
        assert embedder.embedded == []  # found before the model has worked
        assert other.reindex().added == 2
        assert assert_whole(other, [article(1), article(2)]) == ["a1", "a2"]
    with pytest.raises(StoreMismatchError):
        dense(library, "祭り")


def test_another_splitter_is_an_error_until_reindexed(library, monkeypatch):
    library.index([article(1)])
    monkeypatch.setattr(record, "SPLITTER_VERSION", "next")
    with pytest.raises(StoreMismatchError) as caught:
        dense(library, "祭り")
    assert caught.value.key == "store.mismatch_splitter"
    library.reindex()
    assert dense(library, "祭り", 1) == ["a1"]


class Stop(Exception):
    """Ends a reindex halfway, as a kill does."""


def test_a_reindex_that_stops_leaves_the_old_index_and_is_gone_on_with(options, library):
    library.index(article(n) for n in range(300))  # two windows
    embedder = HashEmbedder("other", "hash-2")

    def stop(progress):
        if progress.articles >= 256:
            raise Stop

    with Library.open(options, embedder) as other:
        with pytest.raises(Stop):
            other.reindex(stop)
        assert library.collections() == ["default"]
        assert dense(library, article(7).text.split("\n\n")[1], 1) == ["a7"]
        library.remove("a3")
        done = len(embedder.embedded)
        other.reindex()
        assert 0 < len(embedder.embedded) - done < done  # only what was missing
        kept = [article(n) for n in range(300) if n != 3]
        assert len(other.articles()) == len(kept)
        assert other.article("a299") == article(299)


def test_progress_counts_articles_and_passages(library):
    heard = []
    library.index([article(n) for n in range(5)], heard.append)
    assert [one.articles for one in heard][-1] == 5
    assert heard[-1].passages == sum(info.passages for info in library.articles())
    assert {one.total for one in heard} == {5}
    library.index((article(n) for n in range(6)), heard.append)
    assert heard[-1].total is None
    assert heard[-1].articles == 6


def test_an_article_with_a_lone_surrogate_or_strange_words_does_not_break_the_index(library):
    odd = dataclasses.replace(article(1), id='a" OR 1', title="'; DROP", text="'; DROP\n\n%_*\"^祭")
    library.index([odd])
    assert library.article(odd.id) == odd
    assert words(library, '" OR * ^ NEAR( 祭') == [odd.id]


def test_aliases_are_kept_per_article(library):
    text = "機構の発表\n\n世界保健機関（WHO）は会見した。WHOの担当者が述べた。"
    library.index([dataclasses.replace(article(1), text=text), article(2)])
    pairs = library.aliases()
    assert pairs
    assert library.aliases(["a1"]) == pairs
    assert library.aliases(["a2"]) == []


def test_threads_share_a_library(library):
    library.index(article(n) for n in range(20))
    questions = [article(n).text.split("\n\n")[1] for n in range(20)]
    alone = [(dense(library, text, 1), words(library, text, 1)) for text in questions]
    wrong = []

    def work(number):
        for n in range(number, number + 5):
            if (dense(library, questions[n], 1), words(library, questions[n], 1)) != alone[n]:
                wrong.append(n)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    library.index(article(n, "改版") for n in range(20, 30))
    for thread in threads:
        thread.join()
    assert wrong == []


def test_old_editions_are_cleared_away(options, library, monkeypatch):
    monkeypatch.setattr("retrieval.store.writer._GRACE_SECONDS", 0.0)
    for n in range(5):
        library.index([article(n)])
    left = options.folder / "chroma" / "1-99"  # as of a killed writer
    left.mkdir()
    library.index([article(9)])
    assert [path.name for path in (options.folder / "chroma").iterdir()] == ["1-6"]


def test_room_of_deleted_vectors_is_given_back(options, library, monkeypatch):
    monkeypatch.setattr("retrieval.store.writer._MOST_DEAD", 10)
    monkeypatch.setattr("retrieval.store.writer._GRACE_SECONDS", 0.0)
    kept = [article(n) for n in range(10)]
    library.index(kept)
    seen = set()
    for edition in range(8):
        changed = [article(n, f"第{edition}版") for n in range(5)]
        library.index(changed)
        assert len(assert_whole(library, [*changed, *kept])) == 10
        with library._database.read() as connection:
            dead = record.find(connection, "default").dead
        assert dead <= 10 + sum(info.passages for info in library.articles())
        seen.add(dead)
    assert 0 in seen
    assert len(seen) > 1


def test_listing_and_searching_by_words_load_neither_torch_nor_chroma(options, library):
    library.index([article(1)])
    code = (
        "import sys; from pathlib import Path; from retrieval.store import *\n"
        f"library = Library.open(StoreOptions(Path({str(options.folder)!r})))\n"
        "assert library.articles() and library.article('a1') and library.lexical(['祭り'], 1)\n"
        "loaded = {'torch', 'chromadb', 'langchain_core', 'transformers'} & set(sys.modules)\n"
        "assert not loaded, loaded"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_vectors_that_are_gone_say_reindex_and_reindex_mends_it(options, library):
    import shutil

    library.index([article(1)])
    shutil.rmtree(options.folder / "chroma")
    with pytest.raises(StoreError) as caught:
        dense(library, "祭り")
    assert caught.value.key == "store.vectors"
    library.reindex()
    assert dense(library, "祭り", 1) == ["a1"]
