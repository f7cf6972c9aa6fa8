"""A system in a process of its own: spoken to as `tests/bench/peers/peer.py` says."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.bench.environments import PEERS, python

ROOT = Path(__file__).parents[2]
# No system may look for models or report anything on the network.
_QUIET = {
    "HF_HUB_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "ANONYMIZED_TELEMETRY": "False",
    "PYTHONPATH": str(ROOT),
    "PYTHONUTF8": "1",
}


class SystemProcess:
    """One running system; what it prints beside its replies goes to `log`."""

    def __init__(self, name: str, work: Path, encoder: Path, reader: Path, log: Path) -> None:
        script = PEERS / f"{name}.py"
        interpreter = python(script)
        self._name, self._log = name, log
        self._started = time.perf_counter()
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                [interpreter, script, work, encoder, reader],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=os.environ | _QUIET,
                text=True,
                encoding="utf-8",
            )

    def __enter__(self) -> SystemProcess:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._process.kill()
        # Closes both pipes, at which the process ends, and waits for it.
        self._process.__exit__(kind, error, trace)

    def clock(self) -> float:
        """Seconds since the process was started."""
        return time.perf_counter() - self._started

    def call(self, **wanted: str) -> dict[str, Any]:
        """Send one request and wait for its reply. Raises RuntimeError when the process ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps(wanted) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass
        line = self._process.stdout.readline()
        if not line:
            tail = "\n".join(self._log.read_text("utf-8", "replace").splitlines()[-20:])
            raise RuntimeError(f"{self._name} ended; the end of {self._log}:\n{tail}")
        reply: dict[str, Any] = json.loads(line)
        return reply
