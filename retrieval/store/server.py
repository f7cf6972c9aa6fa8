"""Vectors on a Chroma server or in Chroma Cloud.

The server is the one process that touches its files, so that a collection is
changed where it is: what is added before a commit has no article yet and is
passed over; what a commit replaces is deleted after it.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from retrieval.errors import InputError
from retrieval.store.options import StoreOptions
from retrieval.store.trouble import vector_errors

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

_CLOUD = "Chroma Cloud"


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
        return self._connect(), name

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
        return chromadb.HttpClient(
            host=self._address.hostname or "",
            port=self._port,
            ssl=self._address.scheme == "https",
            headers={"Authorization": f"Bearer {token}", "X-Chroma-Token": token} if token else {},
            settings=settings,
            tenant=options.chroma_tenant or DEFAULT_TENANT,
            database=options.chroma_database or DEFAULT_DATABASE,
        )

    def release(self, client: ClientAPI) -> None:
        """Close the connection."""
        client.close()  # type: ignore[attr-defined] # missing in ClientAPI, there in Client

    def discard(self, name: str) -> None:
        """Delete the collection, if it is there."""
        from chromadb.errors import NotFoundError

        with self.errors():
            client = self._connect()
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
