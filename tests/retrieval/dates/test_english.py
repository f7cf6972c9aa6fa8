"""English expressions: text, article's date, every mention as (words, iso)."""

from datetime import date

import pytest

from retrieval.dates import find_times

DAY = date(2025, 9, 10)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The talks opened on September 3.", [("September 3", "2025-09-03")]),
        ("On Sept. 3, 2025, they met.", [("Sept. 3, 2025", "2025-09-03")]),
        ("on September 3rd", [("September 3rd", "2025-09-03")]),
        ("3 September 2025", [("3 September 2025", "2025-09-03")]),
        ("the 3rd of September 2025", [("the 3rd of September 2025", "2025-09-03")]),
        ("Sep 20–21, 2024", [("Sep 20–21, 2024", "2024-09-20/2024-09-21")]),
        ("On 5 and 6 May 2024", [("5 and 6 May 2024", "2024-05-05/2024-05-06")]),
        ("from March 2018 to June 2019", [("March 2018 to June 2019", "2018-03/2019-06")]),
        ("March–June 2019", [("March–June 2019", "2019-03/2019-06")]),
        (
            "from 28 December 2024 to 3 January",
            [("28 December 2024 to 3 January", "2024-12-28/2025-01-03")],
        ),
        ("between 2010 and 2014", [("2010 and 2014", "2010/2014")]),
        ("In 2018, she won.", [("2018", "2018")]),
        ("in 2020-21", [("2020-21", "2020/2021")]),
        ("the 1990s", [("the 1990s", "1990/1999")]),
        ("the 19th century", [("the 19th century", "1801/1900")]),
        ("in mid-September 2024", [("mid-September 2024", "2024-09-11/2024-09-20")]),
        ("the end of August", [("the end of August", "2025-08-21/2025-08-31")]),
        ("summer 2019", [("summer 2019", "2019-06/2019-08")]),
        ("at 3 p.m. on September 3", [("3 p.m. on September 3", "2025-09-03T15")]),
        ("September 3 at 3:30 pm", [("September 3 at 3:30 pm", "2025-09-03T15:30")]),
        ("at noon on September 3", [("noon on September 3", "2025-09-03T12:00")]),
        ("12 a.m. on September 3", [("12 a.m. on September 3", "2025-09-03T00")]),
        ("Last year it fell.", [("Last year", "2024")]),
        ("It begins next month.", [("next month", "2025-10")]),
        ("this week", [("this week", "2025-09-08/2025-09-14")]),
        ("last weekend", [("last weekend", "2025-09-06/2025-09-07")]),
        ("He said so yesterday.", [("yesterday", "2025-09-09")]),
        ("two years ago", [("two years ago", "2023")]),
        ("The vote was held on Tuesday.", [("Tuesday", "2025-09-09")]),
        ("The vote will be held on Friday.", [("Friday", "2025-09-12")]),
        ("on Tuesday, September 2, they met", [("Tuesday, September 2", "2025-09-02")]),
        (
            "It opened on May 3. Three days later it closed.",
            [("May 3", "2025-05-03"), ("Three days later", "2025-05-06")],
        ),
        (
            "It opened on May 3. The previous day it rained.",
            [("May 3", "2025-05-03"), ("The previous day", "2025-05-02")],
        ),
        (
            "It opened in 2003 and closed the following year.",
            [("2003", "2003"), ("the following year", "2004")],
        ),
        ("It will open on January 5.", [("January 5", "2026-01-05")]),
        ("next Tuesday", [("next Tuesday", None)]),
        ("That year he died.", [("That year", None)]),
        ("He may go. They march. August is hot.", []),
        ("She is 40 years old and ran for 3 days.", []),
        ("the 2000 people in 5 halls, 3.5% of 1995 votes", []),
        ("February 30", [("February 30", None)]),
    ],
)
def test_english(text, expected):
    assert [(m.text, m.iso) for m in find_times(text, DAY)] == expected


def test_without_a_date_only_what_is_absolute_resolves():
    text = "On 3 May 2003 it opened. The next day it closed. Yesterday it burned."
    assert [m.iso for m in find_times(text, None)] == ["2003-05-03", "2003-05-04", None]
