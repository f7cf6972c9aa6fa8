"""Haystack 3: BM25 and embedding retrievers joined, then its extractive reader; kiji's weights."""

# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "torch==2.13.0",
#   "haystack-ai==3.4.1",
#   "transformers-haystack==2.0.0",
#   "sentence-transformers-haystack==2.0.0",
# ]
# ///

from __future__ import annotations

from pathlib import Path

from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import RecursiveDocumentSplitter
from haystack.components.retrievers.in_memory import (
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)
from haystack_integrations.components.readers.transformers import TransformersExtractiveReader
from peer import Said, System, Text, distinct, serve

# Its default cuts at spaces, which Japanese has not.
_SEPARATORS = ["\n\n", "\n", "。", "、"]
_CHARACTERS = 500


class Haystack(System):
    def __init__(self, work: Path, encoder: Path, reader: Path) -> None:
        self._file, self._encoder = work / "store.json", str(encoder)
        store = InMemoryDocumentStore(embedding_similarity_function="cosine")
        if self._file.exists():
            store = InMemoryDocumentStore.load_from_disk(str(self._file))
        self._store = store
        self._pipeline = Pipeline()
        for name, component in {
            "embedder": SentenceTransformersTextEmbedder(
                model=self._encoder, prefix="query: ", progress_bar=False
            ),
            "by_meaning": InMemoryEmbeddingRetriever(store),
            "by_words": InMemoryBM25Retriever(store),
            "joiner": DocumentJoiner(join_mode="reciprocal_rank_fusion"),
            "reader": TransformersExtractiveReader(model=str(reader)),
        }.items():
            self._pipeline.add_component(name, component)
        self._pipeline.connect("embedder.embedding", "by_meaning.query_embedding")
        self._pipeline.connect("by_meaning", "joiner")
        self._pipeline.connect("by_words", "joiner")
        self._pipeline.connect("joiner", "reader.documents")

    def index(self, articles: list[Text]) -> None:
        pipeline = Pipeline()
        pipeline.add_component(
            "splitter",
            RecursiveDocumentSplitter(
                split_length=_CHARACTERS, split_unit="char", separators=_SEPARATORS
            ),
        )
        embedder = SentenceTransformersDocumentEmbedder(model=self._encoder, prefix="passage: ")
        pipeline.add_component("embedder", embedder)
        pipeline.add_component("writer", DocumentWriter(self._store))
        pipeline.connect("splitter", "embedder")
        pipeline.connect("embedder", "writer")
        documents = [Document(content=a.text, meta={"article": a.id}) for a in articles]
        pipeline.run({"splitter": {"documents": documents}})
        self._store.save_to_disk(str(self._file))

    def ask(self, question: str) -> Said:
        inputs = {"embedder": {"text": question}, "by_words": {"query": question}}
        inputs["reader"] = {"query": question}
        run = self._pipeline.run(inputs, include_outputs_from={"joiner"})
        self._found = run["joiner"]["documents"]
        self._answers = run["reader"]["answers"]
        best = self._answers[0]
        if not best.data:
            return Said("", [])
        return Said(best.data, [(best.document.meta["article"], best.document.content)])

    def find(self, question: str) -> list[str]:
        return distinct([document.meta["article"] for document in self._found])

    def unrefused(self, question: str) -> str | None:
        return next((answer.data for answer in self._answers if answer.data), "")


if __name__ == "__main__":
    serve(Haystack)
