"""What the fake providers' servers share: a queue of replies, a record of requests, a stream."""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

from tests.fakes.model import tokens

# What every reply of a fake says that the prompt came to.
INPUT_TOKENS = 100


@dataclass
class Serve:
    """One response: a stream of `text`, or a `status` with the JSON that `error` becomes.

    `before` seconds pass before anything is sent, `each` before each token. `event` is
    sent as it is before the first token; with `cut` the connection is closed in the middle.
    """

    text: str = ""
    status: int = 200
    error: Any = ""
    headers: dict[str, str] = field(default_factory=dict)
    before: float = 0.0
    each: float = 0.0
    event: str = ""
    cut: bool = False


class ModelServer:
    """`requests` are the bodies that came, `paths` and `keys` what came with each.

    `gone` counts callers that hung up. A provider's server says how a stream looks.
    """

    content_type: ClassVar[str] = "text/event-stream"
    key_header: ClassVar[str] = "authorization"
    # Behind the host, what the provider's package wants its base URL to end in.
    base: ClassVar[str] = ""

    def __init__(self) -> None:
        self.queue: deque[Serve] = deque()
        self.requests: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.keys: list[str] = []
        self.gone = 0
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                server.requests.append(json.loads(body))
                server.paths.append(self.path)
                server.keys.append(self.headers.get(server.key_header, ""))
                try:
                    server._serve(self, server.queue.popleft())
                except (BrokenPipeError, ConnectionResetError):
                    server.gone += 1
                self.close_connection = True

            def log_message(self, *_: Any) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_port}{self.base}"

    def failed(self, reply: Serve) -> dict[str, Any]:
        """The JSON of a response that is no answer."""
        return {"error": {"message": reply.error, "type": "x"}}

    def begin(self, request: dict[str, Any]) -> list[str]:
        """What a stream begins with, before the first token."""
        return []

    def token(self, request: dict[str, Any], piece: str, number: int) -> str:
        """One token, the `number`th from 1."""
        raise NotImplementedError

    def end(self, request: dict[str, Any], count: int) -> list[str]:
        """What ends a stream of `count` tokens."""
        return []

    def _serve(self, handler: BaseHTTPRequestHandler, reply: Serve) -> None:
        time.sleep(reply.before)
        request = self.requests[-1]
        if reply.status != 200:
            data = json.dumps(self.failed(reply)).encode()
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
        handler.send_header("content-type", self.content_type)
        handler.send_header("transfer-encoding", "chunked")
        # The client's pool would keep it open until it is collected, and then warn.
        handler.send_header("connection", "close")
        handler.end_headers()
        for part in [*self.begin(request), *filter(None, [reply.event])]:
            self._chunk(handler, part)
        pieces = tokens(reply.text)
        for number, piece in enumerate(pieces, 1):
            time.sleep(reply.each)
            self._chunk(handler, self.token(request, piece, number))
        if reply.cut:
            return
        for part in self.end(request, len(pieces)):
            self._chunk(handler, part)
        self._chunk(handler, "")

    @staticmethod
    def _chunk(handler: Any, text: str) -> None:
        data = text.encode()
        handler.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        handler.wfile.flush()

    def __enter__(self) -> Any:
        threading.Thread(target=self._http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
