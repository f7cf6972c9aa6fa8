from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.understand import understand
from bot.understand.moment import with_dates
from bot.values import Turn
from retrieval.values import Language

NOW = datetime(2025, 10, 8, 23, 30, tzinfo=ZoneInfo("Asia/Tokyo"))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("昨日の会議で誰が話しましたか？", "昨日（2025年10月7日）の会議で誰が話しましたか？"),
        ("先月の大会はどこで？", "先月（2025年9月）の大会はどこで？"),
        ("去年と今年の優勝者は？", "去年（2024年）と今年（2025年）の優勝者は？"),
        ("2019年5月の大会はどこで？", "2019年5月の大会はどこで？"),
        ("3日前に誰が来ましたか？", "3日前（2025年10月5日）に誰が来ましたか？"),
        ("開業の3年前に何がありましたか？", "開業の3年前に何がありましたか？"),
        ("18世紀の町はどこですか？", "18世紀の町はどこですか？"),
        ("明治17年に何がありましたか？", "明治17年に何がありましたか？"),
        ("前日に誰が来ましたか？", "前日に誰が来ましたか？"),
        ("きょうだいは何人ですか？", "きょうだいは何人ですか？"),
        ("9月3日に誰が来ましたか？", "9月3日に誰が来ましたか？"),
        ("「昨日の敵」を書いたのは誰？", "「昨日の敵」を書いたのは誰？"),
        ("昨日（2025年10月7日）の会議は？", "昨日（2025年10月7日）の会議は？"),
    ],
)
def test_japanese(question, told):
    assert with_dates(question, NOW, Language.JA) == told


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who spoke yesterday?", "Who spoke yesterday (7 October 2025)?"),
        ("What opened last month?", "What opened last month (September 2025)?"),
        ("Who won in May 2019?", "Who won in May 2019?"),
    ],
)
def test_english(question, told):
    assert with_dates(question, NOW, Language.EN) == told


def test_the_day_is_the_askers_own():
    # 23:30 in Tokyo is still the afternoon in London, and the next day in Auckland.
    asked = "昨日の会議で誰が話しましたか？"
    abroad = NOW.astimezone(ZoneInfo("Pacific/Auckland"))
    assert "10月8日" in understand(asked, [], abroad).text
    assert "10月7日" in understand(asked, [], NOW).text


def test_a_follow_up_is_dated_once():
    talk = [Turn("昨日の会議で話したのは誰？", "森田氏です。")]
    text = understand("なぜ？", talk, NOW).text
    assert text == "森田氏が昨日（2025年10月7日）の会議で話したのはなぜ？"


def test_what_was_typed_is_kept():
    query = understand("昨日の会議は？", [], NOW)
    assert query.original == "昨日の会議は？"
    assert query.asked_at == NOW
