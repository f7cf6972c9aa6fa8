"""Which instances of the bot are alive.

Each holds a lock on a file of its own for as long as it lives; the system lets
go of it when the process dies, however it dies. So nobody waits for a lease to
run out, and nobody that is merely slow is taken for dead.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from bot.slack.ledger import Ledger

_FOLDER = "slack-instances"


class Instance:
    """One running bot, our own; `name` is what its work is marked with."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / _FOLDER
        self._folder.mkdir(parents=True, exist_ok=True)
        self.name = secrets.token_hex(6)
        self._lock = FileLock(self._path(self.name))
        self._lock.acquire(timeout=0)

    def _path(self, name: str) -> str:
        return str(self._folder / f"{name}.lock")

    def alive(self, name: str) -> bool:
        """Whether the instance of that name still runs."""
        if name == self.name:
            return True
        probe = FileLock(self._path(name))
        try:
            probe.acquire(timeout=0)
        except Timeout:
            return True
        probe.release()
        return False

    def sweep(self) -> None:
        """Remove the files of instances that are gone."""
        for path in self._folder.glob("*.lock"):
            if not self.alive(path.stem):
                path.unlink(missing_ok=True)

    def close(self) -> None:
        """Be gone."""
        self._lock.release()
        Path(self._path(self.name)).unlink(missing_ok=True)


def free_of_the_dead(
    ledger: Ledger, instance: Instance, table: Literal["questions", "additions"]
) -> int:
    """Free the rows of a table that instances which are gone were working on; how many."""
    with ledger.read() as db:
        owners = [
            row["owner"]
            for row in db.execute(
                f"SELECT DISTINCT owner FROM {table} WHERE owner IS NOT NULL"  # noqa: S608 - one of two literals
            )
        ]
    freed = 0
    for owner in owners:
        if not instance.alive(owner):
            with ledger.write() as db:
                freed += db.execute(
                    f"UPDATE {table} SET owner = NULL WHERE owner = ?",  # noqa: S608 - one of two literals
                    (owner,),
                ).rowcount
    return freed
