import pytest

from retrieval.load.script import display_width
from retrieval.load.title import find_title, shorten, title_from_stem

LEAD = "岬の灯台が百年の務めを終えた。町の人は別れを惜しんだ。"


def test_a_short_first_line_is_the_title():
    assert find_title(f"岬の灯台、百年の務めを終える\n\n{LEAD}") == "岬の灯台、百年の務めを終える"
    assert find_title(f"灯台は残せるのか？\n{LEAD}") == "灯台は残せるのか？"


@pytest.mark.parametrize(
    "caption",
    [
        "夕暮れの灯台はこれからどうなるか（写真は2019年6月30日、岬で＝港通信／アフロ）",
        "灯台を見上げる子どもたち（撮影：山本一郎）",
        "灯台を見上げる子どもたち＝市提供",
        "【写真】灯台を見上げる子どもたち",
        "写真：灯台",
        "Children at the lighthouse (Photo: Harbor News)",
    ],
)
def test_a_caption_is_passed_over(caption):
    assert find_title(f"{caption}\n\n{LEAD}") == "岬の灯台が百年の務めを終えた"
    assert find_title(f"{caption}\n\n灯台の百年\n\n{LEAD}") == "灯台の百年"


def test_a_dateline_and_a_byline_are_passed_over():
    assert find_title(f"2025年9月3日 12:00\n文＝山本一郎\n灯台の百年\n\n{LEAD}") == "灯台の百年"


def test_a_sentence_is_no_title_but_gives_one():
    assert find_title(f"{LEAD}\n\n続きの段落。") == "岬の灯台が百年の務めを終えた"
    assert find_title("The light went out. People wept.\n\nMore.") == "The light went out"


def test_the_place_before_a_lead_is_left_out():
    assert find_title(f"【港町＝山本一郎】{LEAD}") == "岬の灯台が百年の務めを終えた"


def test_a_sentence_with_a_quotation_is_not_cut_inside_it():
    text = "灯台守は「もう霧は怖くない。船には目がある」と話した。次の文。"
    assert find_title(text).startswith("灯台守は「もう霧は怖くない。船には目がある」と話した")


def test_hard_wrapped_prose_has_no_title_line():
    english = "The keeper of the lighthouse said on Monday that the lamp\nwould be lit again.\n"
    assert find_title(english) == (
        "The keeper of the lighthouse said on Monday that the lamp would be lit again"
    )
    japanese = (
        "岬の灯台が百年の務めを終え、町の人々が海辺に集まって\n"
        "最後の明かりを見送る催しが、先週の土曜日の夜に開かれ\n"
        "た。灯台守は涙を見せた。\n"
    )
    assert find_title(japanese).startswith("岬の灯台が百年の務めを終え、")
    assert "見送る" not in find_title(f"灯台の百年\n{japanese}")


def test_a_long_sentence_is_cut_after_a_clause():
    long = "岬の灯台が百年の務めを終え、町の人々が海辺に集まって最後の明かりを見送り、" * 3
    title = shorten(long)
    assert title.endswith("…")
    assert long.startswith(title[:-1])
    assert long[len(title) - 1] == "、"
    assert display_width(title) <= 80


def test_a_sentence_without_clauses_is_cut_all_the_same():
    assert display_width(shorten("灯" * 200)) <= 80


@pytest.mark.parametrize("stem", ["岬の灯台の百年", "lighthouse-keeper-retires", "港_の_灯台"])
def test_a_stem_of_words_is_a_title(stem):
    assert title_from_stem(stem) is not None
    assert find_title(LEAD, stem) == title_from_stem(stem)


@pytest.mark.parametrize(
    "stem",
    ["000_a787e6f8ff441c82", "20250927", "article", "untitled 3", "記事", "tmp_1", "IMG_0042"],
)
def test_a_stem_that_says_nothing_is_no_title(stem):
    assert title_from_stem(stem) is None
