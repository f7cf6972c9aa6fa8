from __future__ import annotations

import pytest

from bot.values import Draft, DraftClaim, Quote
from bot.verify import Verified, verify
from tests.bot.articles import BRIDGE, hit

SENTENCE = "式には森田健一知事と地元の小学生らが出席した。"
HITS = [hit(BRIDGE, SENTENCE)]


def checked(*quotes: Quote, short: str = "") -> list[Verified]:
    return list(verify(Draft((DraftClaim("主張", quotes, short),)), HITS))


def test_a_quote_that_stands_is_cited_with_exact_offsets_and_focus() -> None:
    (passed,) = checked(Quote(0, SENTENCE), short="森田健一知事")
    (citation,) = passed.citations
    assert BRIDGE.text[citation.start : citation.end] == citation.quote == SENTENCE
    assert citation.focus is not None
    assert BRIDGE.text[slice(*citation.focus)] == "森田健一知事"
    assert (citation.article, citation.title) == ("bridge", "白波大橋が開通")


@pytest.mark.parametrize(
    "quote",
    [
        Quote(0, "式には森田健二知事が出席した。"),
        Quote(0, ""),
        Quote(0, "   "),
        Quote(1, SENTENCE),
        Quote(-1, SENTENCE),
    ],
    ids=["changed word", "empty", "blank", "no such hit", "negative hit"],
)
def test_a_quote_that_does_not_stand_drops_its_claim(quote: Quote) -> None:
    assert checked(quote) == []


def test_one_false_quote_drops_the_claim_even_beside_a_true_one() -> None:
    assert checked(Quote(0, SENTENCE), Quote(0, "橋は落ちた。")) == []


def test_a_claim_without_quotes_is_dropped() -> None:
    assert checked() == []


def test_a_short_answer_that_stands_in_no_quote_drops_the_claim() -> None:
    assert checked(Quote(0, SENTENCE), short="山本知事") == []


def test_wrong_offsets_do_not_matter_where_the_words_stand() -> None:
    (passed,) = checked(Quote(0, SENTENCE, start=3, focus=(0, 4)), short="小学生")
    assert passed.citations[0].quote == SENTENCE
    assert passed.citations[0].focus is not None
    assert BRIDGE.text[slice(*passed.citations[0].focus)] == "小学生"


def test_the_focus_that_is_given_decides_between_two_places() -> None:
    sentence = "森田知事は「待ち望んだ橋だ。地域の暮らしを支えてほしい」と述べた。"
    second = BRIDGE.text.index("橋だ")
    quote = Quote(0, sentence, BRIDGE.text.index(sentence), (second, second + 1))
    (passed,) = verify(Draft((DraftClaim("主張", (quote,), "橋"),)), [hit(BRIDGE, sentence)])
    assert passed.citations[0].focus == (second, second + 1)


def test_claims_keep_their_order_and_the_false_one_goes() -> None:
    draft = Draft(
        (
            DraftClaim("一", (Quote(0, SENTENCE),)),
            DraftClaim("二", (Quote(0, "ない言葉"),)),
            DraftClaim("三", (Quote(0, "県は今月7日、白波大橋の開通式を開いた。"),)),
        )
    )
    assert [passed.draft.text for passed in verify(draft, HITS)] == ["一", "三"]
