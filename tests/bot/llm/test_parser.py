"""Replies as models really write them, in pieces of every size."""

from __future__ import annotations

import pytest

from bot.llm.parser import ReplyParser
from bot.llm.reply import SaidClaim, SaidNothing, SaidQuote, SaidWords


def read(reply: str, size: int, whole: bool = True):
    parser = ReplyParser()
    said = []
    for start in range(0, len(reply), size):
        said += parser.feed(reply[start : start + size])
    said += parser.close(whole)
    return [one for one in said if not isinstance(one, SaidWords)], parser.said_anything


def claims(reply: str, size: int = 3, whole: bool = True):
    said, _ = read(reply, size, whole)
    return [
        (one.text, [(quote.passage, quote.text) for quote in one.quotes])
        for one in said
        if isinstance(one, SaidClaim)
    ]


CASES = {
    "json": (
        '{"claims":[{"quotes":[{"passage":1,"quote":"a \\"b\\" c"}],"claim":"x y"}]}',
        [("x y", [(1, 'a "b" c')])],
    ),
    "json, two quotes and two claims": (
        '{"claims":[{"quotes":[{"passage":1,"quote":"a"},{"passage":2,"quote":"b"}],"claim":"x"},'
        '{"quotes":[{"passage":3,"quote":"c"}],"claim":"y"}]}',
        [("x", [(1, "a"), (2, "b")]), ("y", [(3, "c")])],
    ),
    "json, the claim before its quotes": (
        '{"claims":[{"claim":"x","quotes":[{"quote":"a","passage":1},{"passage":2,"quote":"b"}]}]}',
        [("x", [(1, "a"), (2, "b")])],
    ),
    "json in a fence, flat, the number a string": (
        '```json\n[{"passage":"[2]","quote":"a","claim":"x"}]\n```',
        [("x", [(2, "a")])],
    ),
    "json with stray quotation marks": (
        '{"claims":[{"quotes":[{"passage":1,"quote":"he "said" it"}],"claim":"a "b" c"}]}',
        [('a "b" c', [(1, 'he "said" it')])],
    ),
    "json with escapes": (
        '{"claims":[{"quotes":[{"passage":4,"quote":"\\u65e5\\ud83d\\ude00\\n"}],"claim":"e"}]}',
        [("e", [(4, "日😀\n")])],
    ),
    "json without a number": (
        '{"claims":[{"quotes":[{"quote":"a"}],"claim":"x"},{"claim":"bare"}]}',
        [("x", [(0, "a")]), ("bare", [])],
    ),
    "json after an introduction": (
        'Here it is:\n{"claims":[{"quotes":[{"passage":1,"quote":"a"}],"claim":"b"}]}',
        [("b", [(1, "a")])],
    ),
    "plain": ("QUOTE 1: a b\nCLAIM: x\n", [("x", [(1, "a b")])]),
    "plain, no last line break": ("QUOTE 1: a b\nCLAIM: x", [("x", [(1, "a b")])]),
    "plain, two quotes": (
        "QUOTE 1: a\nQUOTE 3: b\nCLAIM: x\n\nQUOTE 2: c\nCLAIM: y",
        [("x", [(1, "a"), (3, "b")]), ("y", [(2, "c")])],
    ),
    "plain, Japanese labels and full-width digits": (
        "引用１：「白波大橋」\n主張：白波大橋です。",
        [("白波大橋です。", [(1, "「白波大橋」")])],
    ),
    "plain, Markdown": (
        "1. **QUOTE [2]:** a\n   **CLAIM:** x",
        [("x", [(2, "a")])],
    ),
    "plain, a quote over two lines": ("QUOTE 1: a\nb\nCLAIM: x", [("x", [(1, "a\nb")])]),
    "plain, on one line": ('[1] "a b" -> x', [("x", [(1, '"a b"')])]),
    "plain, after thinking": (
        "<think>QUOTE 9: no\nCLAIM: no\n</think>\nQUOTE 1: a\nCLAIM: x",
        [("x", [(1, "a")])],
    ),
    "plain, no quote": ("CLAIM: x\n", [("x", [])]),
}


@pytest.mark.parametrize("size", [1, 4, 1000])
@pytest.mark.parametrize("name", CASES)
def test_a_reply_is_read_in_pieces_of_any_size(name, size):
    reply, expected = CASES[name]
    assert claims(reply, size) == expected


@pytest.mark.parametrize("reply", ['{"claims": []}', "NONE", "なし", "**None.**", "```\nNONE\n```"])
def test_that_there_is_nothing_is_understood(reply):
    said, told = read(reply, 2)
    assert said == [SaidNothing()]
    assert told


@pytest.mark.parametrize("reply", ["I can't help with that.", "", "{", "   ", "<think>so"])
def test_what_is_no_reply_says_nothing(reply):
    said, told = read(reply, 2)
    assert not any(isinstance(one, SaidClaim) for one in said)
    assert not told


@pytest.mark.parametrize(
    "reply",
    [
        "QUOTE 1: a\nCLAIM: x\nQUOTE 2: b\nCLAIM: the bridge was not",
        '{"claims":[{"quotes":[{"passage":1,"quote":"a"}],"claim":"x"},'
        '{"quotes":[{"passage":2,"quote":"b"}],"claim":"the bridge was not',
    ],
)
def test_half_a_stream_gives_what_was_whole(reply):
    assert [text for text, _ in claims(reply, whole=False)] == ["x"]


def test_a_claim_is_told_with_the_mark_that_ends_it():
    for reply, end in (
        ('{"claims":[{"quotes":[{"passage":1,"quote":"a"}],"claim":"x y"}', '"}'),
        ("QUOTE 1: a\nCLAIM: x y\n", "\n"),
    ):
        parser = ReplyParser()
        before = list(parser.feed(reply.removesuffix(end)))
        assert not any(isinstance(one, SaidClaim) for one in before)
        assert any(isinstance(one, SaidClaim) for one in parser.feed(end))


def test_words_come_with_their_quotes():
    parser = ReplyParser()
    said = list(parser.feed("QUOTE 1: a\nCLAIM: the br"))
    assert said[-1] == SaidWords("the br", (SaidQuote(1, "a"),))
