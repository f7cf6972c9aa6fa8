"""The sentence picker: which sentence bears on a yes/no question, and when none does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.picker import SentencePicker, picks
from retrieval.values import Hit, Intent, Language, PassageKind, Query
from tests.bot.articles import BRIDGE, hit

FIRST = "県は今月7日、白波大橋の開通式を開いた。"
SECOND = "式には森田健一知事と地元の小学生らが出席した。"
ASKED = "知事は式に出席しましたか？"


def query(text: str = ASKED, **more: object) -> Query:
    asked_at = datetime(2026, 1, 1, tzinfo=UTC)
    return replace(Query(text, text, Intent.YESNO, Language.JA, asked_at), **more)


def said(asked: Query, *hits: Hit) -> list[str]:
    return [claim.short for claim in SentencePicker().draft(asked, hits).claims]


def test_the_sentence_that_shares_most_with_the_question_is_quoted() -> None:
    (claim,) = SentencePicker().draft(query(), [hit(BRIDGE, FIRST + SECOND, 0.95)]).claims
    (quote,) = claim.quotes
    assert (quote.text, quote.start) == (SECOND, BRIDGE.text.index(SECOND))
    assert quote.focus == (quote.start, quote.start + len(SECOND))


def test_a_list_takes_as_many_as_are_asked_for() -> None:
    found = hit(BRIDGE, FIRST + SECOND, 1.0)
    assert said(query(wants_list=True, count=2), found) == [SECOND, FIRST]
    assert said(query(wants_list=True, count=1), found) == [SECOND]


def test_what_the_search_was_not_sure_of_is_refused() -> None:
    assert said(query(), hit(BRIDGE, SECOND, 0.5)) == []
    assert said(query()) == []


def test_a_caption_counts_for_less_than_running_text() -> None:
    body = hit(BRIDGE, SECOND)
    caption = replace(body, passage=replace(body.passage, kind=PassageKind.CAPTION))
    assert [pick.hit for pick in picks(query(), [caption, body])] == [1, 0]
