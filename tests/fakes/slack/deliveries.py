"""Events on their way to the app: by socket or signed HTTP, again when not acknowledged.

Slack gives an app three seconds, and tries three times more: at once, after a
minute, after five. `pace` makes a second shorter for tests. What happens to each
delivery is kept in `log`.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp

from tests.fakes.slack.messages import SECRET

if TYPE_CHECKING:
    from aiohttp import web

RETRIES = (0.05, 60.0, 300.0)
ACK_SECONDS = 3.0


@dataclass
class Delivery:
    """`acks` are seconds from sending to acknowledgement, one for each time it arrived;
    `failed` are the times (time.time()) at which it was sent and not acknowledged."""

    kind: str
    payload: dict[str, Any]
    acks: list[float] = field(default_factory=list)
    sent: int = 0
    failed: list[float] = field(default_factory=list)
    response: Any = None
    done: asyncio.Event = field(default_factory=asyncio.Event)


class Deliveries:
    """`sockets` are the open connections; with `http` set, events go to that address instead."""

    def __init__(self) -> None:
        self.sockets: list[web.WebSocketResponse] = []
        self.http: str | None = None
        self.log: list[Delivery] = []
        self.lose_acks = 0
        self.pace = 1.0
        self.ack_seconds = ACK_SECONDS
        self._waiting: dict[str, asyncio.Future[Any]] = {}
        self._turn = 0
        self._client: aiohttp.ClientSession | None = None

    async def send(self, kind: str, payload: dict[str, Any], lane: int | None = None) -> Delivery:
        """Deliver until it is acknowledged or tried often enough. `lane` is which socket."""
        delivery = self.new(kind, payload)
        await self.attempt(delivery, lane)
        return delivery

    def new(self, kind: str, payload: dict[str, Any]) -> Delivery:
        """A delivery that is known before it is sent, so that nobody overlooks it."""
        delivery = Delivery(kind, payload)
        self.log.append(delivery)
        return delivery

    async def attempt(self, delivery: Delivery, lane: int | None = None) -> None:
        """Try, and try again as Slack does."""
        delays = RETRIES if delivery.kind == "events_api" else ()
        reason = ""
        for number, delay in enumerate((0.0, *delays)):
            await asyncio.sleep(delay * self.pace)
            acknowledged = await self.once(delivery, number, reason, lane)
            if acknowledged and self.lose_acks:
                # The answer never reached Slack, as far as Slack knows.
                self.lose_acks -= 1
                acknowledged = False
            if acknowledged:
                break
            reason = "timeout"
        delivery.done.set()

    async def once(
        self, delivery: Delivery, number: int = 0, reason: str = "", lane: int | None = None
    ) -> bool:
        """One try; whether it was acknowledged in time."""
        delivery.sent += 1
        sent = time.time()
        try:
            if self.http:
                started = time.perf_counter()
                delivery.response = await self._post(delivery, number, reason)
            else:
                socket = await self._socket(lane)
                # From here on: waiting for a socket is no slowness of the app's.
                started = time.perf_counter()
                delivery.response = await self._push(socket, delivery, number, reason)
        except (TimeoutError, ConnectionError, aiohttp.ClientError):
            delivery.failed.append(sent)
            return False
        delivery.acks.append(time.perf_counter() - started)
        return True

    async def _socket(self, lane: int | None) -> web.WebSocketResponse:
        end = time.monotonic() + self.ack_seconds
        while time.monotonic() < end:
            alive = [socket for socket in self.sockets if not socket.closed]
            if alive:
                self._turn += 1
                return alive[(self._turn if lane is None else lane) % len(alive)]
            await asyncio.sleep(0.02)
        raise TimeoutError

    async def _push(
        self, socket: web.WebSocketResponse, delivery: Delivery, number: int, reason: str
    ) -> dict[str, Any]:
        envelope = str(uuid.uuid4())
        message = {
            "envelope_id": envelope,
            "type": delivery.kind,
            "payload": delivery.payload,
            "accepts_response_payload": delivery.kind != "events_api",
        }
        if delivery.kind == "events_api":
            message |= {"retry_attempt": number, "retry_reason": reason}
        waiting = asyncio.get_running_loop().create_future()
        self._waiting[envelope] = waiting
        try:
            await socket.send_json(message)
            return await asyncio.wait_for(waiting, self.ack_seconds)
        finally:
            self._waiting.pop(envelope, None)

    def acknowledged(self, message: dict[str, Any]) -> None:
        """An envelope came back over a socket."""
        waiting = self._waiting.get(message.get("envelope_id", ""))
        if waiting is not None and not waiting.done():
            waiting.set_result(message.get("payload") or {})

    async def _post(self, delivery: Delivery, number: int, reason: str) -> dict[str, Any]:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        match delivery.kind:
            case "events_api":
                headers["Content-Type"] = "application/json"
                body = json.dumps(delivery.payload)
            case "slash_commands":
                body = urlencode(delivery.payload)
            case _:
                body = urlencode({"payload": json.dumps(delivery.payload)})
        if number:
            headers |= {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
        headers |= signature(body)
        if self._client is None:
            self._client = aiohttp.ClientSession()
        timeout = aiohttp.ClientTimeout(total=self.ack_seconds)
        assert self.http
        async with self._client.post(self.http, data=body, headers=headers, timeout=timeout) as r:
            text = await r.text()
            if r.status != 200:
                raise ConnectionError(f"{r.status} {text}")
            return json.loads(text) if text.startswith("{") else {"text": text}

    async def cut(self) -> None:
        """Tear every socket down without a word."""
        for socket in self.sockets:
            transport = socket._req.transport if socket._req else None
            if transport is not None:
                transport.abort()
        self.sockets.clear()

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()
        for socket in list(self.sockets):
            await socket.close()


def signature(body: str, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    """The headers by which an app knows that a request is Slack's."""
    stamp = str(int(time.time() if at is None else at))
    base = f"v0:{stamp}:{body}".encode()
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}
