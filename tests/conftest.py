"""What holds for every test: no network but loopback, no settings from outside, no home folder."""

from __future__ import annotations

import ipaddress
import os
import socket
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


class NetworkBlockedError(RuntimeError):
    """A test tried to leave this machine."""


def _checked(host: object) -> None:
    if host is None or host in ("", b"", "localhost", b"localhost"):
        return
    name = host.decode() if isinstance(host, bytes) else str(host)
    try:
        if ipaddress.ip_address(name.partition("%")[0]).is_loopback:
            return
    except ValueError:
        pass
    raise NetworkBlockedError(f"a test tried to reach {name!r}; tests stay on loopback")


def _checked_address(address: object) -> None:
    # AF_UNIX addresses are paths: they do not leave the machine.
    if isinstance(address, tuple):
        _checked(address[0])


@pytest.fixture(scope="session", autouse=True)
def _no_network():
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            real = getattr(socket.socket, name)

            def connect(self, address, _real=real):
                _checked_address(address)
                return _real(self, address)

            patch.setattr(socket.socket, name, connect)

        real_sendto = socket.socket.sendto

        def sendto(self, data, *rest):
            _checked_address(rest[-1])
            return real_sendto(self, data, *rest)

        patch.setattr(socket.socket, "sendto", sendto)
        real_create = socket.create_connection

        def create_connection(address, *args, **kwargs):
            _checked_address(address)
            return real_create(address, *args, **kwargs)

        patch.setattr(socket, "create_connection", create_connection)
        for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
            real = getattr(socket, name)

            def look_up(host, *args, _real=real, **kwargs):
                _checked(host)
                return _real(host, *args, **kwargs)

            patch.setattr(socket, name, look_up)
        yield


@pytest.fixture(autouse=True)
def _own_environment(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch):
    """A home of its own, no KIJI_* and no colours from outside, English unless a test says so."""
    home = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        if name.startswith("KIJI_"):
            monkeypatch.delenv(name)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("LOCALAPPDATA", str(home / "local"))
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    # Belongs to models that a test may load: never look for them on the network.
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    return home


@pytest.fixture(scope="session")
def bench_folder() -> Path:
    """The benchmark data: KIJI_BENCH, or shared/bench beside the project."""
    named = os.environ.get("KIJI_BENCH")
    folder = Path(named) if named else ROOT.parent / "shared" / "bench"
    if not (folder / "wikinews_questions.jsonl").is_file():
        pytest.skip(f"no benchmark data in {folder}; set KIJI_BENCH to its folder")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A folder for a store, not there yet."""
    return tmp_path / "store"
