"""Fetching a page from a URL that anyone may have typed.

The name is resolved once for each hop, every address is checked, and the
connection goes to exactly those addresses (the name is only spoken in the Host
header and to TLS), so that a name that changes its mind between check and
connection gains nothing. Redirects pass through the same gate. Size is counted
after decompression and while it arrives; one deadline holds for everything.
Proxy settings of the environment are not used: a proxy would resolve the name
again, unchecked.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from retrieval.errors import LoadError
from retrieval.load.address import is_public
from retrieval.load.identity import canonical_url
from retrieval.load.limits import LoadLimits, megabytes
from retrieval.load.network import Deadline, Network, TimedSocket

MAX_REDIRECTS = 5
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
TEXT_TYPES = frozenset({"text/plain", "text/markdown", "text/x-markdown"})
PDF_TYPES = frozenset({"application/pdf", "application/x-pdf"})
RECORD_TYPES = frozenset(
    {"application/jsonl", "application/x-ndjson", "application/ndjson", "application/x-jsonlines"}
)
_ACCEPTED = HTML_TYPES | TEXT_TYPES | PDF_TYPES | RECORD_TYPES
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 65536
_USER_AGENT = "kiji-bot (article reader)"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a URL gave: the canonical URL after redirects, the type (`text/html`,
    in lower case), the charset that the header names, and the body, decompressed.
    """

    url: str
    content_type: str
    charset: str | None
    body: bytes


@dataclass(frozen=True, slots=True)
class _Target:
    url: str
    secure: bool
    host: str  # as DNS and TLS want it: ASCII, no brackets
    port: int
    host_header: str
    path: str


def fetch(url: str, limits: LoadLimits, network: Network | None = None) -> Fetched:
    """The page at an http or https URL.

    Raises LoadError: `load.bad_url`, `load.url_scheme`, `load.url_password`,
    `load.private_address`, `load.host_not_found`, `load.unreachable`,
    `load.bad_certificate`, `load.timeout`, `load.redirects`,
    `load.http_status`, `load.content_type`, `load.page_large`,
    `load.page_broken`.
    """
    network = network or Network()
    deadline = Deadline(limits.timeout_seconds)
    start = url
    try:
        for _ in range(MAX_REDIRECTS + 1):
            target = _parse(url)
            outcome = _exchange(target, limits, network, deadline)
            if isinstance(outcome, Fetched):
                return outcome
            url = urljoin(target.url, outcome)
    except TimeoutError as error:
        raise LoadError("load.timeout", source=start, seconds=f"{deadline.seconds:g}") from error
    except ssl.SSLCertVerificationError as error:
        raise LoadError("load.bad_certificate", source=url) from error
    except (OSError, http.client.HTTPException) as error:
        raise LoadError("load.unreachable", source=url) from error
    raise LoadError("load.redirects", source=start, limit=MAX_REDIRECTS)


def _parse(url: str) -> _Target:
    try:
        parts = urlsplit(url.strip())
        scheme, port = parts.scheme.lower(), parts.port
        name = parts.hostname or ""
        host = name if name.isascii() else name.encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise LoadError("load.bad_url", source=url) from error
    if scheme not in {"http", "https"}:
        raise LoadError("load.url_scheme", source=url)
    if parts.username is not None or parts.password is not None:
        raise LoadError("load.url_password", source=canonical_url(url))
    if not host or any(c <= " " or c == "\x7f" for c in host):
        raise LoadError("load.bad_url", source=url)
    secure = scheme == "https"
    shown = f"[{host}]" if ":" in host else host
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        path += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]")
    return _Target(
        url=canonical_url(f"{scheme}://{shown}{'' if port is None else f':{port}'}{path}"),
        secure=secure,
        host=host,
        port=port or (443 if secure else 80),
        host_header=shown if port is None else f"{shown}:{port}",
        path=path,
    )


