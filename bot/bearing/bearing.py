"""What is wrong with a claim beside its quotes, if a machine can tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from bot.bearing.evidence import Evidence, cut_before_a_doubt, cut_inside_a_word, joined
from bot.bearing.names import another_subject, missing_name, missing_original
from bot.bearing.negation import denies, negation_differs
from bot.bearing.numbers import missing_number
from bot.bearing.opposites import opposite
from bot.bearing.times import missing_time
from bot.bearing.words import addressed_to_a_model, says_something_else, strange_word
from bot.quotes import folded
from retrieval.values import Language


class Problem(StrEnum):
    """Why a claim is not shown; each has a sentence for the repair call."""

    NO_QUOTE = "no_quote"
    NO_PASSAGE = "no_passage"
    NOT_FOUND = "not_found"
    CUT = "cut"
    ADDRESSED = "addressed"
    LANGUAGE = "language"
    TIME = "time"
    NUMBER = "number"
    NAME = "name"
    NEGATION = "negation"
    WORDS = "words"


_KANA = re.compile(r"[ぁ-ゖァ-ヺ]")
_JAPANESE = re.compile(r"[ぁ-ゖァ-ヺ一-鿿]")
_QUOTED = re.compile(r"[（(][^（()）]*[)）]|「[^「」]*」|“[^“”]*”|\"[^\"]*\"")


def _is_english(text: str) -> bool:
    return not _KANA.search(text)


def wrong_quote(one: Evidence) -> Problem | None:
    """What is wrong with a quote itself, although it stands in the article."""
    if cut_inside_a_word(one.article.text, one.start, one.end):
        return Problem.NOT_FOUND
    if cut_before_a_doubt(one):
        return Problem.CUT
    return Problem.ADDRESSED if addressed_to_a_model(one.led_up_to) else None


def plainly_said(one: Evidence) -> bool:
    """Whether a quote's words may be shown as they stand, before a claim on them is whole."""
    return wrong_quote(one) is None and not denies(one.context)


def unborne(
    claim: str, evidence: Sequence[Evidence], language: Language
) -> tuple[Problem, str] | None:
    """The first thing in a claim that its quotes do not bear out, with its words; or None.

    `language` is the asker's, which the claim must be in.
    """
    for one in evidence:
        if problem := wrong_quote(one):
            return problem, ""
    if wrong_language(claim, language):
        return Problem.LANGUAGE, ""
    english = language is Language.EN
    quotes = joined(evidence)
    if strange := strange_word(claim, quotes):
        return Problem.WORDS, strange
    same = _is_english(quotes) is english
    saying = [one for one in evidence if folded(one.quote).find(claim.rstrip("。."))]
    verbatim = bool(saying)
    if not verbatim and (found := _wrong_detail(claim, evidence, quotes, english, same)):
        return found
    # A claim in a quote's own words is not denied by what another quote denies.
    context = "\n".join(dict.fromkeys(one.context for one in saying or evidence))
    if negation_differs(claim, quotes, context, same_language=same):
        return Problem.NEGATION, ""
    if same and not verbatim and (contrary := opposite(claim, quotes)):
        return Problem.NEGATION, contrary
    if same and not verbatim and says_something_else(claim, quotes, english=english):
        return Problem.WORDS, ""
    return None


def _wrong_detail(
    claim: str, evidence: Sequence[Evidence], quotes: str, english: bool, same: bool
) -> tuple[Problem, str] | None:
    """A time, number or name that is not the quotes'."""
    time, rest = missing_time(claim, evidence)
    if time is not None:
        return Problem.TIME, time
    if number := missing_number(rest, "\n".join(one.without_times for one in evidence)):
        return Problem.NUMBER, number
    if same:
        text = evidence[0].article.text
        name = missing_name(rest, quotes, text, english=english) or another_subject(
            rest, [part for one in evidence for part in one.sentences], text, english=english
        )
    else:
        name = missing_original(rest, quotes, english=english)
    return (Problem.NAME, name) if name else None


def wrong_language(claim: str, language: Language) -> bool:
    """Whether a claim is in another language than the asker's."""
    if language is Language.EN:
        return _KANA.search(_QUOTED.sub("", claim)) is not None
    return _JAPANESE.search(claim) is None
