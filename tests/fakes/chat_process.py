"""`kiji` as a process of its own, with a fake chain: `python -m tests.fakes.chat_process chat`.

Its answers, in order: an answer, one that never ends until it is stopped, a bug, a refusal;
after that again from the start. FAKE_WARM_UP is how many seconds the models take.
"""

from __future__ import annotations

import os
import time

import bot.opening
from bot.cli import main
from tests.fakes.kiji import ARTICLE, FakeKiji, FakeLibrary, FakeOpening, answer, refusal


class ScriptedKiji(FakeKiji):
    def warm_up(self) -> None:
        time.sleep(float(os.environ.get("FAKE_WARM_UP", "0")))

    def answer(self, question, history=(), scope=None, asked_at=None):
        if not self.queue:
            self.enqueue(answer(question), self.BLOCK, RuntimeError("a bug"), refusal(question))
        return super().answer(question, history, scope, asked_at)


if __name__ == "__main__":
    held = [] if os.environ.get("FAKE_EMPTY") else [ARTICLE]
    bot.opening.Opening = FakeOpening(kiji=ScriptedKiji(), library=FakeLibrary(*held))
    main()