def _exchange(
    target: _Target, limits: LoadLimits, network: Network, deadline: Deadline
) -> Fetched | str:
    """One request: the page, or where it redirects to."""
    sock = _connected(target, limits, network, deadline)
    try:
        if target.secure:
            sock.settimeout(deadline.remaining())
            sock = _tls().wrap_socket(sock, server_hostname=target.host)
        connection = http.client.HTTPConnection(target.host, target.port)
        connection.sock = TimedSocket(sock, deadline)
        connection.putrequest("GET", target.path, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", target.host_header)
        connection.putheader("User-Agent", _USER_AGENT)
        connection.putheader("Accept", ", ".join(sorted(_ACCEPTED)) + ";q=0.9")
        connection.putheader("Accept-Encoding", "gzip")
        connection.putheader("Connection", "close")
        connection.endheaders()
        with connection.getresponse() as response:
            location = response.getheader("Location")
            if response.status in _REDIRECTS and location:
                return location
            return _read(response, target, limits)
    finally:
        sock.close()


def _connected(
    target: _Target, limits: LoadLimits, network: Network, deadline: Deadline
) -> socket.socket:
    """A connection to the first address that takes one, all of them checked before."""
    try:
        addresses = network.resolve(target.host, target.port, deadline)
    except TimeoutError:
        raise
    except OSError as error:
        raise LoadError("load.host_not_found", source=target.url, host=target.host) from error
    if not addresses:
        raise LoadError("load.host_not_found", source=target.url, host=target.host)
    if not limits.allow_private and not all(is_public(address) for address in addresses):
        raise LoadError("load.private_address", source=target.url, host=target.host)
    failure: OSError | None = None
    for position, address in enumerate(addresses):
        # A dead first address (IPv6 without a route) must leave time for the next.
        share = deadline.remaining() / (len(addresses) - position)
        try:
            return network.connect(address, target.port, share)
        except OSError as error:
            failure = error
    deadline.remaining()
    raise failure or OSError("no address")


def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    if not context.get_ca_certs() and ssl.get_default_verify_paths().cafile is None:
        # Python from python.org on macOS knows no authorities of its own.
        import certifi

        context.load_verify_locations(certifi.where())
    return context


def _read(response: http.client.HTTPResponse, target: _Target, limits: LoadLimits) -> Fetched:
    if response.status != http.client.OK:
        raise LoadError("load.http_status", source=target.url, status=response.status)
    content_type = response.headers.get_content_type().lower()
    if content_type not in _ACCEPTED:
        raise LoadError("load.content_type", source=target.url, type=content_type)
    limit = limits.max_bytes if content_type in PDF_TYPES else limits.max_page_bytes
    body = bytearray()
    for piece in _decompressed(response, target, limit):
        body += piece
        if len(body) > limit:
            raise LoadError("load.page_large", source=target.url, limit=megabytes(limit))
    charset = response.headers.get_content_charset()
    return Fetched(target.url, content_type, charset, bytes(body))


def _decompressed(
    response: http.client.HTTPResponse, target: _Target, limit: int
) -> Iterator[bytes]:
    """The body in pieces of at most 64 KiB, so that a bomb is stopped as it unfolds."""
    encoding = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if encoding in {"identity", ""}:
        if response.length is not None and response.length > limit:
            raise LoadError("load.page_large", source=target.url, limit=megabytes(limit))
        yield from _chunks(response)
        return
    if encoding not in {"gzip", "x-gzip", "deflate"}:
        raise LoadError("load.page_broken", source=target.url)
    inflater = zlib.decompressobj(wbits=47)  # 32 + 15: gzip or zlib, by their headers
    try:
        for chunk in _chunks(response):
            pending = chunk
            while pending and not inflater.eof:
                yield inflater.decompress(pending, _CHUNK)
                pending = inflater.unconsumed_tail
        # What the window still holds when the input has ended.
        while not inflater.eof and (piece := inflater.decompress(b"", _CHUNK)):
            yield piece
    except zlib.error as error:
        raise LoadError("load.page_broken", source=target.url) from error
    if not inflater.eof:
        raise LoadError("load.page_broken", source=target.url)


def _chunks(response: http.client.HTTPResponse) -> Iterator[bytes]:
    while chunk := response.read(_CHUNK):
        yield chunk
    if response.length:
        # read(n) says nothing when the connection closes before Content-Length is reached.
        raise http.client.IncompleteRead(b"", response.length)
