"""kiji with the language model that is set: its chain, every claim checked."""

# Runs in the project's own environment.

from __future__ import annotations

import os
from pathlib import Path

from kiji_embedded import KijiSystem
from peer import Said, serve

from bot.chain import Kiji
from bot.opening import Opening
from bot.settings import Settings
from bot.values import AnswerEvent
from tests.bench.recall import ASKED


class KijiModel(KijiSystem):
    def __init__(self, work: Path, encoder: Path, reader: Path) -> None:
        super().__init__(work, encoder, reader)
        named = {key: os.environ[key] for key in os.environ if key.startswith("KIJI_MODEL")}
        settings = Settings.load(named, Path(os.devnull))
        writer = Opening(settings).writer()
        self._kiji = Kiji(self._library, self._engine, settings.passages, writer)

    def ask(self, question: str) -> Said:
        *_, last = self._kiji.answer(question, asked_at=ASKED)
        assert isinstance(last, AnswerEvent)
        answer = last.answer
        shown = [(citation.article, citation.quote) for citation in answer.citations]
        return Said(answer.text if answer.answered else "", shown)

    def unrefused(self, question: str) -> str | None:
        return None


serve(KijiModel)
