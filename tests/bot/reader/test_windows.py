from __future__ import annotations

from itertools import pairwise

import pytest

from bot.reader.windows import WIDEST, sentence_round, windows
from retrieval.split import split
from retrieval.values import Article, Hit, Passage
from tests.bot.articles import BRIDGE, hit

FIRST = "県は今月7日、白波大橋の開通式を開いた。"
SECOND = "式には森田健一知事と地元の小学生らが出席した。"
LAST = "森田知事は「待ち望んだ橋だ。地域の暮らしを支えてほしい」と述べた。"


def test_neighbouring_hits_are_read_as_one_window_with_the_title() -> None:
    (window,) = windows([hit(BRIDGE, SECOND), hit(BRIDGE, FIRST)])
    assert window.text == f"白波大橋が開通\n{FIRST}{SECOND}"
    assert window.hit == 0


def test_hits_that_do_not_touch_stay_apart_and_keep_their_rank() -> None:
    near, far = windows([hit(BRIDGE, LAST), hit(BRIDGE, FIRST)])
    assert (near.hit, far.hit) == (0, 1)
    assert near.text.endswith(LAST)
    assert far.text.endswith(FIRST)


def test_windows_never_overlap_and_stay_narrow() -> None:
    text = "題\n\n" + "".join(f"{n}番目の文はここに立っている。" for n in range(120))
    article = Article("long", "", "題", text)
    hits = [Hit(passage, article, 0.5) for passage in split(article)]
    found = sorted(windows(hits), key=lambda window: window.start)
    for one, other in pairwise(found):
        assert one.end <= other.start
        assert one.end - one.start <= WIDEST


def test_the_sentence_before_is_read_but_not_lost_sight_of() -> None:
    start = BRIDGE.text.index(SECOND)
    passage = Passage("bridge", start, start + len(SECOND), context_start=BRIDGE.text.index(FIRST))
    (window,) = windows([Hit(passage, BRIDGE, 0.5)])
    assert FIRST in window.text


@pytest.mark.parametrize("words", ["森田健一知事", "白波大橋が開通"])
def test_a_span_is_brought_back_to_the_article(words: str) -> None:
    (window,) = windows([hit(BRIDGE, SECOND)])
    start = window.text.index(words)
    place = window.place(start, start + len(words))
    assert place is not None
    assert BRIDGE.text[slice(*place)] == words


def test_a_span_across_the_title_and_the_text_stands_nowhere() -> None:
    (window,) = windows([hit(BRIDGE, SECOND)])
    assert window.place(2, len(window.head) + 3) is None


def test_the_sentence_round_a_span_is_whole() -> None:
    start = BRIDGE.text.index("地域の暮らし")
    assert BRIDGE.text[slice(*sentence_round(BRIDGE, start, start + 3))] == LAST
