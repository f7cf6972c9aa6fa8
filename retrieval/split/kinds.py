"""What a line is on the page: heading, photo caption, note, or body.

Lines are told apart by how such lines look in general: their length, their last
mark, the credit in their last bracket, the mark or number they begin with, and
the lines around them (`looks` holds the patterns).
"""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.split import looks
from retrieval.split.brackets import PAIRS
from retrieval.values import PassageKind

# Sizes are in Japanese characters; two Latin letters count as one (`size`).
LONGEST_HEADING = 45
LONGEST_BYLINE = 45
LONGEST_CAPTION = 220
# A longer line that begins like a note is an article of one line.
MOST_NOTE_SENTENCES = 6
# This many lines in a row that look like headings are a list.
LIST_FROM = 3
# Body this many lines away (captions lie between) still tells whether a line heads it.
NEAR = 4


def size(text: str) -> float:
    """Length in Japanese characters: an ASCII character counts a half, a kanji or kana one."""
    return (len(text.encode("utf-8", "surrogatepass")) + len(text)) / 4


def kinds(lines: Sequence[tuple[str, int]]) -> list[PassageKind]:
    """Tell the kind of each line of one article, given as (its text, how many sentences).

    The title line is not among them. Linear in the number of lines.
    """
    found = [_by_itself(line, count) for line, count in lines]
    for at, (line, _) in enumerate(lines):
        beside = found[max(0, at - 1) : at] + found[at + 1 : at + 2]
        if looks.NAME.match(line) and PassageKind.NOTE in beside:
            found[at] = PassageKind.NOTE
    candidates = [
        kind is PassageKind.BODY and _like_heading(line, count)
        for kind, (line, count) in zip(found, lines, strict=True)
    ]
    first = 0
    while first < len(lines):
        after = first
        while after < len(lines) and candidates[after]:
            after += 1
        if 0 < after - first < LIST_FROM:
            for at in range(first, after):
                if _heads(lines, found, at, after):
                    found[at] = PassageKind.HEADING
        first = after + 1
    return found


def is_caption(line: str, count: int = 1) -> bool:
    """Whether a line of `count` sentences is a photo's caption or credit."""
    if count > 3 or size(line) > LONGEST_CAPTION:
        return False
    told = looks.FINAL_MARK.search(line) is not None
    if looks.CAPTION_HEAD.match(line):
        return not told or (count == 1 and size(line) <= LONGEST_CAPTION / 2)
    if looks.CAPTION_TAIL.search(line):
        return not told
    opening = _last_bracket(line)
    if opening is None:
        return False
    inside = line[opening + 1 : -1]
    if looks.PICTURE_CREDIT.search(inside):
        return True
    ended = line[:opening].rstrip().endswith(("。", ".", "！", "？"))
    return not ended and looks.AGENCY_CREDIT.match(inside) is not None


def _by_itself(line: str, count: int) -> PassageKind:
    """Tell a caption or a note by the line alone; anything else is body so far."""
    if is_caption(line, count):
        return PassageKind.CAPTION
    if count <= MOST_NOTE_SENTENCES and looks.NOTE_HEAD.match(line):
        return PassageKind.NOTE
    if size(line) <= LONGEST_BYLINE and (looks.BYLINE.match(line) or looks.DATELINE.match(line)):
        return PassageKind.NOTE
    return PassageKind.BODY


def _like_heading(line: str, count: int) -> bool:
    """Whether the line could be a heading by its own looks."""
    if count > 2 or size(line) > LONGEST_HEADING:
        return False
    if looks.MARKED_HEADING.match(line) or looks.NUMBERED_HEADING.match(line):
        return not line.endswith(("。", "、", ",", "，")) and (count == 1 or not line.endswith("."))
    if looks.LIST_ITEM.match(line) or line[0].islower() or looks.GOES_ON.match(line):
        return False
    if looks.ASKING_MARK.search(line):
        return count == 1
    return not looks.FINAL_MARK.search(line)


def _heads(
    lines: Sequence[tuple[str, int]], found: Sequence[PassageKind], at: int, after: int
) -> bool:
    """Whether the heading-like line `at`, in a run that ends before `after`, heads something."""
    line = lines[at][0]
    if looks.MARKED_HEADING.match(line):
        return after < len(lines) or line[0] not in "【＜<〈《≪"
    below = next(
        (
            spot
            for spot in range(after, min(after + NEAR, len(lines)))
            if found[spot] is PassageKind.BODY
        ),
        None,
    )
    if below is None:
        return False
    following = lines[below][0]
    if looks.GOES_ON.match(following) or size(following) <= size(line):
        return False
    above = next(
        (
            spot
            for spot in range(at - 1, max(-1, at - 1 - NEAR), -1)
            if found[spot] is PassageKind.BODY
        ),
        None,
    )
    if (
        above is not None
        and above >= at - 3
        and lines[above][0].endswith(("、", "，", ",", "：", ":"))
    ):
        return False
    return bool(looks.FINAL_MARK.search(following))


def _last_bracket(line: str) -> int | None:
    """Where the bracket opens that closes at the end of the line; None if none does."""
    if not line or line[-1] not in "）)】］]〕":
        return None
    closing, opening = line[-1], next(one for one, other in PAIRS.items() if other == line[-1])
    depth = 0
    for at in range(len(line) - 1, -1, -1):
        depth += (line[at] == closing) - (line[at] == opening)
        if depth == 0:
            return at
    return None
