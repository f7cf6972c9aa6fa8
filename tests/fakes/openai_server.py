"""An OpenAI-compatible server on loopback that answers with what was put in its queue."""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.fakes.model import tokens


@dataclass
class Serve:
    """One response: a stream of `text`, or a `status` with a JSON `error`.

    `before` seconds pass before anything is sent, `each` before each token; with
    `cut` the connection is closed in the middle.
    """

    text: str = ""
    status: int = 200
    error: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    before: float = 0.0
    each: float = 0.0
    cut: bool = False


class OpenAIServer:
    """`requests` are the bodies that came, `gone` counts callers that hung up."""

    def __init__(self) -> None:
        self.queue: deque[Serve] = deque()
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.gone = 0
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                server.requests.append(json.loads(body))
                server.keys.append(self.headers.get("authorization", ""))
                try:
                    server._serve(self, server.queue.popleft())
                except (BrokenPipeError, ConnectionResetError):
                    server.gone += 1
                self.close_connection = True

            def log_message(self, *_: Any) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_port}/v1"

    def _serve(self, handler: BaseHTTPRequestHandler, reply: Serve) -> None:
        time.sleep(reply.before)
        if reply.status != 200:
            data = json.dumps({"error": {"message": reply.error, "type": "x"}}).encode()
            handler.send_response(reply.status)
            for name, value in reply.headers.items():
                handler.send_header(name, value)
            handler.send_header("content-type", "application/json")
            handler.send_header("content-length", str(len(data)))
            handler.send_header("connection", "close")
            handler.end_headers()
            handler.wfile.write(data)
            return
        handler.send_response(200)
        handler.send_header("content-type", "text/event-stream")
        handler.send_header("transfer-encoding", "chunked")
        # The client's pool would keep it open until it is collected, and then warn.
        handler.send_header("connection", "close")
        handler.end_headers()
        pieces = tokens(reply.text)
        self._event(handler, {"delta": {"role": "assistant", "content": ""}})
        for piece in pieces:
            time.sleep(reply.each)
            self._event(handler, {"delta": {"content": piece}})
        if reply.cut:
            return
        self._event(handler, {"delta": {}, "finish_reason": "stop"})
        usage = {"prompt_tokens": 100, "completion_tokens": len(pieces)}
        usage["total_tokens"] = sum(usage.values())
        self._event(handler, None, usage)
        self._chunk(handler, "data: [DONE]\n\n")
        self._chunk(handler, "")

    def _event(self, handler: Any, choice: dict[str, Any] | None, usage: Any = None) -> None:
        event = {
            "id": "x", "object": "chat.completion.chunk", "created": 1, "model": "tiny",
            "choices": [] if choice is None else [{"index": 0, "finish_reason": None} | choice],
            "usage": usage,
        }  # fmt: skip
        self._chunk(handler, f"data: {json.dumps(event)}\n\n")

    @staticmethod
    def _chunk(handler: Any, text: str) -> None:
        data = text.encode()
        handler.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        handler.wfile.flush()

    def __enter__(self) -> OpenAIServer:
        threading.Thread(target=self._http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
