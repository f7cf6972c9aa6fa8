"""Names to addresses and addresses to connections, within one deadline."""

from __future__ import annotations

import io
import queue
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass


class Deadline:
    """A moment by which everything must be done."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def remaining(self) -> float:
        """Seconds left, more than 0. Raises TimeoutError when none are."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def _resolve(host: str, port: int, deadline: Deadline) -> list[str]:
    """The numeric addresses of a host, in the system's order.

    Raises OSError, or TimeoutError: the system's resolver has no time limit of
    its own, so it runs in a thread that is left behind when it is too slow.
    """
    answers: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            answers.put(error if isinstance(error, OSError) else OSError(str(error)))
        else:
            answers.put(list(dict.fromkeys(str(entry[4][0]) for entry in found)))

    threading.Thread(target=ask, name="kiji-resolve", daemon=True).start()
    try:
        answer = answers.get(timeout=deadline.remaining())
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(answer, OSError):
        raise answer
    return answer


def _connect(address: str, port: int, timeout: float) -> socket.socket:
    return socket.create_connection((address, port), timeout)


@dataclass(frozen=True, slots=True)
class Network:
    """The two things that fetching asks of the system; tests give others.

    `resolve(host, port, deadline)` gives numeric addresses, `connect(address,
    port, seconds)` a connected socket. `connect` is only ever given an address
    that `resolve` gave and that was checked.
    """

    resolve: Callable[[str, int, Deadline], list[str]] = _resolve
    connect: Callable[[str, int, float], socket.socket] = _connect


class TimedSocket:
    """A socket for `http.client` whose every send and receive ends by the deadline.

    A plain socket's timeout starts anew with each byte that a slow server drips.
    """

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock = sock
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        """Send all of some bytes."""
        self._sock.settimeout(self._deadline.remaining())
        self._sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        """A buffered reader; `mode` is always `rb`."""
        if mode != "rb":
            raise ValueError(f"only rb, not {mode}")
        return io.BufferedReader(_TimedReader(self._sock, self._deadline))

    def close(self) -> None:
        """Nothing: http.client closes before the body is read; fetching closes the socket."""


class _TimedReader(io.RawIOBase):
    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock = sock
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # narrower is enough
        self._sock.settimeout(self._deadline.remaining())
        return self._sock.recv_into(buffer)
