from __future__ import annotations

import socket

import pytest

from tests.conftest import NetworkBlockedError


def test_addresses_elsewhere_are_refused():
    with socket.socket() as one, pytest.raises(NetworkBlockedError):
        one.connect(("192.0.2.1", 80))
    with socket.socket() as one, pytest.raises(NetworkBlockedError):
        one.connect_ex(("192.0.2.1", 80))
    with pytest.raises(NetworkBlockedError):
        socket.create_connection(("example.org", 80))
    with pytest.raises(NetworkBlockedError):
        socket.getaddrinfo("example.org", 80)


def test_loopback_is_reached():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as client,
    ):
        peer, _ = server.accept()
        with peer:
            client.sendall(b"x")
            assert peer.recv(1) == b"x"
