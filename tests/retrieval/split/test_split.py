"""What holds for every split, for any text; and how passages of an article are cut."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.split import aliases, embedding_text, sentences, split
from retrieval.split.brackets import PAIRS
from retrieval.split.kinds import size
from retrieval.split.passages import MOST, MOST_SENTENCES
from retrieval.values import Article, PassageKind

PIECES = st.sampled_from(
    [
        *"。！？!?…．.、,「」『』（）()【】“”[]\"'\n\r ＊※■・：＝",
        *[
            "\n\n",
            "\u3000",
            "\u2028",
            "です。",
            "市は発表した",
            "写真",
            "（写真：AP）",
            "Mr. ",
            "U.S. ",
        ],
        *[
            "No. 3",
            "3.14",
            "The city ",
            "said. ",
            "と述べた",
            "駅前",
            "筆者：山田",
            "By Jane Roe\n",
            "a",
        ],
        "今日は市の新しい館について市長が説明し、",
    ]
)
MADE = st.lists(PIECES, max_size=60).map("".join)
ANY = MADE | st.text(max_size=200)


def article(text: str, title: str | None = None) -> Article:
    first = text.strip().split("\n")[0]
    return Article("a", "a.txt", first if title is None else title, text)


@given(ANY)
def test_sentences_are_exact_ordered_and_complete(text):
    found = sentences(text)
    assert found == sorted(found)
    last = 0
    for start, end in found:
        assert last <= start < end
        assert text[start:end] == text[start:end].strip()
        last = end
    held = "".join(text[start:end] for start, end in found)
    assert "".join(held.split()) == "".join(text.split())


@given(ANY)
def test_a_sentence_by_itself_is_one_sentence_at_most_cut_at_the_same_places(text):
    for start, end in sentences(text):
        inner = sentences(text, start, end)
        assert inner[0][0] == start
        assert inner[-1][1] == end
        assert len(inner) == 1


@given(
    st.lists(
        st.tuples(st.sampled_from("「『（【“"), st.text("あ。！.？ a", max_size=8)), max_size=6
    )
)
def test_no_cut_within_balanced_brackets(quotes):
    parts = [f"{opening}{inside}{PAIRS[opening]}" for opening, inside in quotes]
    text = "だが。".join(parts) + "。"
    found = sentences(text)
    at = 0
    for part in parts:
        assert any(start <= at and at + len(part) <= end for start, end in found)
        at += len(part) + len("だが。")


@given(ANY)
def test_passages_hold_every_word_once(text):
    passages = split(article(text))
    last = 0
    for passage in passages:
        assert last <= passage.start < passage.end <= len(text)
        assert passage.context_start <= passage.start
        last = passage.end
    held = "".join(text[passage.start : passage.end] for passage in passages)
    assert "".join(held.split()) == "".join(text.split())


@given(ANY)
def test_passages_begin_and_end_with_sentences(text):
    found = sentences(text)
    starts, ends = {start for start, _ in found}, {end for _, end in found}
    for passage in split(article(text)):
        assert passage.start in starts
        assert passage.end in ends
        assert passage.context_start in starts
        if passage.kind in (PassageKind.BODY, PassageKind.NOTE):
            whole = [span for span in found if passage.start <= span[0] < passage.end]
            assert len(whole) <= MOST_SENTENCES
            if len(whole) > 1:
                assert sum(size(text[start:end]) for start, end in whole) <= MOST


@given(ANY)
def test_embedding_text_ends_with_the_passage(text):
    whole = article(text)
    for passage in split(whole):
        assert embedding_text(whole, passage).endswith(text[passage.start : passage.end])


@given(ANY)
def test_aliases_stand_in_the_text(text):
    for name, other in aliases(text):
        assert name in text
        assert other in text


TITLE = "駅前に新しい図書館"
LEAD = (
    "市は三日、古い図書館を駅前に移す計画を発表した。"
    "工事は来年の春に始まり、二年ほどで終わる見通しだ。"
)
CREDIT = "計画を説明する市長（写真：山田花子）"
QUOTE = (
    "市長は「市民の声を聞いた。必ず喜ばれる館にする。」と述べた。費用は市と県が半分ずつ負担する。"
)
NEXT = (
    "反対の声もある。駅前は狭く、車を停める場所が足りないためだ。"
    "同市は近くの土地を借りる考えである。"
)
TEXT = f"{TITLE}\n\n{LEAD}\n\n{CREDIT}\n\n費用と財源\n\n{QUOTE}\n\n{NEXT}\n\n筆者：佐藤 一郎"


def test_an_article():
    told = [
        (passage.kind.value, TEXT[passage.start : passage.end]) for passage in split(article(TEXT))
    ]
    assert told == [
        ("heading", TITLE),
        ("body", LEAD),
        ("caption", CREDIT),
        ("heading", "費用と財源"),
        ("body", QUOTE),
        ("body", NEXT),
        ("note", "筆者：佐藤 一郎"),
    ]


def test_context_is_heading_and_sentence_before():
    whole = article(TEXT)
    after = next(passage for passage in split(whole) if TEXT[passage.start :].startswith("反対"))
    assert after.heading == "費用と財源"
    assert (
        embedding_text(whole, after)
        == f"{TITLE}\n費用と財源\n費用は市と県が半分ずつ負担する。\n{NEXT}"
    )


def test_a_title_is_not_doubled():
    whole = article(TEXT)
    assert embedding_text(whole, split(whole)[0]) == TITLE


def test_context_reaches_over_a_caption_without_it():
    text = f"{TITLE}\n{LEAD}\n{CREDIT}\n{QUOTE}"
    whole = article(text)
    last = split(whole)[-1]
    before = "工事は来年の春に始まり、二年ほどで終わる見通しだ。"
    assert embedding_text(whole, last) == f"{TITLE}\n{before}\n{QUOTE}"


def test_an_endless_sentence_is_embedded_by_its_beginning():
    endless = "市の館と" * 500_000
    whole = article(f"{TITLE}\n{endless}")
    title, words = embedding_text(whole, split(whole)[-1]).split("\n")
    assert (title, size(words)) == (TITLE, 1000)
    assert endless.startswith(words)


def test_the_sentence_before_is_bounded():
    long = "館は" + "とても広く、" * 40 + "明るい。"
    text = f"{TITLE}\n{long}\n{NEXT}{QUOTE}"
    whole = article(text)
    second = split(whole)[2]
    before = embedding_text(whole, second).split("\n")[1]
    assert long.endswith(before)
    assert size(before) <= 80


def test_short_paragraphs_share_a_passage_and_long_sentences_do_not():
    short = "市は決めた。\n\n工事は春だ。\n\n費用は五億円になる。"
    long = "館は" + "とても広く、" * 40 + "明るい。"
    text = f"{TITLE}\n\n{short}\n\n{long}\n\n市は喜ぶ。"
    told = [text[passage.start : passage.end] for passage in split(article(text))]
    assert told == [TITLE, short, long, "市は喜ぶ。"]


def test_a_quotation_set_apart_stays_with_its_speaker():
    before = "市長は費用の増加について議会で問われ、資材の値上がりを認めた上で、"
    said = "「市民の負担は決して増やさない」"
    after = "と述べ、国の補助を求める考えを示した。"
    text = f"{TITLE}\n\n{LEAD}{NEXT}\n\n{before}\n\n{said}\n\n{after}\n\n{LEAD}{QUOTE}"
    told = [text[passage.start : passage.end] for passage in split(article(text))]
    assert any(f"{before}\n\n{said}\n\n{after}" in passage for passage in told)


def test_a_text_that_lacks_its_title_loses_nothing():
    told = split(article(LEAD, title="別の題"))
    assert [(passage.kind, passage.start, passage.end) for passage in told] == [
        (PassageKind.BODY, 0, len(LEAD))
    ]


def test_nothing_gives_nothing():
    assert split(article("", title="題")) == []
    assert split(article(" \n\u3000\n")) == []


def test_an_article_of_5000_characters_takes_milliseconds():
    text = TITLE + "\n\n" + f"{LEAD}\n\n{QUOTE}\n\n{NEXT}\n\n" * 35
    whole = article(text)
    seconds = []
    for _ in range(5):
        began = time.perf_counter()
        split(whole)
        seconds.append(time.perf_counter() - began)
    assert len(text) >= 5000
    assert min(seconds) < 0.02  # 5 ms on an idle core; room for a busy one


@pytest.mark.parametrize(
    "unit", ["あ", "「あ」", "（", "市は決めた。", "（写真", "A ", "A.", "駅前\n", "＝"]
)
def test_a_million_characters_without_a_line_end_in_seconds(unit):
    text = unit * (1_000_000 // len(unit))
    whole = article(text, title="題")
    began = time.perf_counter()
    split(whole)
    aliases(text)
    assert time.perf_counter() - began < 20
