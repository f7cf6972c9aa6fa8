from datetime import date, datetime

import pytest

from retrieval.load.day import infer_day, is_dateline, parse_day

TODAY = date(2026, 1, 10)


@pytest.mark.parametrize(
    "value",
    [
        date(2025, 9, 27),
        datetime(2025, 9, 27, 23, 30),
        "2025-09-27",
        "20250927",
        "2025-09-27T10:00:00+09:00",
        "2025-09-27T23:30:00Z",
        "2025/9/27",
        "2025.9.27",
        "２０２５年９月２７日",
        "2025年9月27日(土) 10:00",
        "令和7年9月27日",
        "令和七年九月二十七日",
        "二〇二五年九月二十七日",
        "2025年（令和7年）9月27日",
        "2025（令和7）年9月27日",
        "September 27, 2025",
        "Sept. 27, 2025",
        "27 September 2025",
        "Sat, 27 Sep 2025 10:00:00 +0900",
    ],
)
def test_parse_day(value):
    assert parse_day(value) == "2025-09-27"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "2025年十十月3日",
        "令和二二十年3月3日",
        "2025-02-30",
        "2025-09",
        "きのう",
        "12345",
        "2025/9/1から2025/9/3",
        "2025年13月1日",
    ],
)
def test_parse_day_refuses(value):
    assert parse_day(value) is None


@pytest.mark.parametrize(
    ("era", "day"), [("令和元年5月1日", "2019-05-01"), ("平成31年4月30日", "2019-04-30")]
)
def test_eras(era, day):
    assert parse_day(era) == day


def test_a_dateline_wins_over_a_later_day_in_the_text():
    text = "灯台の話\n2025年9月3日 12:00 配信\n\n工事は2025年12月1日に始まる。"
    assert infer_day(text, TODAY) == "2025-09-03"


def test_a_dateline_at_the_end():
    body = "灯台の話\n\n1925年4月1日に建った。\n2025年11月2日に塗り直した。"
    text = f"{body}\n\n（2025年11月1日 港新聞）"
    assert infer_day(text, TODAY) == "2025-11-01"


@pytest.mark.parametrize(
    "head",
    ["【港町 2025年9月3日】灯台が", "HARBOR TOWN, September 3, 2025 (Agency) — The lighthouse"],
)
def test_a_dateline_at_the_head_of_the_lead(head):
    assert infer_day(f"{head} opened on 2025-10-01.", TODAY) == "2025-09-03"


def test_the_latest_day_of_the_past_otherwise():
    text = "1925年4月1日に建ち、2025年9月27日に灯が消えた灯台を、2030年1月1日までに直す計画がある。"
    assert infer_day(text, TODAY) == "2025-09-27"


def test_of_a_range_its_last_day():
    assert infer_day("催しは2025年9月20日〜21日に開かれ、にぎわった。", TODAY) == "2025-09-21"
    assert infer_day("催しは2025年9月30日から、10月2日まで開かれた。", TODAY) == "2025-09-30"
    assert infer_day("催しは2025年9月30日（火）～10月2日に開かれた。", TODAY) == "2025-10-02"


def test_days_without_a_year_and_impossible_days_say_nothing():
    assert (
        infer_day("9月27日に灯が消えた。版は10.2025.9.27.3である。2025年2月30日。", TODAY) is None
    )


def test_a_picture_line_is_no_dateline():
    caption = "灯台（写真は2025年12月30日）"
    assert not is_dateline(caption)
    assert is_dateline("2025年9月3日（水）12時00分 港新聞")
    assert not is_dateline("灯台は2025年9月3日に灯が消え、港の人々が集まって見送った。")
