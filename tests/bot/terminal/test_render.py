from __future__ import annotations

import io
from dataclasses import replace

from rich.console import Console

from bot.terminal import listing
from bot.terminal.console import console, put
from bot.terminal.render import FOCUS, numbered, quote, rendered
from bot.values import Claim
from retrieval.values import Found, Language
from tests.fakes.kiji import ARTICLE, answer, refusal

HOSTILE = replace(
    ARTICLE,
    title="[red]題\x1b[31m",
    source="a\x1b]8;;http://evil.example\x07b",
    text="題\n「\x1b[2J[bold]火事[/bold]\u202e」は9月20日から21日までだ。",
)


def focused(text) -> str:
    return "".join(text.plain[s.start : s.end] for s in text.spans if s.style == FOCUS)


def test_the_words_that_answer_are_highlighted_in_their_quote():
    shown = quote(answer().citations[0])
    assert shown.plain == "図書館は9月20日から21日まで休館する。"
    assert focused(shown) == "9月20日から21日まで"


def test_the_highlight_stays_in_place_behind_escaped_characters():
    told = answer(article=HOSTILE)
    assert focused(quote(told.citations[0])) == "9月20日から21日まで"


def test_without_a_focus_nothing_is_highlighted():
    citation = replace(answer().citations[0], focus=None)
    assert focused(quote(citation)) == ""


def test_every_claim_has_its_numbers_where_it_stands():
    told = answer(
        text="甲です。乙です。", claims=(Claim("甲です。", (0, 1)), Claim("乙です。", (2,)))
    )
    assert numbered(told).plain == "甲です。[1][2]乙です。[3]"


def test_a_claim_that_is_worded_otherwise_is_numbered_at_the_end():
    told = answer(
        text="まとめです。", claims=(Claim("甲", (0,)), Claim("", (0,)), Claim("乙", (1,)))
    )
    assert numbered(told).plain == "まとめです。[1][2]"


def test_in_a_pipe_an_answer_has_no_blank_line_and_is_not_folded():
    text = rendered(answer(text="長" * 300), Language.JA, None).plain
    assert "長" * 300 in text
    assert "\n\n" not in text
    assert "fake" not in text


def test_at_a_terminal_it_is_folded_and_says_which_engine_and_how_long():
    text = rendered(answer(), Language.JA, 30).plain
    assert "fake、0.25秒" in text
    assert "0.25 s" in rendered(answer(), Language.EN, 30).plain


def test_a_refusal_is_its_sentence_alone_in_a_pipe():
    assert rendered(refusal(), Language.JA, None).plain == refusal().text


def test_what_an_article_holds_is_never_read_as_an_order():
    told = answer(article=HOSTILE, question="\x1b[31m")
    out = io.StringIO()
    terminal = Console(file=out, force_terminal=True, color_system=None, width=60, markup=False)
    for text in (
        rendered(told, Language.JA, 60),
        listing.article(HOSTILE, Language.JA, 60),
        listing.hits(told.hits, Language.JA, 60),
    ):
        put(terminal, text)
        assert "\x1b" not in text.plain
    shown = out.getvalue()
    assert "[bold]火事[/bold]" in shown
    assert "\u202e" not in shown
    assert "\x07" not in shown


def test_a_pipe_gets_no_escape():
    out = io.StringIO()
    put(console(out), rendered(answer(), Language.JA, None))
    assert "\x1b" not in out.getvalue()


def test_a_hit_says_why_it_was_found():
    assert listing.why(Found(1, 0.873, 3, 12.34, ("休館", "工事")), Language.EN) == (
        "meaning: rank 1 (cosine 0.873), words: rank 3 (BM25 12.34), matched: 休館 工事"
    )
    assert listing.why(Found(dense_rank=2, dense_score=0.8), Language.JA) == (
        "意味で2位（コサイン 0.800）"
    )


def test_the_words_that_matched_are_highlighted_in_a_hit():
    shown = listing.hits(answer().hits, Language.JA, None)
    assert focused(shown) == "休館"


def test_a_refusal_says_what_the_articles_do_cover():
    titles = ("港の新市場が開業", "山の小学校が\x1b[31m閉校")
    refused = replace(refusal("月に行ったのは誰？"), covers=titles, language=Language.JA)
    shown = rendered(refused, Language.JA, None).plain
    assert "記事にあるのは：港の新市場が開業 / 山の小学校が" in shown
    assert "\x1b" not in shown
