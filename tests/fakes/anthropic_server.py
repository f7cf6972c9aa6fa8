"""Anthropic's Messages API on loopback: server-sent events, text or the input of a tool.

https://docs.anthropic.com/en/docs/build-with-claude/streaming
"""

from __future__ import annotations

import json
from typing import Any

from tests.fakes.model_server import INPUT_TOKENS, ModelServer, Serve


class AnthropicServer(ModelServer):
    """Answers by the tool that a request forces; else in text."""

    def failed(self, reply: Serve) -> dict[str, Any]:
        return {"type": "error", "error": {"type": _TYPES[reply.status], "message": reply.error}}

    def begin(self, request: dict[str, Any]) -> list[str]:
        message = {
            "id": "msg_1", "type": "message", "role": "assistant", "model": request["model"],
            "content": [], "stop_reason": None, "stop_sequence": None,
            "usage": {"input_tokens": INPUT_TOKENS, "output_tokens": 1},
        }  # fmt: skip
        block: dict[str, Any] = {"type": "text", "text": ""}
        if request.get("tool_choice"):
            name = request["tool_choice"]["name"]
            block = {"type": "tool_use", "id": "toolu_1", "name": name, "input": {}}
        return [
            _event("message_start", message=message),
            _event("content_block_start", index=0, content_block=block),
            _event("ping"),
        ]

    def token(self, request: dict[str, Any], piece: str, number: int) -> str:
        delta = {"type": "text_delta", "text": piece}
        if request.get("tool_choice"):
            delta = {"type": "input_json_delta", "partial_json": piece}
        return _event("content_block_delta", index=0, delta=delta)

    def end(self, request: dict[str, Any], count: int) -> list[str]:
        why = "tool_use" if request.get("tool_choice") else "end_turn"
        return [
            _event("content_block_stop", index=0),
            _event(
                "message_delta",
                delta={"stop_reason": why, "stop_sequence": None},
                usage={"input_tokens": INPUT_TOKENS, "output_tokens": count},
            ),
            _event("message_stop"),
        ]


_TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    404: "not_found_error",
    429: "rate_limit_error",
    500: "api_error",
    529: "overloaded_error",
}


def _event(kind: str, **fields: Any) -> str:
    return f"event: {kind}\ndata: {json.dumps({'type': kind} | fields)}\n\n"
