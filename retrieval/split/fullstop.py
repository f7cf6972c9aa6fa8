"""Whether a full stop `.` ends a sentence: abbreviations, initials, numbers.

The word before the stop and the word after it decide, as in Kiss and Strunk,
"Unsupervised Multilingual Sentence Boundary Detection" (2006), with fixed lists
in place of counts because one article is too short to count in.
"""

from __future__ import annotations

import re


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Always followed by more of the sentence.
_OPEN = _words(
    "mr mrs ms mx messrs mme mlle dr prof sen rep reps sens gov govs gen lt col sgt cpl capt cmdr "
    "adm maj brig pvt rev hon pres supt det insp amb atty st mt ft vs v e.g i.e cf viz eg ie "
    "approx ca est al dept univ"
)
# Followed by a number they are its label: No. 3, Jan. 5, Vol. 2, pp. 3–9.
_LABEL = _words(
    "no nos vol fig figs p pp sec art ch para jan feb mar apr jun jul aug sep sept oct nov dec "
    "c art"
)
# Both inside a sentence and at its end; the next word tells.
_EITHER = _words(
    "inc corp ltd co llc plc bros jr sr etc a.m p.m ph.d m.d b.a m.a esq ave blvd rd hwy"
)
# Words with a capital that rarely follow an abbreviation within a sentence.
_STARTERS = _words(
    "the a an this that these those it its he she they we you i his her their our there here in on "
    "at by for from after before since during while when where if as although though because but "
    "and or so yet however meanwhile then now also still both many most some all no one two "
    "according last earlier later"
)
_LAST_WORD = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*$")
_NEXT_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_WORD = 24  # characters looked back over; no abbreviation is longer


def ends_sentence(text: str, begin: int, stop: int, following: int) -> bool:
    """Say whether the `.` at `text[stop]` ends the sentence that begins at `begin`.

    `following` is the offset of the first character of the next word (white
    space and closing quotes skipped).
    """
    after = text[following]
    if after.islower():
        return False
    before = _LAST_WORD.search(text, max(begin, stop - _LONGEST_WORD), stop)
    if before is None:
        # "1. First", but not "in 2019. Then".
        return stop - begin > 3 or not text[begin:stop].isdigit()
    word = before.group().lower()
    if word in _OPEN:
        return False
    if word in _LABEL and (after.isdigit() or after in "#IVX"):
        return False
    initials = len(word) == 1 and before.group().isupper()
    if initials or word in _EITHER or all(len(part) == 1 for part in word.split(".")):
        if before.group() == "I" and not _is_name(text, following):
            return True
        upcoming = _NEXT_WORD.match(text, following)
        if upcoming is None:
            # A number or a bracket goes on; a new quotation begins a sentence.
            return after in '"“「『' and not initials
        return upcoming.group().lower() in _STARTERS or _is_cjk(after)
    return True


def _is_name(text: str, following: int) -> bool:
    """Whether the next word is itself an initial or a capitalised name."""
    upcoming = _NEXT_WORD.match(text, following)
    return upcoming is not None and upcoming.group().lower() not in _STARTERS


def _is_cjk(char: str) -> bool:
    return char >= "\u3040"
