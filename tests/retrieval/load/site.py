"""A web site on loopback and a network that leads names and addresses to it."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from retrieval.load.network import Deadline, Network

Page = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """Pages by path. `asked` are the requests' (Host header, path)."""

    port: int
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def page(self, path: str, body: bytes, status: int = 200, **headers: str) -> None:
        def answer(handler: BaseHTTPRequestHandler) -> None:
            sent = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
            handler.send_response(status)
            for name, value in (
                sent | {k.replace("_", "-"): v for k, v in headers.items()}
            ).items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(body)

        self.pages[path] = answer

    def redirect(self, path: str, to: str) -> None:
        self.page(path, b"", status=302, Location=to)


@contextlib.contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.headers["Host"], self.path))
            page = site.pages.get(self.path)
            # A client that has read enough closes the connection; that is what is tested.
            with contextlib.suppress(ConnectionError):
                if page is None:
                    self.send_error(404)
                else:
                    page(self)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    # A client that refuses the certificate hangs up; that is what is tested.
    server.handle_error = lambda request, client_address: None  # type: ignore[method-assign]
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Roads:
    """A network whose every address is the site, and which notes where it was led.

    `names` gives each name's answers in turn; the last one stays. An answer is
    a list of addresses.
    """

    site: Site
    names: dict[str, list[list[str]]]
    connected: list[tuple[str, int]] = field(default_factory=list)
    dead: frozenset[str] = frozenset()

    @property
    def network(self) -> Network:
        return Network(self._resolve, self._connect)

    def _resolve(self, host: str, port: int, deadline: Deadline) -> list[str]:
        if host not in self.names:
            raise socket.gaierror("unknown name")
        answers = self.names[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def _connect(self, address: str, port: int, timeout: float) -> socket.socket:
        self.connected.append((address, port))
        if address in self.dead:
            raise ConnectionRefusedError
        return socket.create_connection(("127.0.0.1", self.site.port), timeout)
