"""Lines put together to questions: one line one question, or `!multi … !end`."""

from __future__ import annotations

START = "!multi"
END = "!end"


class Lines:
    """Collects the lines of a chat.

    `!multi` begins a question of several lines and `!end` ends it; with a word
    after both (`!multi 123` … `!end 123`) the text itself may hold a line `!end`.
    """

    def __init__(self) -> None:
        self._collected: list[str] | None = None
        self._end = END

    @property
    def open(self) -> bool:
        """Whether a question of several lines has begun and not ended."""
        return self._collected is not None

    def feed(self, line: str) -> str | None:
        """Take one line; gives a question when it is whole, else None.

        An empty line outside `!multi` gives None too.
        """
        words = line.split()
        if self._collected is not None:
            if " ".join(words) == self._end:
                return self.flush()
            self._collected.append(line)
            return None
        if words[:1] == [START]:
            self._collected = []
            self._end = " ".join([END, *words[1:]])
            return None
        return line.strip() or None

    def flush(self) -> str | None:
        """What was collected so far, ended here: the input is over, or `!end` came."""
        text = "\n".join(self._collected or ()).strip()
        self.drop()
        return text or None

    def drop(self) -> None:
        """Forget what was collected."""
        self._collected = None
        self._end = END
