"""Vectors on a Chroma server or in Chroma Cloud.

The server is the one process that touches its files, so that a collection is
changed where it is: what is added before a commit has no article yet and is
passed over; what a commit replaces is deleted after it.
"""

from __future__ import annotations

import socket
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from retrieval.errors import InputError
from retrieval.store.options import StoreOptions
from retrieval.store.trouble import vector_errors

if TYPE_CHECKING:
    import httpx
    from chromadb.api import ClientAPI

_CLOUD = "Chroma Cloud"
_CONNECT_SECONDS = 10.0
_TIMEOUT_SECONDS = 60.0


class Server:
    """A `Place`: one Chroma collection for each collection of each store.

    Raises InputError when the address is not `http://host:port` or `https://…`.
    """

    private = False
    exact_most = 0  # they would come over the network

    def __init__(self, options: StoreOptions) -> None:
        self._options = options
        self._address = urlsplit(options.chroma_url)
        self._shown = options.chroma_url or _CLOUD
        try:
            self._port = self._address.port or (443 if self._address.scheme == "https" else 8000)
        except ValueError:
            self._port = 0
        known = self._address.scheme in {"http", "https"} and self._address.hostname and self._port
        if options.chroma_url and not known:
            raise InputError("store.server_address", server=options.chroma_url)

    def name(self, store: str, collection: int, generation: int) -> str:  # noqa: ARG002
        """The collection's name on the server, where other stores may have theirs."""
        return f"kiji-{store}-{collection}"

    def owns(self, name: str) -> bool:
        """Whether it is a name for a server."""
        return name.startswith("kiji-")

    def begin(self, source: str, target: str) -> None:
        """Nothing is copied; a collection that a killed reindex left is begun anew."""
        if not source:
            self.discard(target)

    def client(self, name: str) -> tuple[ClientAPI, str]:
        """Connect; the collection is called as the place is."""
        client = self._connect()
        for session in _sessions(client):
            session.timeout = _TIMEOUT_SECONDS  # without it Chroma waits for ever
        return client, name

    def _connect(self) -> ClientAPI:
        import chromadb
        from chromadb.config import DEFAULT_DATABASE, DEFAULT_TENANT, Settings

        options, settings = self._options, Settings(anonymized_telemetry=False)
        if not options.chroma_url:
            return chromadb.CloudClient(
                tenant=options.chroma_tenant or None,
                database=options.chroma_database or None,
                api_key=options.chroma_api_key,
                settings=settings,
            )
        token = options.chroma_token
        self._knock()
        return chromadb.HttpClient(
            host=self._address.hostname or "",
            port=self._port,
            ssl=self._address.scheme == "https",
            headers={"Authorization": f"Bearer {token}", "X-Chroma-Token": token} if token else {},
            settings=settings,
            tenant=options.chroma_tenant or DEFAULT_TENANT,
            database=options.chroma_database or DEFAULT_DATABASE,
        )

    def _knock(self) -> None:
        """Fail soon where nothing answers: connecting, Chroma would wait for minutes."""
        host = self._address.hostname or ""
        if self._address.scheme not in getproxies() or proxy_bypass(host):
            socket.create_connection((host, self._port), _CONNECT_SECONDS).close()

    def release(self, client: ClientAPI) -> None:
        """Close the connections, which Chroma's `close` leaves open."""
        for session in _sessions(client):
            session.close()
        client.close()  # type: ignore[attr-defined] # missing in ClientAPI, there in Client

    def discard(self, name: str) -> None:
        """Delete the collection, if it is there."""
        from chromadb.errors import NotFoundError

        with self.errors():
            client, _ = self.client(name)
            try:
                client.delete_collection(name)
            except NotFoundError:
                pass
            finally:
                self.release(client)

    def present(self) -> set[str]:
        """None: what is on a server is never cleared away on suspicion."""
        return set()

    def errors(self) -> AbstractContextManager[None]:
        """Inside, what the connection or the server raises becomes a StoreError."""
        return vector_errors(self._options.folder, self._shown)


def _sessions(client: ClientAPI) -> list[httpx.Client]:
    """A client's own session, and that of the second client which it keeps for databases."""
    servers = (client._server, client._admin_client._server)  # type: ignore[attr-defined]
    return [server._session for server in servers]
