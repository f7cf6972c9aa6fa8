"""A person at a terminal: a process on a pty, whose screen is read and whose keys are pressed."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence

CTRL_C, CTRL_D, ENTER, TAB = "\x03", "\x04", "\r", "\t"
_ESCAPES = re.compile(
    r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[=>()][0B]?"
)
_WHERE = "\x1b[6n"  # prompt_toolkit asks where the cursor is, and waits for an answer


class Terminal:
    """`raw` is all that came, `text` the same without escape sequences."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str], columns: int = 80):
        self.started = time.monotonic()
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={"TERM": "xterm-256color", **environ},
            preexec_fn=_take_terminal,  # noqa: PLW1509 - between fork and exec only system calls
        )
        os.close(slave)
        self._bytes = b""
        self._seen = 0

    @property
    def raw(self) -> str:
        return self._bytes.decode("utf-8", "replace")

    @property
    def text(self) -> str:
        return _ESCAPES.sub("", self.raw).replace("\r", "")

    def press(self, *keys: str) -> None:
        for key in keys:
            os.write(self._master, key.encode())

    def _read(self, seconds: float) -> bool:
        if not select.select([self._master], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self._master, 65536)
        except OSError:  # the other end is closed
            return False
        self._bytes += data
        for _ in range(data.decode("utf-8", "replace").count(_WHERE)):
            os.write(self._master, b"\x1b[1;1R")
        return bool(data)

    def wait_for(self, words: str, seconds: float = 15) -> str:
        """Read until `words` stand in what came since the last wait; gives what came."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            new = self.text[self._seen :]
            if words in new:
                self._seen += new.index(words) + len(words)
                return new
            if not self._read(0.1):
                break
        raise AssertionError(
            f"{words!r} did not come; the screen since:\n{self.text[self._seen :]}"
        )

    def leave(self, seconds: float = 15) -> int:
        """Read to the end; gives the exit status."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self._read(0.1):
            pass
        return self.process.wait(max(end - time.monotonic(), 0.1))

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        os.close(self._master)


def _take_terminal() -> None:
    """Make the pty the controlling terminal, so that Ctrl-C becomes SIGINT."""
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
