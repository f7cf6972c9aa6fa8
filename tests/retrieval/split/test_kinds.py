"""Headings, captions and notes are told by their looks; all lines here are made up."""

from __future__ import annotations

import pytest

from retrieval.split import sentences
from retrieval.split.kinds import kinds, size
from retrieval.values import PassageKind

BODY, HEADING = PassageKind.BODY, PassageKind.HEADING
CAPTION, NOTE = PassageKind.CAPTION, PassageKind.NOTE
ABOVE = "市は三日、古い図書館を建て替える計画を正式に発表し、来年春に工事を始めると説明した。"
BELOW = "計画では地上五階建ての新しい館を駅前に移し、蔵書を今の二倍に増やすことになっている。"
OVER = "The city said on Monday that it would rebuild the old library and start work next spring."
UNDER = "Under the plan a new building of five floors will stand in front of the main station."


def kind_between(above: str, line: str, below: str) -> PassageKind:
    return kinds([(text, len(sentences(text))) for text in (above, line, below)])[1]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        # Headings
        ("駅前に移る図書館", HEADING),
        ("なぜ今、建て替えるのか？", HEADING),
        ("「市民の声を聞いた」と語る市長の本音", HEADING),
        ("■ 建て替えの経緯", HEADING),
        ("◆市民の反応", HEADING),
        ("●今後の予定", HEADING),
        ("【建て替えの背景】", HEADING),
        ("＜費用と財源＞", HEADING),
        ("## 経緯", HEADING),
        ("第2章 新しい館", HEADING),
        ("1. 建物の広さ", HEADING),
        ("二、費用の見通し", HEADING),
        ("③ 市民の反応", HEADING),
        ("（2）移転の時期", HEADING),
        ("――残された課題――", HEADING),
        ("分析：費用はなぜ増えたか", HEADING),
        # Captions
        ("建て替えが決まった図書館（写真：山田花子）", CAPTION),
        ("会見する市長（左）と館長（右）（写真：代表撮影／ロイター）", CAPTION),
        ("会見に臨む市長（中央左、写真：AP／アフロ）", CAPTION),
        ("新館の完成予想図（提供：市）", CAPTION),
        ("新館の前で話す館長（2024年5月、佐藤一郎撮影）", CAPTION),
        ("握手する両市長（ロイター）", CAPTION),
        ("写真は1980年に開いた今の図書館。", CAPTION),
        ("（写真＝鈴木次郎／アフロ）", CAPTION),
        ("【写真】建て替えられる図書館", CAPTION),
        ("図1 来館者の推移", CAPTION),
        ("写真：市立図書館", CAPTION),
        ("記者会見する市長＝3日、市役所", CAPTION),
        ("市長は会見で計画を説明した（写真は本紙記者撮影）", CAPTION),
        # Notes and bylines
        ("＊注：今の館は1980年に開いた。", NOTE),
        ("※入館は無料。", NOTE),
        ("筆者注：金額は当時のもの。", NOTE),
        ("（注1）人口は四月時点。", NOTE),
        ("［注］数字は概算。", NOTE),
        ("【訂正】初出で館名を誤りました。", NOTE),
        ("出典：市の統計", NOTE),
        ("筆者：山田 花子", NOTE),
        ("文・佐藤一郎", NOTE),
        ("取材・文＝鈴木次郎", NOTE),
        ("聞き手・構成：高橋三郎", NOTE),
        ("（山田花子記者）", NOTE),
        ("【ロンドン佐藤一郎特派員】", NOTE),
        ("山田花子記者", NOTE),
        ("2024年5月3日 10:30 更新", NOTE),
        ("公開日：2024/05/03", NOTE),
        ("無断転載を禁じます。", NOTE),
        # Body
        ("市長は会見で計画を説明した。", BODY),
        ("会見で館長は、", BODY),
        ("・蔵書は二倍になる", BODY),
        ("――いつ開館しますか？", BODY),
        ("として理解を求めた", BODY),
        ("市長（52）は計画を説明した（写真）。", BODY),
        ("市長は写真（AP）を見せて説明した。", BODY),
        ("文は短いほうがよい。", BODY),
        ("注文は三日までに届いた。", BODY),
        ("記者は写真を撮った。", BODY),
        ("2024年5月3日、市は計画を発表した。", BODY),
    ],
)
def test_japanese_line(line, kind):
    assert kind_between(ABOVE, line, BELOW) is kind


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("A new home for the library", HEADING),
        ("Why rebuild it now?", HEADING),
        ("# Background", HEADING),
        ("2. The money", HEADING),
        ("Chapter Two", HEADING),
        ("The old library on Main Street. (Photo: Jane Roe)", CAPTION),
        ("Photo: The mayor at the site", CAPTION),
        ("File photo: the reading room in 1980.", CAPTION),
        ("The mayor speaks to reporters (Reuters)", CAPTION),
        ("Visitors leave the old library. AP Photo/Jane Roe", CAPTION),
        ("Visitors in the reading room / Getty Images", CAPTION),
        ("Figure 3: Visitors by year", CAPTION),
        ("Pictured: the mayor in the reading room", CAPTION),
        ("By Jane Roe", NOTE),
        ("By Jane Roe and John Q. Public", NOTE),
        ("By Jane Roe, Staff Writer", NOTE),
        ("Note: Prices are from last year.", NOTE),
        ("Editor's note: This story was updated.", NOTE),
        ("Correction: The library opened in 1980.", NOTE),
        ("Reporting by Jane Roe; editing by John Public", NOTE),
        ("Published 3 May 2024", NOTE),
        ("May 3, 2024 10:30 a.m.", NOTE),
        ("© 2024 The Town Paper", NOTE),
        ("The mayor explained the plan.", BODY),
        ("By Monday the mayor had explained the plan.", BODY),
        ("- more books", BODY),
        ("and the mayor agreed", BODY),
        ("Photos of the old library hang in the hall of the mayor's office.", BODY),
        ("Notes were taken.", BODY),
    ],
)
def test_english_line(line, kind):
    assert kind_between(OVER, line, UNDER) is kind


