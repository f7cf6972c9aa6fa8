"""What happens behind the prompt: indexing what is to be asked, loading the models.

Runs in a thread, so that the prompt is there at once; the first question waits
for it. In a pipe the same work runs in the foreground.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.terminal.progress import Noting, Skipped, summary
from prompts.catalogue import say
from retrieval.values import Language

if TYPE_CHECKING:
    from bot.chain import Kiji
    from bot.opening import Opening
    from retrieval.store import Library


@dataclass(frozen=True, slots=True)
class Prepared:
    """What questions need: the library, the chain, what to tell the person first.

    `articles` are the ids that were named on the command line, or None for all.
    """

    library: Library
    kiji: Kiji
    notices: tuple[str, ...]
    articles: frozenset[str] | None


def prepare(opening: Opening, paths: Sequence[str], status: Callable[[str], None]) -> Prepared:
    """Index `paths` (or, into an empty store, the sample) and load the models.

    `status` is called with one short sentence as the work goes on. Raises KijiError.
    """
    language = opening.settings.language
    library = opening.library()
    notices: list[str] = []
    ids: set[str] = set()
    for path in paths:
        status(say(language, "chat.loading", path=path))
        skipped = Skipped(language, notices.append)
        noted = Noting(opening.articles(path, skipped))
        report = library.index(
            noted,
            lambda step: status(say(language, "chat.indexing", count=step.articles)),
        )
        ids |= noted.ids
        notices.append(summary(report, language))
    if paths:
        notices.append(say(language, "chat.scope_some", count=len(ids)))
    elif library.is_empty():
        sample = opening.sample()
        status(say(language, "chat.loading_sample"))
        library.index(sample)
        notices.append(say(language, "chat.sample", count=len(sample)))
    if notice := opening.model_notice():
        notices.append(notice)
    status(say(language, "chat.loading_models"))
    kiji = opening.kiji(library)
    kiji.warm_up()
    status(ready(library, language))
    return Prepared(library, kiji, tuple(notices), frozenset(ids) if paths else None)


def ready(library: Library, language: Language) -> str:
    """The sentence that says that questions can be asked, and of how much."""
    return say(language, "chat.ready", count=len(library.articles()))


class Preparation:
    """`prepare` in a thread. `status` is the sentence to show now.

    `changed` is called, from that thread, whenever there is another one.
    """

    def __init__(self, work: Callable[[Callable[[str], None]], Prepared]) -> None:
        self._work = work
        self._thread: threading.Thread | None = None
        self._prepared: Prepared | None = None
        self._error: BaseException | None = None
        self.status = ""
        self.changed: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Begin, or begin again after a failure; does nothing while it runs or when done."""
        if self._prepared is None and not self.running:
            self._error = None
            # A daemon: leaving the chat does not wait for models that nobody will ask.
            self._thread = threading.Thread(target=self._run, name="kiji-prepare", daemon=True)
            self._thread.start()

    @property
    def running(self) -> bool:
        """Whether the work goes on right now."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def failure(self) -> BaseException | None:
        """What the work failed of, or None."""
        return self._error

    @property
    def done(self) -> Prepared | None:
        """What was prepared, or None while it is not."""
        return self._prepared

    def wait(self, tick: Callable[[], None] = lambda: None) -> Prepared:
        """What was prepared, once it is; calls `tick` ten times a second until then.

        Raises what the work raised; the next `start` tries again.
        """
        while self._thread is not None and self._thread.is_alive():
            tick()
            self._thread.join(0.1)
        if self._error is not None:
            raise self._error
        assert self._prepared is not None  # noqa: S101 - neither running, failed nor unstarted
        return self._prepared

    def _run(self) -> None:
        try:
            self._prepared = self._work(self._tell)
        except BaseException as error:  # noqa: BLE001 - raised again, in the thread that waits
            self._error = error
            self._tell("")

    def _tell(self, status: str) -> None:
        self.status = status
        self.changed()
