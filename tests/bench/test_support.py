from __future__ import annotations

import pytest

from tests.bench.support import refuses, unsupported
from tests.bot.articles import BRIDGE


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("開通式には森田健一知事が出席した。", 0),
        ("式は今月7日に開かれました。開通は台風による資材不足のため2年遅れました。", 0),
        ("式は今月9日に開かれました。", 1),
        ("式には小川知事が出席した。開通は5年遅れた。", 2),
        ("式には森田健一知事が出席した。費用は300億円だった。", 1),
        ("", 0),
        ("。", 0),
    ],
)
def test_claims_that_nothing_bears_out_are_counted(text, count):
    assert unsupported(text, [BRIDGE]) == count


def test_without_an_article_nothing_is_borne_out():
    assert unsupported("式には森田健一知事が出席した。", []) == 1


@pytest.mark.parametrize(
    "text",
    ["わかりません。", "I don't know.", "その情報は記載されていません。", "  ", "Empty Response"],
)
def test_a_reply_that_says_it_has_no_answer_is_a_refusal(text):
    assert refuses(text)


@pytest.mark.parametrize("text", ["森田知事です。", "It opened on the 7th."])
def test_an_answer_is_none(text):
    assert not refuses(text)
