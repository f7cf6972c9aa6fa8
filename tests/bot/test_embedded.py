"""The embedded engine's claims, from readings that are given: no model is loaded."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from math import exp

import pytest

from bot.embedded import EmbeddedEngine
from bot.reader import Calibration, Span
from bot.values import Draft
from retrieval.values import Hit, Intent, Language, Query
from tests.bot.articles import BRIDGE, hit

FIRST = "県は今月7日、白波大橋の開通式を開いた。"
SECOND = "式には森田健一知事と地元の小学生らが出席した。"
THIRD = "橋の開通は台風による資材不足のため、当初の計画より2年遅れた。"


class Pointer:
    """A reader that points at given words, each with a margin."""

    calibration = Calibration(
        margin=1.0,
        behind=-1.0,
        overlap_behind=0.0,
        ahead=10.0,
        overlap=1.0,
        foreign=-1.0,
        few=0.0,
        bias=0.0,
        threshold=0.9,
        few_threshold=0.5,
        foreign_threshold=0.2,
    )

    def __init__(self, **margins: float) -> None:
        self.margins = margins

    def warm_up(self) -> None:
        """Nothing to load."""

    def read(self, question: str, texts: list[str], count: int) -> list[list[Span]]:
        found = []
        for text in texts:
            spans = [
                Span(text.index(words), text.index(words) + len(words), margin)
                for words, margin in self.margins.items()
                if words in text
            ]
            found.append(sorted(spans, key=lambda span: -span.margin)[:count])
        return found


def articles(count: int) -> list[Hit]:
    """Hits of so many other articles, with nothing in them to point at."""
    others = (replace(BRIDGE, id=f"other-{n}") for n in range(count))
    return [hit(other, FIRST) for other in others]


def draft(
    intent: Intent,
    hits: list[Hit],
    *,
    lists: bool = False,
    language: Language = Language.JA,
    **margins: float,
) -> Draft:
    query = Query("？", "？", intent, language, datetime(2026, 1, 1, tzinfo=UTC), wants_list=lists)
    return EmbeddedEngine(Pointer(**margins)).draft(query, hits)


def test_the_likeliest_span_is_claimed_with_its_sentence_as_quote() -> None:
    (claim,) = draft(Intent.WHO, [hit(BRIDGE, FIRST + SECOND)], 森田健一知事=3.0, 県=1.0).claims
    assert (claim.short, claim.text) == ("森田健一知事", "森田健一知事です。")
    (quote,) = claim.quotes
    assert quote.text == SECOND
    assert quote.focus is not None
    assert BRIDGE.text[slice(*quote.focus)] == "森田健一知事"
    assert claim.confidence == pytest.approx(0.9526, abs=1e-3)


def test_below_the_threshold_there_is_no_claim() -> None:
    assert draft(Intent.WHO, [hit(BRIDGE, SECOND)], 森田健一知事=-0.1).claims == ()
    assert draft(Intent.WHO, [], 森田健一知事=9.0).claims == ()


def test_across_languages_another_threshold_holds() -> None:
    hits = [hit(BRIDGE, SECOND)]
    (claim,) = draft(Intent.WHO, hits, language=Language.EN, 森田健一知事=0.0).claims
    assert claim.confidence == pytest.approx(0.269, abs=1e-3)
    assert draft(Intent.WHO, hits, language=Language.EN, 森田健一知事=-0.5).claims == ()


@pytest.mark.parametrize(("others", "said"), [(2, True), (3, False)])
def test_among_few_articles_another_threshold_holds(others: int, said: bool) -> None:
    hits = [hit(BRIDGE, SECOND), *articles(others)]
    assert bool(draft(Intent.WHO, hits, 森田健一知事=0.6).claims) is said


def test_among_few_articles_the_searchs_score_says_nothing() -> None:
    def confidence(*hits: Hit) -> float:
        (claim,) = draft(Intent.WHO, list(hits), 森田健一知事=3.0).claims
        return claim.confidence

    few, many = hit(BRIDGE, SECOND, 0.9), (hit(BRIDGE, SECOND, 0.9), *articles(3))
    assert confidence(few) == confidence(hit(BRIDGE, SECOND, 0.4))
    assert confidence(few) == pytest.approx(1 / (1 + exp(-3)))
    # 0.1 ahead of the others, and enough overlap.
    assert confidence(*many) == pytest.approx(1 / (1 + exp(-(3 + 1 + 0.7))))


def test_a_when_is_said_with_its_whole_expression_and_keeps_its_bare_span() -> None:
    (claim,) = draft(Intent.WHEN, [hit(BRIDGE, FIRST)], **{"7日": 2.0}).claims
    assert claim.short == "7日"
    assert claim.text == "2024年5月7日（記事の表現：今月7日）"


@pytest.mark.parametrize("words", ["資材不足", "橋の開通は台風による資材不足のため"])
def test_a_why_is_said_with_its_whole_clause(words: str) -> None:
    (claim,) = draft(Intent.WHY, [hit(BRIDGE, THIRD)], **{words: 2.0}).claims
    assert claim.text == "台風による資材不足のためです。"
    assert claim.short == words


def test_a_list_takes_several_spans_and_none_twice() -> None:
    claims = draft(
        Intent.WHO,
        [hit(BRIDGE, SECOND)],
        lists=True,
        森田健一知事=3.0,
        地元の小学生ら=2.0,
        小学生ら=1.9,
    ).claims
    assert [claim.short for claim in claims] == ["森田健一知事", "地元の小学生ら"]


def test_a_hit_far_behind_in_search_counts_for_less() -> None:
    near, far = hit(BRIDGE, FIRST, 0.9), hit(BRIDGE, THIRD, 0.2)
    (claim,) = draft(Intent.WHO, [near, far], 県=2.0, 台風=2.3).claims
    assert claim.short == "県"


def test_yes_or_no_gets_a_sentence_and_not_a_span() -> None:
    query = Query(
        "知事は式に出席しましたか？",
        "知事は式に出席しましたか？",
        Intent.YESNO,
        Language.JA,
        datetime(2026, 1, 1, tzinfo=UTC),
    )
    engine = EmbeddedEngine(Pointer(県=99.0))
    (claim,) = engine.draft(query, [hit(BRIDGE, SECOND, 0.95)]).claims
    assert claim.quotes[0].text == SECOND
    assert SECOND.rstrip("。") in claim.text
