"""How Slack reaches the bot: over a socket that the bot opens, or by HTTP."""

from __future__ import annotations

import asyncio
import json
import logging
import select
import socket
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any, Protocol

from slack_bolt import App
from slack_bolt.adapter.asgi import SlackRequestHandler
from slack_bolt.adapter.asgi.http_request import AsgiHttpRequest
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.request import BoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode import SocketModeClient

PATH = "/slack/events"
# Seconds between pings; a socket that died without a word is noticed after four of them.
_PING_SECONDS = 5
_START_SECONDS = 10.0
_LOOK_SECONDS, _AGAIN_SECONDS = 1.0, 5.0

log = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Transport(Protocol):
    """Brings what Slack sends to a Bolt app."""

    def start(self) -> None:
        """Begin to receive."""

    def stop(self) -> None:
        """Receive nothing more; what has arrived is still acknowledged."""

    def connected(self) -> bool:
        """Whether Slack can reach the bot now."""


def _hung_up(sock: socket.socket) -> bool:
    """Whether the other side has closed a socket, or the connection has broken."""
    if not hasattr(select, "poll"):  # Windows, where the failed pings must do
        return False
    poll = select.poll()
    try:
        poll.register(sock, getattr(select, "POLLRDHUP", 0))  # hang-ups and errors come unasked
        return bool(poll.poll(0))
    except (OSError, ValueError):
        return True


def close(client: SocketModeClient) -> None:
    """Close a client at once; left to itself it would wait out a read of three seconds."""
    session = client.current_session
    if session is not None and session.sock is not None:
        with suppress(OSError):
            session.sock.shutdown(socket.SHUT_RDWR)
    client.close()


class SocketTransport:
    """Socket Mode, with an eye on the socket.

    NOTE: the SDK's client (3.48) reads an end of file as no message, and asks again at
    once; it gives a socket that was cut up only after five failed pings, and meanwhile
    nothing arrives. So a look is taken every second.
    """

    def __init__(self, app: App, app_token: str) -> None:
        self._handler = SocketModeHandler(app, app_token, ping_interval=_PING_SECONDS)
        self._over = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="kiji-slack-socket", daemon=True)

    def start(self) -> None:
        """Connect; raises SlackApiError when Slack does not take the token."""
        self._handler.connect()  # type: ignore[no-untyped-call]
        self._watcher.start()

    def _watch(self) -> None:
        wait = _LOOK_SECONDS
        while not self._over.wait(wait):
            client = self._handler.client
            session = client.current_session
            sock = session.sock if session is not None else None
            wait = _LOOK_SECONDS
            if session is None or (sock is not None and not _hung_up(sock)):
                continue
            try:
                session.disconnect()
                client.connect_to_new_endpoint()
                log.info("a lost socket was opened again")
            except Exception as error:  # noqa: BLE001 - the network may be gone for any reason; try again
                log.warning("no socket: %s", error)
                wait = _AGAIN_SECONDS

    def stop(self) -> None:
        """Acknowledge what is being taken down, then disconnect.

        The SDK's own close() disconnects first, so that nothing can be acknowledged.
        """
        self._over.set()
        if self._watcher.ident is not None:
            self._watcher.join(_START_SECONDS)
        client = self._handler.client
        client.closed = True
        client.auto_reconnect_enabled = False
        client.message_queue.put("")  # wakes the processor, which then sees that it is over
        client.message_processor.shutdown()  # type: ignore[no-untyped-call]
        client.message_workers.shutdown(wait=True)
        close(client)

    def connected(self) -> bool:
        """Whether a socket is open."""
        return bool(self._handler.client.is_connected())


class _Events(SlackRequestHandler):
    """Bolt's own handler, its work kept off the event loop.

    NOTE: Bolt 1.30 dispatches inside the loop and waits there for ack() with time.sleep:
    one slow request would hold up all the others.
    """

    async def dispatch(self, request: AsgiHttpRequest) -> BoltResponse:
        body = await request.get_raw_body()
        made = BoltRequest(body=body, query=request.query_string, headers=request.get_headers())
        return await asyncio.to_thread(self.app.dispatch, made)


def asgi(app: App, ready: Callable[[], bool]) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    """The ASGI application: Slack's requests, `/healthz` and `/readyz`."""
    events = _Events(app, PATH)

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] in ("/healthz", "/readyz"):
            well = scope["path"] == "/healthz" or ready()
            body = json.dumps({"ok": well}).encode()
            headers = [(b"content-type", b"application/json")]
            status = 200 if well else 503
            await send({"type": "http.response.start", "status": status, "headers": headers})
            await send({"type": "http.response.body", "body": body})
            return
        await events(scope, receive, send)  # type: ignore[arg-type]

    return application


class HttpTransport:
    """Slack's requests over HTTP, their signatures checked by Bolt, served by uvicorn."""

    def __init__(self, app: App, host: str, port: int, ready: Callable[[], bool]) -> None:
        import uvicorn

        config = uvicorn.Config(
            asgi(app, ready),
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=5,
        )
        self._server = uvicorn.Server(config)
        self._address = (host, port)
        self._socket: socket.socket | None = None
        self._thread = threading.Thread(target=self._serve, name="kiji-slack-http", daemon=True)

    @property
    def port(self) -> int:
        """The port that is listened on."""
        assert self._socket is not None  # noqa: S101 - asked after start
        return int(self._socket.getsockname()[1])

    def start(self) -> None:
        """Listen; raises OSError when the port can't be had."""
        self._socket = socket.create_server(self._address)
        self._thread.start()

    def _serve(self) -> None:
        assert self._socket is not None  # noqa: S101 - made by start
        logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
        self._server.run(sockets=[self._socket])

    def stop(self) -> None:
        """Answer the requests that are open, and listen no more."""
        self._server.should_exit = True
        if self._thread.ident is not None:
            self._thread.join(_START_SECONDS)

    def connected(self) -> bool:
        """Whether the server is up."""
        return bool(self._server.started) and not self._server.should_exit
