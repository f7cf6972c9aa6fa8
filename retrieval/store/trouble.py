"""What SQLite, Chroma and the disk report, turned into the store's own errors."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from retrieval.errors import KijiError, StoreError, StoreLockedError

# SQLite's primary result codes; the lowest byte of an extended code. https://sqlite.org/rescode.html
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_CORRUPT = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_ACCESS = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_DISK_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}


def _of_sqlite(error: sqlite3.Error, folder: Path) -> KijiError | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    path = str(folder)
    if code in _BUSY:
        return StoreLockedError("store.locked", path=path)
    if code == sqlite3.SQLITE_FULL:
        return StoreError("store.full", path=path)
    if code in _CORRUPT:
        return StoreError("store.corrupt", path=path)
    if code in _ACCESS:
        return StoreError("store.no_access", path=path)
    if code == sqlite3.SQLITE_IOERR:
        return StoreError("store.disk", path=path)
    return None


def _of_system(error: OSError, folder: Path) -> KijiError:
    # copytree tells the errors of several files in one, as text.
    if error.errno in _DISK_FULL or os.strerror(errno.ENOSPC) in str(error):
        return StoreError("store.full", path=str(folder))
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST}:
        return StoreError("store.no_access", path=str(folder))
    return StoreError("store.disk", path=str(folder))


@contextmanager
def store_errors(folder: Path) -> Iterator[None]:
    """Inside, an error of SQLite or of the disk becomes a StoreError; others pass."""
    try:
        yield
    except sqlite3.Error as error:
        if told := _of_sqlite(error, folder):
            raise told from error
        raise
    except OSError as error:
        raise _of_system(error, folder) from error


@contextmanager
def vector_errors(folder: Path, server: str = "") -> Iterator[None]:
    """Inside, an error of Chroma becomes a StoreError.

    Chroma raises ValueError, errors of its own and httpx's; its embedded engine
    tells what its SQLite said in the message only. `server` names the server that
    is asked, "" for the embedded engine.
    """
    try:
        yield
    except KijiError:
        raise
    except Exception as error:
        raise _of_chroma(error, folder, server) from error


def _of_chroma(error: Exception, folder: Path, server: str) -> KijiError:
    if server:
        return StoreError("store.server", server=server)
    if isinstance(error, OSError):
        return _of_system(error, folder)
    text = str(error).lower()
    if "disk is full" in text or "no space left" in text:
        return StoreError("store.full", path=str(folder))
    if "locked" in text:
        return StoreLockedError("store.locked", path=str(folder))
    return StoreError("store.vectors", path=str(folder))
