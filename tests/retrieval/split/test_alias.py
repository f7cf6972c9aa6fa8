"""Names with another writing in brackets, and brackets that hold something else."""

from __future__ import annotations

import pytest

from retrieval.split import aliases


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("隣国の朴花英（パク・ファヨン）外相が来た。", [("朴花英", "パク・ファヨン")]),
        ("作家の山田花子（やまだ はなこ）さん。", [("山田花子", "やまだ はなこ")]),
        ("入梅（にゅうばい）の日。", [("入梅", "にゅうばい")]),
        ("国の世界図書機構（WLO）が集う。", [("世界図書機構", "WLO")]),
        ("今年のWLO（世界図書機構）総会。", [("WLO", "世界図書機構")]),
        ("The World Library Organization (WLO) met.", [("World Library Organization", "WLO")]),
        ("The WLO (World Library Organization) met.", [("WLO", "World Library Organization")]),
        (
            "The Society for the Study of Birds (SSB) met.",
            [("Society for the Study of Birds", "SSB")],
        ),
        ("作家のジェーン・ロウ（Jane Roe）氏。", [("ジェーン・ロウ", "Jane Roe")]),
        ("President Pak Hwa-ja (朴花子) spoke.", [("Pak Hwa-ja", "朴花子")]),
        ("北海図書協会（以下、北図協）は。", [("北海図書協会", "北図協")]),
        ("世界図書機構（WLO、本部パリ）は。", [("世界図書機構", "WLO")]),
        ("北海図書協会（英: Hokkai Library Guild）", [("北海図書協会", "Hokkai Library Guild")]),
        # What is in brackets but names nothing
        ("市長と会談した（写真左）。", []),
        ("山田花子（52）は三日（3日）に来た。", []),
        ("市長（左）と館長（当時）と妻（右）。", []),
        ("山田選手（ロシア）と岡選手（レアル・マドリード）。", []),
        ("会見する山田市長（AP）", []),
        ("三人（いずれも無職）が来た。", []),
        ("図書館（など）へ行った。", []),
        ("第2回図書大会（WLO）が開かれた。", []),
        ("会社（以下、同社）は。", []),
        ("WLO（本部パリ）の総会。", []),
        ("WLO（フランス・パリ市）の総会。", []),
        ("The mayor (Reuters) met the board (WLO).", []),
        ("The library (built in 1980) is big.", []),
        ("開いた（かっこ\n閉じた）行", []),
        ("", []),
    ],
)
def test_aliases(text, pairs):
    assert aliases(text) == pairs


def test_a_given_name_counts_where_the_text_calls_the_person_by_it():
    told = "隣国の朴花英（パク・ファヨン）外相が来た。花英氏は笑った。"
    assert aliases(told) == [("朴花英", "パク・ファヨン"), ("朴花英", "花英")]


def test_each_pair_comes_once():
    assert len(aliases("国の世界図書機構（WLO）と世界図書機構（WLO）。")) == 1
