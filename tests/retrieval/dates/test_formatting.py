from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.dates import find_times, format_iso
from retrieval.dates.formatting import parse_iso
from retrieval.values import Language


@pytest.mark.parametrize(
    ("iso", "japanese", "english"),
    [
        ("2025", "2025年", "2025"),
        ("-0070", "紀元前71年", "71 BC"),
        ("2025-09", "2025年9月", "September 2025"),
        ("2025-09-03", "2025年9月3日", "3 September 2025"),
        ("2025-09-03T15", "2025年9月3日15時", "3 September 2025, 3 pm"),
        ("2025-09-03T15:04", "2025年9月3日15時04分", "3 September 2025, 15:04"),
        ("2025-09-20/2025-09-21", "2025年9月20日〜21日", "20–21 September 2025"),
        ("2025-10-31/2025-11-01", "2025年10月31日〜11月1日", "31 October – 1 November 2025"),
        ("2018-03/2019-06", "2018年3月〜2019年6月", "March 2018 – June 2019"),
        ("2025-10/2025-11", "2025年10月〜11月", "October – November 2025"),
        ("1990/1999", "1990年〜1999年", "1990–1999"),
        ("2024-12-28/2025-01-03", "2024年12月28日〜2025年1月3日",
         "28 December 2024 – 3 January 2025"),
        ("2025-09-03T09/2025-09-03T17", "2025年9月3日9時〜17時", "3 September 2025, 9 am – 5 pm"),
        ("2025-09-03/2025-09", "2025年9月3日〜9月", "3 September 2025 – September 2025"),
    ],
)  # fmt: skip
def test_words_for_people(iso, japanese, english):
    assert format_iso(iso, Language.JA) == japanese
    assert format_iso(iso, Language.EN) == english


@pytest.mark.parametrize("iso", ["", "yesterday", "2025-9-3", "2025-09-03T15:04:05", "/2025"])
def test_what_is_no_time_of_ours_is_refused(iso):
    with pytest.raises(ValueError, match="not a time"):
        format_iso(iso, Language.JA)


SPELLINGS = [
    "{y}年{m}月{d}日",
    "{y}/{m}/{d}",
    "{y}-{m:02d}-{d:02d}",
    "{y}.{m}.{d}",
    "{y} 年 {m} 月 {d} 日",
    "{d} {name} {y}",
    "{name} {d}, {y}",
    "{short}. {d}, {y}",
]
NAMES = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
]  # fmt: skip
days = st.dates(min_value=date(1000, 1, 1))


@given(days.filter(lambda day: day.year < 3000), st.sampled_from(SPELLINGS), st.booleans())
def test_a_day_is_found_in_every_spelling(day, spelling, full_width):
    name = NAMES[day.month - 1]
    short = name if name == "May" else name[:3]
    pattern = spelling.replace(". ", " ") if name == "May" else spelling
    text = pattern.format(y=day.year, m=day.month, d=day.day, name=name, short=short)
    if full_width and "年" in text:
        text = text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    (mention,) = find_times(f"（{text}）", None)
    assert (mention.text, mention.iso) == (text, day.isoformat())


isos = st.one_of(
    days.map(lambda day: day.isoformat()),
    days.map(lambda day: f"{day:%Y-%m}" if day.year > 999 else "2025-09"),
    st.datetimes(min_value=datetime(1000, 1, 1)).map(
        lambda moment: moment.isoformat(timespec="minutes")
    ),
).filter(lambda iso: iso < "3000")


@given(isos)
def test_what_is_written_in_japanese_reads_back(iso):
    (mention,) = find_times(format_iso(iso, Language.JA), None)
    assert mention.iso == iso


@given(days.filter(lambda day: day.year < 2999), st.integers(1, 400))
def test_an_interval_written_in_either_language_reads_back(day, length):
    last = day + timedelta(days=length)
    iso = f"{day.isoformat()}/{last.isoformat()}"
    for language in Language:
        (mention,) = find_times(format_iso(iso, language), None)
        assert mention.iso == iso


@given(isos, isos)
def test_points_keep_their_precision(first, last):
    assert tuple(point.iso() for point in parse_iso(f"{first}/{last}")) == (first, last)
