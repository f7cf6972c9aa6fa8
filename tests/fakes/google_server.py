"""Gemini's streamGenerateContent on loopback: server-sent events.

https://ai.google.dev/api/generate-content
"""

from __future__ import annotations

import json
from typing import Any

from tests.fakes.model_server import INPUT_TOKENS, ModelServer, Serve


class GoogleServer(ModelServer):
    """Each event tells the usage so far, as Gemini's do."""

    key_header = "x-goog-api-key"

    def failed(self, reply: Serve) -> dict[str, Any]:
        status, reason = _STATUSES[reply.status]
        error: dict[str, Any] = {"code": reply.status, "message": reply.error, "status": status}
        if reason:
            # A wrong key is a 400 there, told from other ones by its reason alone.
            error["details"] = [
                {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason}
            ]
        if wait := reply.headers.pop("retry-delay", ""):
            error["details"] = [
                {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": wait}
            ]
        return {"error": error}

    def token(self, request: dict[str, Any], piece: str, number: int) -> str:
        return _event(piece, number)

    def end(self, request: dict[str, Any], count: int) -> list[str]:
        return [_event("", count, finishReason="STOP")]


_STATUSES = {
    400: ("INVALID_ARGUMENT", "API_KEY_INVALID"),
    403: ("PERMISSION_DENIED", ""),
    404: ("NOT_FOUND", ""),
    429: ("RESOURCE_EXHAUSTED", ""),
    500: ("INTERNAL", ""),
    503: ("UNAVAILABLE", ""),
}


def _event(text: str, written: int, **fields: Any) -> str:
    candidate = {"content": {"role": "model", "parts": [{"text": text}]}, "index": 0} | fields
    event = {
        "candidates": [candidate],
        "usageMetadata": {
            "promptTokenCount": INPUT_TOKENS,
            "candidatesTokenCount": written,
            "totalTokenCount": INPUT_TOKENS + written,
        },
        "modelVersion": "gemini-test",
    }
    return f"data: {json.dumps(event)}\r\n\r\n"
