"""`kiji chat`."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cli.app import App
from retrieval.errors import InputError


def chat(
    app: App, paths: Sequence[str], resume: bool, store: str | None, collection: str | None
) -> int:
    """Hold a chat at the terminal or over a pipe."""
    if "-" in paths:
        raise InputError("chat.no_stdin_path")
    from bot.terminal.chat import chat as hold

    return hold(app.opening(store, collection), paths, resume=resume)
