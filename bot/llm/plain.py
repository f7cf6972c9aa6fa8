"""The plain format, line by line: labelled quotes, then the claim that rests on them.

    QUOTE 2: words of passage 2, exactly
    CLAIM: what they say, in one sentence

Tolerant: Japanese labels, brackets, bullets, bold, quotation marks, a quote and
its claim on one line. `NONE` (なし) says that the passages do not tell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bot.llm.reply import Said, SaidClaim, SaidNothing, SaidQuote, SaidWords

_LEAD = r"[\s>*#・•\-–—`_]*(?:\d+[.)]\s+)?[*_]*"
_NUMBER = r"[\s*_\[(#【（]*(?:passage|抜粋|記事|no\.?|p\.?)?\s*#?([0-9０-９]+)[\s*_\])】）]*"
_QUOTE = re.compile(
    rf"{_LEAD}(?:quotes?|quotation|citation|引用|根拠){_NUMBER}[:：]?[*_]*\s*(.*)$", re.IGNORECASE
)
_BARE_QUOTE = re.compile(rf"{_LEAD}[\[【](\d+)[\]】][:：]?[*_]*\s*([「『“\"].*)$")
_CLAIM = re.compile(
    rf"{_LEAD}(?:claims?|answer|主張|回答|答え|答)[\s*_]*\d*[\s*_]*[:：][*_]*\s*(.*)$",
    re.IGNORECASE,
)
_BOTH = re.compile(r"^(.*?[」』”\"])\s*(?:->|=>|→|⇒)\s*(.+)$")
_NONE = re.compile(
    rf"{_LEAD}(?:none|n/a|no (?:claims?|answer)|not (?:found|in the passages?|there|stated)|"
    r"なし|無し|該当なし|記載なし|ありません)[\s*_.。!！]*$",
    re.IGNORECASE,
)


class PlainParser:
    """Feeds on a reply piece by piece; a claim is whole when its line ends."""

    def __init__(self) -> None:
        self._line = ""
        self._quotes: list[SaidQuote] = []
        # The number of the quote being read and its lines so far.
        self._open: tuple[int, list[str]] | None = None

    def feed(self, text: str) -> Iterator[Said]:
        """What one more piece of the reply says."""
        for piece in text.splitlines(keepends=True):
            self._line += piece
            if piece.endswith(("\n", "\r")):
                line, self._line = self._line.strip(), ""
                yield from self._whole(line)
        # Words are only told while the line is one of a claim.
        if (words := _CLAIM.match(self._line)) and words[1]:
            yield from self._close_quote()
            yield SaidWords(words[1], tuple(self._quotes))

    def close(self, whole: bool) -> Iterator[Said]:
        """The end of the reply; a line that a broken stream cut off is not taken."""
        if whole and self._line.strip():
            yield from self._whole(self._line.strip())
        self._line = ""

    def _whole(self, line: str) -> Iterator[Said]:
        if match := _CLAIM.match(line):
            yield from self._close_quote()
            if match[1].strip():
                yield from self._claim(match[1])
        elif match := _QUOTE.match(line) or _BARE_QUOTE.match(line):
            yield from self._close_quote()
            number = int(unicodedata.normalize("NFKC", match[1]))
            both = _BOTH.match(match[2])
            self._open = (number, [both[1] if both else match[2]])
            if both:
                yield from self._close_quote()
                yield from self._claim(both[2])
        elif _NONE.match(line):
            yield SaidNothing()
        elif self._open is not None and line:
            self._open[1].append(line)

    def _close_quote(self) -> Iterator[Said]:
        if self._open is not None:
            number, lines = self._open
            self._open = None
            quote = SaidQuote(number, "\n".join(lines).strip().strip("*_").strip())
            self._quotes.append(quote)
            yield quote

    def _claim(self, text: str) -> Iterator[Said]:
        yield SaidClaim(text, tuple(self._quotes))
        self._quotes = []
