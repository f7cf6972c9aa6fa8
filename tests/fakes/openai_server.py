"""An OpenAI-compatible server on loopback that answers with what was put in its queue."""

from __future__ import annotations

import json
from typing import Any

from tests.fakes.model_server import INPUT_TOKENS, ModelServer, Serve

__all__ = ["OpenAIServer", "Serve"]


class OpenAIServer(ModelServer):
    """Speaks chat completions, streamed."""

    base = "/v1"

    def begin(self, request: dict[str, Any]) -> list[str]:
        return [_event({"delta": {"role": "assistant", "content": ""}})]

    def token(self, request: dict[str, Any], piece: str, number: int) -> str:
        return _event({"delta": {"content": piece}})

    def end(self, request: dict[str, Any], count: int) -> list[str]:
        usage = {"prompt_tokens": INPUT_TOKENS, "completion_tokens": count}
        usage["total_tokens"] = sum(usage.values())
        return [_event({"delta": {}, "finish_reason": "stop"}), _event(None, usage), _DONE]


_DONE = "data: [DONE]\n\n"


def _event(choice: dict[str, Any] | None, usage: Any = None) -> str:
    event = {
        "id": "x", "object": "chat.completion.chunk", "created": 1, "model": "tiny",
        "choices": [] if choice is None else [{"index": 0, "finish_reason": None} | choice],
        "usage": usage,
    }  # fmt: skip
    return f"data: {json.dumps(event)}\n\n"
