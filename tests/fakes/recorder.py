"""A loopback server that keeps what it is sent and says 200 to everything."""

from __future__ import annotations

import gzip
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Recorded:
    """One request; `body` as it was before it was compressed, `headers` with small names."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Recorder:
    """`requests` are those that came, in their order; `reply` is the JSON that each gets."""

    def __init__(self, reply: bytes = b"{}") -> None:
        self.requests: list[Recorded] = []
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            def _record(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                if headers.get("transfer-encoding") == "chunked":
                    body = self._chunks()
                else:
                    body = self.rfile.read(int(headers.get("content-length", 0)))
                if headers.get("content-encoding") == "gzip":
                    body = gzip.decompress(body)
                recorder.requests.append(Recorded(self.command, self.path, headers, body))
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply)

            def _chunks(self) -> bytes:
                chunks = b""
                while size := int(self.rfile.readline(), 16):
                    chunks += self.rfile.read(size)
                    self.rfile.readline()
                self.rfile.readline()
                return chunks

            do_GET = do_POST = do_PATCH = _record

            def log_message(self, *_: Any) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self) -> Recorder:
        threading.Thread(target=self._http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
