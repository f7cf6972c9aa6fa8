"""LlamaIndex: its default splitter, Chroma as its documentation has it; the encoder is kiji's."""

# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "torch==2.13.0",
#   "llama-index-core==0.14.25",
#   "llama-index-embeddings-huggingface==0.8.0",
#   "llama-index-llms-openai-like==0.8.1",
#   "llama-index-vector-stores-chroma==0.6.0",
# ]
# ///

from __future__ import annotations

from pathlib import Path

import chromadb
from llama_index.core import Document, VectorStoreIndex
from llama_index.core.node_parser import SentenceSplitter
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.vector_stores.chroma import ChromaVectorStore
from peer import Said, System, Text, distinct, serve

_DEEP = 40


class LlamaIndex(System):
    def __init__(self, work: Path, encoder: Path, reader: Path) -> None:
        collection = chromadb.PersistentClient(str(work)).get_or_create_collection("quickstart")
        self._index = VectorStoreIndex.from_vector_store(
            ChromaVectorStore(chroma_collection=collection),
            embed_model=HuggingFaceEmbedding(
                str(encoder), query_instruction="query: ", text_instruction="passage: "
            ),
        )
        self._deep = self._index.as_retriever(similarity_top_k=_DEEP)
        self._retriever = self._index.as_retriever()

    def index(self, articles: list[Text]) -> None:
        documents = [Document(text=article.text, id_=article.id) for article in articles]
        self._index.insert_nodes(SentenceSplitter().get_nodes_from_documents(documents))

    def find(self, question: str) -> list[str]:
        return distinct([found.node.ref_doc_id for found in self._deep.retrieve(question)])

    def ask(self, question: str) -> Said:
        best = self._retriever.retrieve(question)[0]
        return Said(None, [(best.node.ref_doc_id, best.node.get_content())])


if __name__ == "__main__":
    serve(LlamaIndex)
