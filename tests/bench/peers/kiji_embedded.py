"""kiji as it ships: its chain with the embedded engine, over a store in the folder."""

# Runs in the project's own environment.

from __future__ import annotations

from pathlib import Path

from peer import Said, System, Text, distinct, serve

from bot.chain import Kiji
from bot.embedded import EmbeddedEngine
from bot.values import AnswerEvent
from retrieval.models import shipped
from retrieval.search import CANDIDATES, search
from retrieval.store import Library, StoreOptions
from retrieval.values import Article, Intent
from tests.bench.answers import RememberingReader
from tests.bench.recall import ASKED, query_of


class KijiSystem(System):
    def __init__(self, work: Path, encoder: Path, reader: Path) -> None:
        self._library = Library.open(StoreOptions(folder=work))
        # Reads as the shipped engine does, and remembers it for `unrefused`.
        self._engine = EmbeddedEngine(RememberingReader(shipped("reader"), shipped("encoder")))
        self._kiji = Kiji(self._library, self._engine)

    def index(self, articles: list[Text]) -> None:
        self._library.index(Article(a.id, a.id, a.title, a.text) for a in articles)

    def find(self, question: str) -> list[str]:
        hits = search(self._library, query_of(question), CANDIDATES)
        return distinct([hit.article.id for hit in hits])

    def ask(self, question: str) -> Said:
        *_, last = self._kiji.answer(question, asked_at=ASKED)
        assert isinstance(last, AnswerEvent)
        answer = last.answer
        self._hits = answer.hits
        short = (answer.short or answer.text) if answer.answered else ""
        return Said(short, [(citation.article, citation.quote) for citation in answer.citations])

    def unrefused(self, question: str) -> str | None:
        query = query_of(question)
        if query.intent is Intent.YESNO:
            return None
        readings = self._engine.readings(query, self._hits)
        return readings[0].words if readings else ""


if __name__ == "__main__":
    serve(KijiSystem)
