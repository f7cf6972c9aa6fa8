"""What the Web API answers when it says no."""

from __future__ import annotations


class SlackError(Exception):
    """`{"ok": false, "error": code}`; with `retry_after` (seconds) a 429."""

    def __init__(self, code: str, detail: str = "", retry_after: int | None = None) -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail
        self.retry_after = retry_after
