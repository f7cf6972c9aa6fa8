"""txtai: its hybrid index and its extractive question answering; kiji's weights."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["torch==2.13.0", "txtai==9.14.0"]
# ///

from __future__ import annotations

from pathlib import Path

from peer import Said, System, Text, distinct, serve
from txtai import RAG, Embeddings

_DEEP = 40


class Txtai(System):
    def __init__(self, work: Path, encoder: Path, reader: Path) -> None:
        self._file, self._reader = work / "index", str(reader)
        self._embeddings = Embeddings(
            path=str(encoder),
            instructions={"query": "query: ", "data": "passage: "},
            hybrid=True,
            content=True,
        )
        if self._file.exists():
            self._embeddings.load(str(self._file))
        self._rag: RAG | None = None

    def index(self, articles: list[Text]) -> None:
        self._embeddings.upsert(
            (f"{article.id} {number}", chunk, None)
            for article in articles
            for number, chunk in enumerate(_paragraphs(article))
        )
        self._embeddings.save(str(self._file))

    def find(self, question: str) -> list[str]:
        found = self._embeddings.search(question, _DEEP)
        return distinct([one["id"].rpartition(" ")[0] for one in found])

    def ask(self, question: str) -> Said:
        if self._rag is None:
            self._rag = RAG(
                self._embeddings, self._reader, task="question-answering", output="reference"
            )
        try:
            said = self._rag(question)
        except TypeError:
            # A model that points at "not here" names no word of the text, which txtai looks up.
            return Said("", [])
        if not said["answer"]:
            return Said("", [])
        (row,) = self._embeddings.search(
            "select text from txtai where id = :id", parameters={"id": said["reference"]}
        )
        return Said(said["answer"], [(said["reference"].rpartition(" ")[0], row["text"])])


def _paragraphs(article: Text) -> list[str]:
    """Paragraphs, the title's line with the first."""
    title, *others = [part for part in article.text.split("\n\n") if part.strip()]
    return [f"{title}\n\n{others[0]}", *others[1:]] if others else [title]


serve(Txtai)
