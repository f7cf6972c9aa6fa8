"""What the process tests run as processes of their own.

    python -m tests.retrieval.store.process index FOLDER COUNT EDITION [STEP]
    python -m tests.retrieval.store.process query FOLDER

`index` kills itself (SIGKILL) after the STEP-th of its calls of a function, where
STEP is written module:function:number. `query` answers each line of its input.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from pathlib import Path

from retrieval.store import Library, StoreOptions, indexing
from tests.retrieval.store.support import HashEmbedder, article


def _die_after(step: str) -> None:
    module_name, path, number = step.split(":")
    owner = importlib.import_module(f"retrieval.store.{module_name}")
    *outer, name = path.split(".")
    for part in outer:
        owner = getattr(owner, part)
    real, left = getattr(owner, name), int(number)

    def wrapped(*args, **kwargs):
        nonlocal left
        result = real(*args, **kwargs)
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, wrapped)


def _say(text: object) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(command: str, folder: str, *rest: str) -> None:
    library = Library.open(StoreOptions(Path(folder)), HashEmbedder())
    library.warm_up()
    if command == "index":
        indexing.MOST_ARTICLES = 16  # several commits in a short run
        count, edition, *step = rest
        for one in step:
            _die_after(one)
        _say("ready")
        library.index(article(number, edition) for number in range(int(count)))
        _say("done")
    else:
        _say("ready")
        for line in sys.stdin:
            found = library.dense(library.embedder.query(line.strip()), 1)
            passages = library.passages(rowid for rowid, _ in found)
            _say(",".join(passage.article_id for passage in passages.values()))
    library.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
