"""What is embedded for a passage: its words and what is needed to understand them."""

from __future__ import annotations

from retrieval.split.kinds import size
from retrieval.split.sentence import sentences
from retrieval.values import Article, Passage

# Sizes as `kinds.size` counts: one Japanese character, or two Latin letters.
# Every passage pays for its context when it is indexed.
LONGEST_TITLE = 60
LONGEST_HEADING = 45
LONGEST_BEFORE = 80
# An encoder reads some 512 tokens; a list without a full stop may be one endless sentence.
LONGEST_PASSAGE = 1000


def embedding_text(article: Article, passage: Passage) -> str:
    """Join title, heading, the end of the sentence before, and the passage, one a line.

    「同社」 and 「彼女は」 are found by what stands around them. A part that another
    part already holds (the title, in the title's own passage) is left out.
    """
    words = _first(article.text[passage.start : passage.end], LONGEST_PASSAGE)
    parts = [_first(_one_line(article.title), LONGEST_TITLE)]
    if passage.heading:
        parts.append(_first(_one_line(passage.heading), LONGEST_HEADING))
    if passage.context_start < passage.start:
        start, end = sentences(article.text, passage.context_start, passage.start)[0]
        parts.append(_last(_one_line(article.text[start:end]), LONGEST_BEFORE))
    plain = _one_line(words)
    return "\n".join([part for part in parts if part and part not in plain] + [words])


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _first(text: str, longest: int) -> str:
    """The beginning of a text, at most `longest` in size."""
    return text if size(text) <= longest else text[: _fitting(text, longest)]


def _last(text: str, longest: int) -> str:
    """The end of a text, at most `longest` in size."""
    return text if size(text) <= longest else text[-_fitting(text[::-1], longest) :]


def _fitting(text: str, longest: int) -> int:
    """How many characters from the front fit into `longest`."""
    room = float(longest)
    for count, char in enumerate(text):
        room -= size(char)
        if room < 0:
            return count
    return len(text)
