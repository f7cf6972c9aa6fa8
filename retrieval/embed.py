"""Texts and questions as vectors: sentence-transformers through LangChain.

A model brings prompts of its own (`query: `, `検索文書: `, …), and both sides
need theirs. Torch takes seconds to import, so that nothing here loads it before
the first text; the fingerprint and the prompts are read off the model's files.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retrieval.errors import ModelError
from retrieval.models import shipped

if TYPE_CHECKING:
    from langchain_huggingface import HuggingFaceEmbeddings

_PROMPTS_FILE = "config_sentence_transformers.json"
# The files of a model folder that decide what it computes.
_READ = {".json", ".safetensors", ".bin", ".model", ".txt"}
_SAMPLES, _SAMPLE_BYTES = 64, 65_536
_MAX_THREADS = 8

SHIPPED_LABEL = "kiji-encoder"


@dataclass(frozen=True, slots=True)
class Prompts:
    """What stands before a question and before a passage; "" where the model wants nothing."""

    query: str = ""
    passage: str = ""

    @classmethod
    def of(cls, model: str, named: Mapping[str, str | None]) -> Prompts:
        """Choose from a model's named prompts (`config_sentence_transformers.json`).

        The e5 models were published before sentence-transformers had prompts:
        theirs stand on their model cards only.
        """
        query = named.get("query") or ""
        passage = named.get("passage") or named.get("document") or ""
        if not query and not passage and re.search(r"\be5-(small|base|large)", model):
            return cls("query: ", "passage: ")
        return cls(query, passage)


class Embedder:
    """A sentence-transformers model, loaded at the first text.

    `model` is a name on the Hugging Face hub or a folder; "" is the encoder
    that ships with kiji, its adapter added, which never asks a network. Any thread may call it;
    one text or batch is embedded at a time.
    """

    def __init__(self, model: str = "") -> None:
        self.model = model
        self._loaded: HuggingFaceEmbeddings | None = None
        # The tokenizer keeps the padding of a call in itself: two calls at once break it.
        self._lock = threading.Lock()

    @cached_property
    def _folder(self) -> Path | None:
        """The model's folder; None for a name that is looked up on the hub."""
        if not self.model:
            return shipped("encoder")
        folder = Path(self.model).expanduser()
        if folder.is_dir():
            return folder.resolve()
        if folder.is_absolute() or self.model.startswith((".", "~")) or self.model.count("/") > 1:
            raise ModelError("store.model_folder_missing", model=self.model)
        return None

    @cached_property
    def fingerprint(self) -> str:
        """What tells this model from every other: of a folder's files, or the hub's name.

        Reads a few MB of the weights, not all; loads nothing.
        """
        if self._folder is None:
            return f"hub:{self.model}"
        digest = hashlib.sha256()
        for folder in (self._folder,) if self.model else (self._folder, shipped("adapter")):
            for file in sorted(folder.rglob("*")):
                if file.is_file() and file.suffix in _READ:
                    digest.update(file.relative_to(folder).as_posix().encode())
                    _sample(file, digest)
        return f"files:{digest.hexdigest()[:24]}"

    @property
    def label(self) -> str:
        """The model's name for people."""
        return self.model or SHIPPED_LABEL

    @cached_property
    def prompts(self) -> Prompts:
        """The model's own prompts; of a hub model that is not here yet, it loads it."""
        file = self._folder / _PROMPTS_FILE if self._folder else _cached(self.model, _PROMPTS_FILE)
        if file is not None and file.is_file():
            return Prompts.of(self.model, json.loads(file.read_text("utf-8")).get("prompts") or {})
        if self._folder is not None:
            return Prompts.of(self.model, {})
        return Prompts.of(self.model, self._client.prompts)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has; loads the model."""
        return int(self._client.get_embedding_dimension() or 0)

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        """Unit vectors of passages, in their order; best many at once: it batches by length."""
        if not texts:
            return []
        backend = self._backend
        with self._lock:
            _use_threads(min(_MAX_THREADS, os.cpu_count() or 1))
            return backend.embed_documents(list(texts))

    def query(self, text: str) -> list[float]:
        """The unit vector of a question."""
        backend = self._backend
        with self._lock:
            # A question is too short to share out; on a busy machine the threads would wait
            # for each other at every layer.
            _use_threads(1)
            return backend.embed_query(text)

    @property
    def _client(self) -> Any:  # noqa: ANN401 - a SentenceTransformer, which must not be imported here
        return self._backend._client

    @property
    def _backend(self) -> HuggingFaceEmbeddings:
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def _load(self) -> HuggingFaceEmbeddings:
        name = self.model if self._folder is None else str(self._folder)
        if self._folder is not None:
            # Before the first import: the libraries read these once. Without them they may
            # ask the hub about a folder, and wait for a network that is not there.
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
            os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        try:
            from langchain_huggingface import HuggingFaceEmbeddings
            from transformers.utils import logging as transformers_logging

            transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
            transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
            logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
            prompts = None if self._folder is None else self.prompts
            backend = HuggingFaceEmbeddings(
                model_name=name, model_kwargs={"local_files_only": self._folder is not None}
            )
            if not self.model:
                from retrieval.models import adapter

                adapter.add(backend._client, shipped("adapter"))
        except ModelError:
            raise
        except Exception as error:
            key = "store.model_hub" if self._folder is None else "store.model_folder_broken"
            raise ModelError(key, model=self.model or name) from error
        prompts = prompts or Prompts.of(self.model, backend._client.prompts)
        common = {"normalize_embeddings": True, "batch_size": 32}
        backend.encode_kwargs = {**common, "prompt": prompts.passage}
        backend.query_encode_kwargs = {**common, "prompt": prompts.query}
        return backend


def _cached(model: str, name: str) -> Path | None:
    """A file of a hub model that was downloaded before."""
    from huggingface_hub import try_to_load_from_cache

    found = try_to_load_from_cache(model, name)
    return Path(found) if isinstance(found, str) else None


def _sample(file: Path, digest: hashlib._Hash) -> None:
    """Feed a file's size and evenly spread pieces of it: all of a small file, 4 MB of a big one."""
    size = file.stat().st_size
    digest.update(size.to_bytes(8, "big"))
    with file.open("rb") as stream:
        if size <= _SAMPLES * _SAMPLE_BYTES:
            digest.update(stream.read())
            return
        for piece in range(_SAMPLES):
            stream.seek(piece * (size - _SAMPLE_BYTES) // (_SAMPLES - 1))
            digest.update(stream.read(_SAMPLE_BYTES))


def _use_threads(count: int) -> None:
    import torch

    torch.set_num_threads(count)