def test_lines_like_headings_in_a_row_are_a_list():
    lines = [ABOVE, "一般書", "児童書", "雑誌", BELOW]
    assert kinds([(line, 1) for line in lines]) == [BODY] * 5


def test_a_heading_may_have_a_second_one_below():
    lines = [ABOVE, "第1章 移転", "駅前へ", BELOW]
    assert kinds([(line, 1) for line in lines]) == [BODY, HEADING, HEADING, BODY]


def test_a_whole_article_in_one_line_is_no_note():
    glued = "訂正：館名を直した。" + ABOVE * 3 + BELOW * 3
    assert kinds([(glued, len(sentences(glued)))]) == [BODY]


def test_a_bare_name_beside_a_date_is_a_byline():
    day = "2024年5月3日 10時30分"
    assert kinds([("山田 花子", 1), (day, 1), (BELOW, 1)]) == [NOTE, NOTE, BODY]
    assert kinds([(day, 1), ("山田花子", 1), (BELOW, 1)]) == [NOTE, NOTE, BODY]
    assert kinds([("山田花子", 1), (BELOW, 1)]) == [HEADING, BODY]


def test_nothing_below_means_no_heading():
    assert kinds([(ABOVE, 1), ("駅前に移る図書館", 1)]) == [BODY, BODY]


def test_a_quotation_within_a_sentence_over_paragraphs_is_body():
    above = "市長は費用について問われ、"
    assert (
        kind_between(
            above, "「必ず抑える」", "として、理解を求めた上で、市民に説明すると約束した。"
        )
        is BODY
    )


def test_size_counts_two_latin_letters_as_one():
    assert size("図書館") == 3
    assert size("book") == 2
    assert size("") == 0
