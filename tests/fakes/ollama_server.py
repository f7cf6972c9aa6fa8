"""Ollama's chat on loopback: one JSON object a line.

https://github.com/ollama/ollama/blob/main/docs/api.md
"""

from __future__ import annotations

import json
from typing import Any

from tests.fakes.model_server import INPUT_TOKENS, ModelServer, Serve


class OllamaServer(ModelServer):
    """Structured output is text there, that a grammar holds to the request's `format`."""

    content_type = "application/x-ndjson"

    def failed(self, reply: Serve) -> dict[str, Any]:
        return {"error": reply.error}

    def token(self, request: dict[str, Any], piece: str, number: int) -> str:
        return _line(request, piece, done=False)

    def end(self, request: dict[str, Any], count: int) -> list[str]:
        counts = {"prompt_eval_count": INPUT_TOKENS, "eval_count": count, "done_reason": "stop"}
        return [_line(request, "", done=True, **counts)]


def _line(request: dict[str, Any], text: str, **fields: Any) -> str:
    message = {"role": "assistant", "content": text}
    line = {"model": request["model"], "created_at": "2025-09-20T12:00:00Z", "message": message}
    return json.dumps(line | fields) + "\n"
