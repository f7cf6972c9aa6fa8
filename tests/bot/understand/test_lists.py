import pytest

from bot.understand.lists import wants_list
from retrieval.values import Language


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("受賞した3人を挙げて", (True, 3)),
        ("理由を２つ教えてください", (True, 2)),
        ("優勝した三人は誰ですか", (True, 3)),
        ("誰と誰が対談しましたか", (True, 2)),
        ("誰と誰と誰が集まった？", (True, 3)),
        ("加盟する12か国はどこですか？", (True, 12)),
        ("主な原因を列挙して", (True, None)),
        ("参加した人をすべて教えて", (True, None)),
        ("委員会のメンバーは？", (True, None)),
        ("どの国々が署名しましたか", (True, None)),
        ("ほかに誰が来ましたか", (True, None)),
        ("3人が死亡したのはなぜですか", (False, None)),
        ("もう1人は誰ですか", (False, None)),
        ("駅を設計したのは誰ですか", (False, None)),
        ("第2作は何ですか", (False, None)),
        ("「三人を挙げて」と書いたのは誰？", (False, None)),
        ("何人を挙げましたか", (True, None)),
    ],
)
def test_japanese(question, expected):
    assert wants_list(question, Language.JA) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Name the three winners", (True, 3)),
        ("Give me 5 reasons", (True, 5)),
        ("Who were the two drivers?", (True, 2)),
        ("Which countries signed?", (True, None)),
        ("List the members of the board", (True, None)),
        ("What were the main causes of the fire?", (True, None)),
        ("Who else was there?", (True, None)),
        ("Name the president", (False, None)),
        ("Which country won?", (False, None)),
        ("Who was the driver?", (False, None)),
        ("What happened to the three ships?", (False, None)),
    ],
)
def test_english(question, expected):
    assert wants_list(question, Language.EN) == expected
