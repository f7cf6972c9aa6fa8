from __future__ import annotations

from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from bot.evaluate.evaluation import evaluation, result
from bot.evaluate.report import page
from bot.evaluate.report.plot import Point, plot
from retrieval.values import Language
from tests.bot.evaluate.outcomes import outcome

MADE = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)
VOID = {"meta", "line", "circle", "br"}


class Reader(HTMLParser):
    """Collects the text, fails on tags that do not match, notes what would be fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag, attrs):
        assert tag != "script"
        self.fetched += [value for name, value in attrs if name in ("src", "href")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    assert reader.open == []
    return reader


def several() -> dict:
    own = [
        outcome("森田", "森田", name="1", quote="森田氏が来た。"),
        outcome("小川", "森田", name="2", quote="<b>小川</b>と森田。"),
        outcome("", "5日", name="3", kind="when"),
    ]
    peer = [
        outcome("森田", "森田", name="1", seconds=0.5),
        outcome("森田", "森田", name="2", seconds=0.5),
        outcome("六日", "5日", name="3", kind="when", seconds=0.5),
    ]
    finds = [outcome(None, "森田", name="1", article="a", rank=1)]
    return evaluation(
        MADE,
        [
            result("kiji", "甲", own, {"index_rate": 12.5, "cold_start": 3.0}),
            result("Peer & Co", "甲", peer, {"index_rate": 30.0, "cold_start": 9.0}),
            result("Finder", "甲", finds),
            result("kiji", "乙", own),
        ],
    )


@pytest.mark.parametrize("language", list(Language))
def test_the_page_stands_alone_and_is_well_formed(language):
    html = page(several(), language)
    reader = read(html)
    assert reader.fetched == []
    assert "url(" not in html
    assert "@import" not in html
    assert f'<html lang="{language}">' in html
    assert "Noto Sans CJK JP" in html
    assert "prefers-color-scheme: dark" in html


def test_a_wrong_answer_is_shown_beside_what_is_accepted_and_what_others_said():
    text = "".join(read(page(several(), Language.EN)).text)
    assert "問い2" in text
    assert "accepted: 森田said: 小川quote: <b>小川</b>と森田。" in text
    assert "Peer & Co ✓" in text
    assert "問い1" not in text


def test_the_best_of_a_row_is_marked_least_time_and_most_quality():
    html = page(several(), Language.EN)
    assert '<td class="top">3.0</td><td>9.0</td><td>–</td>' in html
    assert '<td>12.5</td><td class="top">30.0</td>' in html


def test_a_single_system_is_plotted_by_kind():
    only = evaluation(MADE, [result("kiji", "q.jsonl", [outcome("森田", "森田")])])
    html = page(only, Language.JA)
    assert 'text-anchor="start">誰</text>' in html
    assert "引用が記事どおり" not in html


def test_points_stand_left_when_faster_and_up_when_better():
    drawn = plot([Point("slow", 1.0, 0.5, 0), Point("fast", 0.01, 0.9, 1)], "F1", "s")
    (_, slow), (_, fast) = (
        (part, [float(part.split(f'{name}="')[1].split('"')[0]) for name in ("cx", "cy")])
        for part in drawn.split("<circle")[1:]
    )
    assert fast[0] < slow[0]
    assert fast[1] < slow[1]


def test_names_of_points_that_lie_together_do_not_overlap():
    points = [Point(f"system {n}", 0.1, 0.8 + n / 500, n) for n in range(5)]
    drawn = plot(points, "F1", "s")
    places = [
        part.split('x="')[1].split("text-anchor")[0]
        for part in drawn.split('<text class="name')[1:]
    ]
    assert len(set(places)) == len(points)


@pytest.mark.parametrize("least", [0.0001, 0.004, 0.05, 0.8])
def test_the_marks_of_time_have_room(least):
    points = [Point("a", least, 0.5, 0), Point("b", 30.0, 0.9, 1)]
    marks = plot(points, "F1", "s").split('class="tick" x="')[1:]
    places = [float(mark.split('"')[0]) for mark in marks]
    labels = [mark.split(">")[1].split("<")[0] for mark in marks]
    assert len(places) >= 3
    assert all(
        b - a > 6 * (len(one) + len(other)) / 2
        for a, b, one, other in zip(places, places[1:], labels, labels[1:], strict=False)
    )
    assert "1" in labels or least > 0.5


def test_nothing_to_plot_is_no_drawing():
    assert plot([], "F1", "s") == ""
