import pytest

from retrieval.errors import LoadError
from retrieval.load.markdown import read_markdown

FULL = """---
title: 灯台の百年
date: 2025-09-27
author: [山本一郎, 田村花子]
tags: [港]
---
<!-- 非公開のメモ -->
# 灯台の百年

岬の**灯台**が[百年](https://example.org/a)の
務めを*終えた*。![夕暮れ](a.jpg)

## 町の声

- 「さびしい」
- 「ありがとう」

1. 一番
2. 二番

> 船からも見えた。

| 年 | 出来事 |
|---|---|
| 1925 | 点灯 |
"""


def test_front_matter_and_words_without_marks():
    material = read_markdown(FULL, "a.md")
    assert (material.title, material.date) == ("灯台の百年", "2025-09-27")
    assert material.author == "山本一郎, 田村花子"
    assert [line for line in material.text.split("\n") if line] == [
        "灯台の百年",
        "岬の灯台が百年の務めを終えた。",
        "町の声",
        "- 「さびしい」",
        "- 「ありがとう」",
        "1. 一番",
        "2. 二番",
        "船からも見えた。",
        "年\t出来事",
        "1925\t点灯",
    ]


def test_a_heading_is_the_title_without_front_matter():
    assert read_markdown("## 港の今\n\n本文。", "a").title == "港の今"
    assert read_markdown("![絵](a.png)\n\n# 港の今\n\n本文。", "a").title == "港の今"
    assert read_markdown("本文だけ。\n\n## 小見出し", "a").title is None


def test_rules_around_text_are_not_front_matter():
    material = read_markdown("---\n灯台の話\n---\n\n本文。", "a")
    assert material.date is None
    assert "灯台の話" in material.text


def test_windows_line_ends_in_front_matter():
    assert read_markdown("---\r\ntitle: 港\r\n---\r\n本文。", "a").title == "港"


@pytest.mark.parametrize(
    ("front", "key"),
    [
        ("title: [港", "load.front_matter"),
        ("date: きのう", "load.bad_date"),
        ("date: 2025-13-01", "load.bad_date"),
    ],
)
def test_bad_front_matter(front, key):
    with pytest.raises(LoadError) as caught:
        read_markdown(f"---\n{front}\n---\n本文。", "a.md")
    assert caught.value.key == key
    assert caught.value.details["source"] == "a.md"
