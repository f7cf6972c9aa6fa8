"""LangChain's retrieval tutorial: its splitter settings, Chroma; encoder and prompts are kiji's."""

# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "torch==2.13.0",
#   "langchain-chroma==1.1.0",
#   "langchain-huggingface==1.2.3",
#   "langchain-openai==1.7.4",
#   "langchain-text-splitters==1.1.3",
#   "sentence-transformers==6.2.0",
# ]
# ///

from __future__ import annotations

from pathlib import Path

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter
from peer import Said, System, Text, distinct, serve

# Chunks that are searched for ten distinct articles, and that Chroma takes at once.
_DEEP, _BATCH = 40, 2000


class Quickstart(System):
    def __init__(self, work: Path, encoder: Path, reader: Path) -> None:
        embeddings = HuggingFaceEmbeddings(
            model_name=str(encoder),
            encode_kwargs={"prompt": "passage: "},
            query_encode_kwargs={"prompt": "query: "},
        )
        self._store = Chroma(
            "quickstart", embedding_function=embeddings, persist_directory=str(work)
        )

    def index(self, articles: list[Text]) -> None:
        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        documents = [Document(article.text, metadata={"id": article.id}) for article in articles]
        chunks = splitter.split_documents(documents)
        for start in range(0, len(chunks), _BATCH):
            self._store.add_documents(chunks[start : start + _BATCH])

    def find(self, question: str) -> list[str]:
        found = self._store.similarity_search(question, k=_DEEP)
        return distinct([document.metadata["id"] for document in found])

    def ask(self, question: str) -> Said:
        best = self._store.similarity_search(question)[0]
        return Said(None, [(best.metadata["id"], best.page_content)])


if __name__ == "__main__":
    serve(Quickstart)
