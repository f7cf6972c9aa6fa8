"""The plain LangChain quickstart to stand beside: its default splitter, Chroma, same encoder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from retrieval.values import Article

# Chunks fetched to get ten distinct articles.
_CHUNKS = 40


class Quickstart:
    """Index and search as LangChain's own retrieval tutorial does it.

    The tutorial's splitter settings (1,000 characters, 200 shared) and Chroma's
    defaults; the encoder, a folder, and its prompts are kiji's.
    """

    def __init__(self, folder: Path, encoder: Path) -> None:
        embeddings = HuggingFaceEmbeddings(
            model_name=str(encoder),
            encode_kwargs={"prompt": "passage: ", "batch_size": 32},
            query_encode_kwargs={"prompt": "query: "},
        )
        self._store = Chroma(
            "quickstart", embedding_function=embeddings, persist_directory=str(folder)
        )

    def index(self, articles: Iterable[Article]) -> None:
        """Split and add every article, once."""
        if self._store.get(limit=1)["ids"]:
            return
        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        chunks = splitter.split_documents(
            [Document(article.text, metadata={"id": article.id}) for article in articles]
        )
        for start in range(0, len(chunks), 2000):
            self._store.add_documents(chunks[start : start + 2000])

    def search(self, question: str) -> Sequence[str]:
        """Article ids, best first, each once."""
        found = self._store.similarity_search(question, k=_CHUNKS)
        return list(dict.fromkeys(document.metadata["id"] for document in found))
