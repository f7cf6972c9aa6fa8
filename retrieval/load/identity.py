"""Ids that stay the same when the same thing is loaded again."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|yclid|msclkid|igshid|twclid|mc_cid|mc_eid|_ga|_gl)(?:=|\Z)",
    re.IGNORECASE,
)


def path_id(path: Path) -> str:
    """The absolute path with links followed, with forward slashes on every system."""
    return shown_path(path.resolve())


def shown_path(path: Path) -> str:
    r"""A path as text that can be printed and stored.

    Bytes of a name that are not UTF-8 (a folder unpacked from an old archive)
    stand as `\x..`.
    """
    return os.fsencode(path.as_posix()).decode("utf-8", errors="backslashreplace")


def canonical_url(url: str) -> str:
    """A URL by which a page is known.

    Scheme and host in lower case, no fragment, no default port, no parameters
    that only track where a reader came from.
    """
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    host = (parts.hostname or "").lower()
    if ":" in host:
        host = f"[{host}]"
    if parts.port is not None and parts.port != _DEFAULT_PORTS.get(scheme):
        host = f"{host}:{parts.port}"
    kept = [pair for pair in parts.query.split("&") if pair and not _TRACKING.match(pair)]
    return urlunsplit((scheme, host, parts.path or "/", "&".join(kept), ""))


def content_id(prefix: str, data: bytes) -> str:
    """An id for what has neither a path nor a URL: `stdin:` and 16 hex digits."""
    return f"{prefix}:{hashlib.sha256(data).hexdigest()[:16]}"
