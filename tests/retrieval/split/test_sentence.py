"""Where sentences end: cut texts, written with | at the cuts."""

from __future__ import annotations

import time

import pytest

from retrieval.split import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "marked",
    [
        "会議は終わった。|次は来月だ。",
        "「行く。必ず行く。」と社長は語った。|社員は笑った。",
        "『春。』という詩（五月。晴れ。）を読んだ。|終わり。",
        "なぜ負けたのか？|答えは簡単だ！|練習不足である。",
        "中止になるのでは？ との声が出ている。|市は否定した。",
        "中止ですか？と聞いた。|市は否定した。",
        "本当ですか？|ところが違った。",
        "朝娘。の新曲が出た。|売れた。",
        "夢まつり！が開かれた。|盛況だった。",
        "夢まつり！|はい、盛況でした。",
        "Yahoo!ニュースが報じた。|続報はない。",
        "沈黙……それが答えだった。|終わり。",
        "沈黙…… |彼は席を立った。",
        "え、本当!?|うそだ。",
        "彼は来た。|（写真は別人。）|その後に帰った。",
        "会社（本社。東京）は伸びた。|以上。",
        "開いた「かっこのまま。|次の文。",
        "閉じた」だけの行。|次の文。",
        "言った。」|次の文。",
        "開いた「かっこ\n|次の行。|その次。",
        "「春は来る。\n花も咲く。」と歌った。|終わり。",
        "開いた「かっこ。\n\n|別の段落」の文。|次。",
        "一行目\n|二行目\n\n|三行目",
        "値は3.14です。|率は3．14です。",
        "これは文です.|次も文です.",
        "人口は増えた[1]。|減った。[2]|また増えた。",
        "1. 日本",
        "半角｡|全角。",
    ],
)
def test_japanese(marked):
    expected = [part.strip() for part in marked.split("|")]
    assert cut(marked.replace("|", "")) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "It rained. |We left.",
        "Mr. Tanaka met Dr. J. R. Brown on Jan. 5. |They talked.",
        "He moved to the U.S. Navy base. |It was big.",
        "He moved to the U.S. |The base was big.",
        "Acme Inc. Chairman Lee spoke. |He left.",
        "She works at Acme Inc. |The firm grew.",
        "Room No. 3 costs $3.14 a day. |See pp. 4 and 5.",
        "Some fruit, e.g. Apples, and i.e. Pears, sold. |Good.",
        'He said "Go." |Then he left.',
        "“Go. Go now.” |Then he left.",
        "“Go now!” she said. |He went.",
        "(He left at noon.) |Then it rained.",
        "The bank (est. 1900. London.) closed. |Sad.",
        "Why? |Because it rained! |Really.",
        "Open example.com/a.b?c=d today. |Thanks.",
        "At 5 p.m. he left. |At 6 p.m. |The rest followed.",
        "Well... he came. |Then... |Nobody came.",
        "They chose plan B. |The plan failed.",
        "This line is\nwrapped at sixty. |Then it ends.",
        "First line.\n|second line",
        "1. First item",
        "It was 2019. |Then came 2020.",
        "He met Kim. |東京で会った。|They left.",
        "“Is it? Yes,” he said. |Fine.",
        "See vol. 2. |It helps.",
    ],
)
def test_english(marked):
    expected = [part.strip() for part in marked.split("|")]
    assert cut(marked.replace("|", "")) == expected


def test_only_the_slice_is_read():
    text = "外。「中の文。次」の文。外。"
    assert [text[a:b] for a, b in sentences(text, 3, 10)] == ["中の文。", "次」の"]
    assert sentences(text, 5, 5) == []
    assert sentences("", 0, None) == []
    assert sentences(" \n\u3000 ") == []


@pytest.mark.parametrize(
    "unit",
    [
        "あ",
        "「",
        "「\n",
        "」",
        "（「",
        "あ ",
        ".",
        "。",
        "a. ",
        "\n",
        " \t",
        "U.",
        "1.",
        "！と",
        "“A.” b ",
    ],
)
def test_time_grows_with_the_length_alone(unit):
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        began = time.perf_counter()
        sentences(text)
        return time.perf_counter() - began

    # Four times the text in well under sixteen times the time; the floor hides noise.
    assert seconds(400_000) < 10 * max(seconds(100_000), 0.02)
