"""The embedder: prompts, fingerprints, errors, and the shipped encoder itself."""

from __future__ import annotations

import json
import math
import os
import shutil
import subprocess
import sys
import threading
import time

import pytest

from retrieval.embed import Embedder, Prompts
from retrieval.errors import ModelError
from retrieval.models import shipped


@pytest.mark.parametrize(
    ("model", "named", "prompts"),
    [
        ("a/b", {}, Prompts("", "")),
        (
            "a/b",
            {"query": "検索クエリ: ", "document": "検索文書: "},
            Prompts("検索クエリ: ", "検索文書: "),
        ),
        ("a/b", {"query": "q: ", "passage": "p: ", "document": "d: "}, Prompts("q: ", "p: ")),
        ("a/b", {"query": "q: ", "document": ""}, Prompts("q: ", "")),
        ("a/b", {"query": None, "document": None}, Prompts("", "")),
        ("intfloat/multilingual-e5-small", {}, Prompts("query: ", "passage: ")),
        ("intfloat/e5-base-v2", {"query": "", "document": ""}, Prompts("query: ", "passage: ")),
        ("intfloat/e5-mistral-7b-instruct", {}, Prompts("", "")),
    ],
)
def test_prompts_are_the_models_own(model, named, prompts):
    assert Prompts.of(model, named) == prompts


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "model.safetensors").write_bytes(bytes(10_000_000))
    return tmp_path


def fingerprint(folder) -> str:
    return Embedder(str(folder)).fingerprint


def test_the_fingerprint_is_the_files_not_the_place(folder, tmp_path_factory):
    copy = tmp_path_factory.mktemp("copy") / "model"
    shutil.copytree(folder, copy)
    assert fingerprint(folder) == fingerprint(copy)
    (folder / "README.md").write_text("words for people")
    assert fingerprint(folder) == fingerprint(copy)


def test_other_weights_or_another_prompt_are_another_fingerprint(folder):
    prints = {fingerprint(folder)}
    with (folder / "model.safetensors").open("r+b") as file:
        file.write(b"other")
    prints.add(fingerprint(folder))
    (folder / "config_sentence_transformers.json").write_text(
        json.dumps({"prompts": {"query": "q"}})
    )
    prints.add(fingerprint(folder))
    assert len(prints) == 3
    assert Embedder(str(folder)).prompts == Prompts("q", "")


def test_a_hub_model_is_known_by_its_name():
    assert Embedder("someone/model").fingerprint == "hub:someone/model"
    assert Embedder("someone/model").label == "someone/model"


@pytest.mark.parametrize("model", ["/no/such/folder", "./nor/this", "~/nor-that"])
def test_a_folder_that_is_not_there(model):
    with pytest.raises(ModelError) as caught:
        Embedder(model).fingerprint  # noqa: B018 - reading it is the test
    assert caught.value.key == "store.model_folder_missing"


@pytest.mark.models
def test_a_folder_that_is_no_model(tmp_path):
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelError) as caught:
        Embedder(str(tmp_path)).query("祭り")
    assert caught.value.key == "store.model_folder_broken"


@pytest.mark.models
def test_a_hub_model_that_cannot_be_had(tmp_path):
    code = (
        "from retrieval.embed import Embedder\nfrom retrieval.errors import ModelError\n"
        "try: Embedder('no-one/no-such-model').query('x')\n"
        "except ModelError as error: print(error.key)"
    )
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    assert done.stdout == "store.model_hub\n"


@pytest.fixture(scope="module")
def encoder():
    return Embedder()


def cosine(one, other):
    return sum(a * b for a, b in zip(one, other, strict=True))


@pytest.mark.models
def test_vectors_are_unit_and_in_order(encoder):
    texts = [
        "祭りは雨で延期された。",
        "短い文",
        "The mayor resigned on Monday because of the scandal.",
    ]
    vectors = encoder.passages(texts)
    assert {len(vector) for vector in vectors} == {encoder.dimension}
    for text, vector in zip(texts, vectors, strict=True):
        assert math.isclose(cosine(vector, vector), 1, abs_tol=1e-4)
        assert cosine(vector, encoder.passages([text])[0]) > 0.999
    assert encoder.passages([]) == []


@pytest.mark.models
def test_a_question_is_nearest_to_its_answer_in_either_language(encoder):
    vectors = encoder.passages(
        [
            "祭りは大雨のために延期された。",
            "市長は月曜日に辞任した。",
            "新しい図書館は来年開館する。",
        ]
    )
    for question, best in [
        ("なぜ祭りは行われなかったのですか", 0),
        ("Who resigned?", 1),
        ("When will the library open?", 2),
    ]:
        near = [cosine(encoder.query(question), vector) for vector in vectors]
        assert near.index(max(near)) == best, (question, near)


@pytest.mark.models
def test_questions_and_passages_have_prompts_of_their_own(encoder):
    assert encoder.prompts.query
    assert encoder.prompts.passage
    assert encoder.prompts.query != encoder.prompts.passage
    assert cosine(encoder.query("祭り"), encoder.passages(["祭り"])[0]) < 0.9999


@pytest.mark.models
def test_threads_share_an_embedder(encoder):
    texts = [f"第{n}回の祭り" * (n + 1) for n in range(8)]
    alone = [encoder.query(text) for text in texts]
    got = {}

    def work(n):
        encoder.passages(texts[: n + 1])
        got[n] = encoder.query(texts[n])

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(cosine(got[n], alone[n]) > 0.9999 for n in range(8))


@pytest.mark.models
def test_the_shipped_encoder_asks_no_network_and_prints_nothing(tmp_path):
    """In a process whose every connection fails, with an empty cache."""
    code = (
        "import socket\n"
        "def refuse(*a, **k): raise RuntimeError('the network was asked')\n"
        "socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse\n"
        "from retrieval.embed import Embedder\n"
        "encoder = Embedder()\n"
        "assert encoder.query('祭り') and encoder.passages(['祭り'])\n"
    )
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("HF_", "TRANSFORMERS_"))
    }
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**environment, "HF_HOME": str(tmp_path)},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_fingerprint_of_the_shipped_encoder_is_quick():
    shipped("encoder")  # its checksums are looked at once per process, by every user of it
    began = time.monotonic()
    assert Embedder().fingerprint.startswith("files:")
    assert time.monotonic() - began < 1
    code = (
        "import sys\nfrom retrieval.embed import Embedder\n"
        "assert Embedder().fingerprint and Embedder().prompts.query\n"
        "assert not {'torch', 'transformers', 'langchain_core'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
