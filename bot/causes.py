"""The clause of a sentence that states a cause, by its connective (Japanese, English)."""

from __future__ import annotations

import re

# The cause stands before these; the connective that the answer should keep is in the group.
_BEFORE_JA = re.compile(
    r"(ため)に?(?=[、，]|[^、，。]{6})"
    r"|(こと)(?:から|により|によって|で)(?=[、，])"
    r"|(?<=[たるいだうくすつぬむ])(から|ので)(?=[、，だ])"
    r"|(を受けて?|に伴い|をきっかけに|を理由に|を背景に|のせいで|のおかげで)"
    r"|(?:により|によって|が原因で|が理由で)(?=[、，]|[^、，。]{4})"
)
# The cause stands after these.
_AFTER_JA = re.compile(
    r"(?:その)?(?:理由|原因|背景|きっかけ|動機|目的|狙い|要因|一因)(?:として|に|は|には|について)は?[、，]?"
)
_BECAUSE_JA = re.compile(r"(?:^|[。、，])(?:なぜなら(?:ば)?|というのも|というのは)[、，]?")
_AFTER_EN = re.compile(
    r"\b(because of|because|due to|owing to|as a result of|in response to|thanks to|since|"
    r"in order to|the reason (?:is|was) that|prompted by|caused by|following)\b",
    re.IGNORECASE,
)
# A topic or a finished clause before the cause is not part of it.
_BOUNDARY_JA = re.compile(
    r"(?:[はもが]|[^、，]て|[^、，]で|[^、，]し|[^、，]が|年|月|日|頃|ごろ|後)[、，]|^[^、，]{2,24}?は(?=[^、，])"
)
_SHORTEST = 2


def _inside_quote(text: str, offset: int) -> bool:
    """Whether an offset of a sentence stands inside 「…」."""
    return text.count("「", 0, offset) > text.count("」", 0, offset)


def _clause_start(text: str) -> int:
    """Where the cause begins in the words before its connective."""
    start = 0
    for boundary in _BOUNDARY_JA.finditer(text):
        if len(text) - boundary.end() >= _SHORTEST and not _inside_quote(text, boundary.end()):
            start = boundary.end()
    return start


def _end(sentence: str) -> int:
    """Where a sentence's words end, before its full stop."""
    return len(sentence.rstrip("。.！!」 "))


def causal_clause(sentence: str) -> tuple[int, int] | None:
    """Offsets into `sentence` of the clause that states a cause, or None.

    `指定席が取りづらいため、編成を増やす。` gives 指定席が取りづらいため. Connectives inside
    a quotation that began before them do not count.
    """
    if because := _BECAUSE_JA.search(sentence):
        return because.end(), _end(sentence)
    for match in _BEFORE_JA.finditer(sentence):
        if _inside_quote(sentence, match.start()):
            continue
        start = _clause_start(sentence[: match.start()])
        end = match.end(match.lastindex) if match.lastindex else match.start()
        if end - start >= _SHORTEST:
            return start, end
    if after := _AFTER_JA.search(sentence):
        end = _end(sentence)
        if end - after.end() >= _SHORTEST:
            return after.end(), end
    if after := _AFTER_EN.search(sentence):
        stop = re.compile(r"[,;.]\s|[.;]?$").search(sentence, after.end() + 1)
        end = stop.start() if stop else len(sentence)
        if end - after.end() >= _SHORTEST:
            return after.start(), end
    return None
