"""The workspace on loopback, and what a person does in it."""

from __future__ import annotations

import asyncio
import json
import threading
import time
import uuid
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.slack.deliveries import Deliveries, Delivery
from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.limits import Limits
from tests.fakes.slack.messages import APP, BOT_ID, BOT_TOKEN, BOT_USER, TEAM, Channel, Memory
from tests.fakes.slack.methods import call
from tests.fakes.slack.people import People

MANIFEST = Path(__file__).parents[3] / "bot" / "slack" / "manifest.json"


def scopes() -> set[str]:
    """What the app's own manifest asks for: nothing else is granted."""
    return set(json.loads(MANIFEST.read_text("utf-8"))["oauth_config"]["scopes"]["bot"])


class FakeSlack(People):
    """Start with `with FakeSlack() as slack:`; every method may be called from any thread.

    `calls` is every API call (method, arguments), in order. `before[method]` is
    called ahead of a call, from the server's own thread pool, and may raise
    SlackError or sleep; `after[method]` when it has been done and before the
    answer goes out.
    """

    def __init__(self, *, limits: bool = False, stream_seconds: float = 300.0) -> None:
        self.memory = Memory()
        self.limits = Limits(limits)
        self.deliveries = Deliveries()
        self.scopes = scopes()
        self.stream_seconds = stream_seconds
        self.streams_refused = ""
        self.twins = True
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.before: dict[str, Callable[[dict[str, Any]], None]] = {}
        self.after: dict[str, Callable[[dict[str, Any]], None]] = {}
        self.on_post: Callable[[dict[str, Any], dict[str, Any]], None] = lambda *_: None
        self.url = ""
        self.lock = threading.RLock()
        self._responses: dict[str, dict[str, Any]] = {}
        self._tickets: set[str] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, name="fake-slack", daemon=True)
        self._ready = threading.Event()
        self._runner: web.AppRunner | None = None
        self._port = 0

    # --- running

    def __enter__(self) -> FakeSlack:
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self.run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    @property
    def api_url(self) -> str:
        return f"{self.url}api/"

    def run(self, work: Coroutine[Any, Any, Any], timeout: float = 60) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout)

    def spawn(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._start())
        self._ready.set()
        self._loop.run_forever()

    async def _start(self) -> None:
        app = web.Application(client_max_size=4_000_000)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/link", self._link)
        app.router.add_post("/respond/{token}", self._respond)
        app.router.add_get("/files/{file}", self._file)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        self.url = f"http://127.0.0.1:{self._port}/"

    async def _stop(self) -> None:
        await self.deliveries.close()
        if self._runner:
            await self._runner.cleanup()
        own = asyncio.current_task()
        left = [task for task in asyncio.all_tasks() if task is not own]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    # --- the Web API

    async def _api(self, request: web.Request) -> web.Response:
        name = request.match_info["method"]
        arguments: dict[str, Any] = dict(request.query)
        if request.method == "POST":
            if request.content_type == "application/json":
                arguments |= json.loads(await request.text() or "{}")
            else:
                arguments |= dict(await request.post())
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        token = arguments.pop("token", token) or token
        return await asyncio.to_thread(self._answer, name, token, arguments)

    def _answer(self, name: str, token: str, arguments: dict[str, Any]) -> web.Response:
        headers = {"x-oauth-scopes": ",".join(sorted(self.scopes))}
        try:
            if name in self.before:
                self.before[name](arguments)
            with self.lock:
                self.calls.append((name, arguments))
                result = call(self, name, token, arguments)
            if name in self.after:
                self.after[name](result)
        except SlackError as error:
            body = {"ok": False, "error": error.code}
            if error.detail:
                body["detail"] = error.detail
            if error.retry_after is not None:
                headers["Retry-After"] = str(error.retry_after)
                return web.json_response(body, status=429, headers=headers)
            return web.json_response(body, headers=headers)
        except ConnectionError:
            # Done or not, the app does not hear of it.
            return web.Response(status=502, text="gone")
        return web.json_response({"ok": True, **result}, headers=headers)

    def new_socket_url(self) -> str:
        ticket = uuid.uuid4().hex
        self._tickets.add(ticket)
        return f"ws://127.0.0.1:{self._port}/link?ticket={ticket}"

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPForbidden
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        count = len(self.deliveries.sockets) + 1
        hello = {"type": "hello", "num_connections": count, "connection_info": {"app_id": APP}}
        await socket.send_json(hello)
        self.deliveries.sockets.append(socket)
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self.deliveries.acknowledged(json.loads(message.data))
        finally:
            if socket in self.deliveries.sockets:
                self.deliveries.sockets.remove(socket)
        return socket

    async def _file(self, request: web.Request) -> web.Response:
        found = self.memory.files.get(request.match_info["file"])
        if request.headers.get("Authorization") != f"Bearer {BOT_TOKEN}" or found is None:
            # What Slack gives to whoever has no right: a page to sign in on.
            return web.Response(text="<html>Sign in</html>", content_type="text/html")
        return web.Response(body=found["data"], content_type="application/octet-stream")

    def new_response_url(self, channel: str, user: str) -> str:
        token = uuid.uuid4().hex
        self._responses[token] = {"channel": channel, "user": user, "uses": 0}
        return f"{self.url}respond/{token}"

    async def _respond(self, request: web.Request) -> web.Response:
        state = self._responses.get(request.match_info["token"])
        given = await request.json()
        if state is None or state["uses"] >= 5:
            return web.Response(status=404, text="used_url")
        known = {"text", "blocks", "response_type", "replace_original", "delete_original",
                 "thread_ts", "metadata", "unfurl_links", "unfurl_media"}  # fmt: skip
        if set(given) - known:
            return web.Response(status=400, text="invalid_payload")
        state["uses"] += 1
        with self.lock:
            self.responded(state["channel"], state["user"], given)
        return web.Response(text="ok")

    # --- what the methods do

    def add(
        self, channel: Channel, user: str, content: dict[str, Any], thread: str | None
    ) -> dict[str, Any]:
        message = {"type": "message", "user": user, "ts": self.memory.stamp(), **content}
        if user == BOT_USER:
            message |= {"bot_id": BOT_ID, "app_id": APP}
        if thread:
            message["thread_ts"] = thread
        channel.messages[message["ts"]] = message
        self.on_post(message, {"channel": channel.id})
        if user == BOT_USER:
            self.event(self.message_event(channel, message))
        return message

    def change(self, channel: str, message: dict[str, Any], content: dict[str, Any]) -> None:
        before = dict(message)
        message.pop("blocks", None)
        message.pop("streamed", None)
        message.update(content)
        message["edited"] = {"user": message["user"], "ts": self.memory.stamp()}
        self.changed(channel, message, before)

    def changed(
        self, channel: str, message: dict[str, Any], before: dict[str, Any] | None = None
    ) -> None:
        self.on_post(message, {"channel": channel, "changed": True})
        held = self.memory.channels[channel]
        self.event(
            {
                "type": "message",
                "subtype": "message_changed",
                "channel": channel,
                "channel_type": held.kind,
                "ts": self.memory.stamp(),
                "event_ts": self.memory.stamp(),
                "hidden": True,
                "message": dict(message),
                "previous_message": dict(before or message),
            }
        )

    def take_away(self, channel: str, message: dict[str, Any]) -> None:
        held = self.memory.channels[channel]
        del held.messages[message["ts"]]
        self.on_post(message, {"channel": channel, "deleted": True})
        self.event(
            {
                "type": "message",
                "subtype": "message_deleted",
                "channel": channel,
                "channel_type": held.kind,
                "ts": self.memory.stamp(),
                "event_ts": self.memory.stamp(),
                "hidden": True,
                "deleted_ts": message["ts"],
                "previous_message": dict(message),
            }
        )

    def ephemeral(
        self, channel: str, user: str, content: dict[str, Any], thread: str | None = None
    ) -> None:
        message = {"channel": channel, "to": user, "thread_ts": thread, **content}
        self.memory.ephemerals.append(message)
        self.on_post(message, {"channel": channel, "ephemeral": True})

    def expire_streams(self) -> None:
        now = time.monotonic()
        for (channel, ts), started in list(self.memory.streams.items()):
            if now - started > self.stream_seconds:
                self.end_stream(channel, ts)

    def end_stream(self, channel: str, ts: str) -> None:
        self.memory.streams.pop((channel, ts), None)
        held = self.memory.channels[channel].messages
        if ts in held:
            held[ts]["streaming_state"] = "expired"

    def set_session(self, channel: str, thread: str, status: str) -> dict[str, Any]:
        session = self.memory.sessions.setdefault((channel, thread), {})
        session["status"] = status
        return session

    def event(self, event: dict[str, Any], lane: int | None = None) -> None:
        """Send an event on its way, with an id of its own."""
        delivery = self.deliveries.new("events_api", self.event_payload(event))
        self.spawn(self.deliveries.attempt(delivery, lane))

    def deliver(self, kind: str, payload: dict[str, Any]) -> Delivery:
        """Send something and wait until it is acknowledged or given up."""
        return self.run(self.deliveries.send(kind, payload))

    def event_payload(self, event: dict[str, Any]) -> dict[str, Any]:
        event.setdefault("event_ts", event.get("ts") or self.memory.stamp())
        return {
            "token": "legacy",
            "team_id": TEAM,
            "api_app_id": APP,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{uuid.uuid4().hex[:12].upper()}",
            "event_time": int(time.time()),
            "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True,
                                "is_enterprise_install": False, "enterprise_id": None}],
        }  # fmt: skip
