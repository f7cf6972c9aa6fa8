import random

import pytest

from retrieval.models.reader_data import Context
from retrieval.models.reader_whys import why, whys


def draws(seed: int) -> random.Random:
    return random.Random(seed)


def answers(sentence: str) -> set[str]:
    pairs = (why(sentence, draws(seed)) for seed in range(20))
    return {pair[1] for pair in pairs if pair is not None}


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        (
            "記録的な大雨が続いたため、山あいの鉄道は三日にわたって運休した。",
            "記録的な大雨が続いたため",
        ),
        (
            "橋の柱に亀裂が見つかったことから、県は車の通行をすべて止めた。",
            "橋の柱に亀裂が見つかったこと",
        ),
        (
            "小麦の値段が大きく上がったので、店は来月から値上げに踏み切る。",
            "小麦の値段が大きく上がった",
        ),
        ("住民の強い反対を受けて、市は焼却場を建てる計画を取り下げた。", "住民の強い反対を受けて"),
        ("工場の火災により、部品の出荷が二週間ほど止まる見通しである。", "工場の火災"),
        (
            "昨年は豊作で値が下がったから、農家は作付けをかなり減らした。",
            "昨年は豊作で値が下がった",
        ),
    ],
)
def test_the_answer_ends_as_its_marker_says(sentence: str, answer: str) -> None:
    assert answers(sentence) == {answer}


@pytest.mark.parametrize(
    "sentence",
    [
        "鉄道会社は山あいの路線を三日にわたって運休し、代わりのバスを出した。",  # no marker
        "大雨が続いたため、川があふれたので、山あいの鉄道は運休した。",  # two
        "大雨のため、運休した。",  # too short to be asked about
        "記録的な大雨が続いたため、山あいの鉄道の復旧には三日の見込み。",  # not a whole result
        "橋の柱に亀裂)が見つかったため、県は車の通行をすべて止めた。",  # a bracket cut in two
        "大雨のため、" + "とても" * 70 + "長い文になった。",
    ],
)
def test_other_sentences_give_nothing(sentence: str) -> None:
    assert answers(sentence) == set()


def test_the_question_asks_for_the_result_and_not_for_the_cause() -> None:
    sentence = "記録的な大雨が続いたため、山あいの鉄道は三日にわたって運休した。"
    for seed in range(20):
        pair = why(sentence, draws(seed))
        assert pair is not None
        assert pair[0].startswith("山あいの鉄道は三日にわたって運休した")
        assert "大雨" not in pair[0]


def test_the_topic_comes_back_into_the_question() -> None:
    sentence = "県の水道局は、貯水池の水位が下がったため、夜間の給水を減らすことにした。"
    asked = [why(sentence, draws(seed)) for seed in range(30)]
    topics = {pair[0].startswith("県の水道局は、") for pair in asked if pair is not None}
    assert topics == {True, False}, "most often, not always"


def test_answers_stand_once_in_contexts_that_are_trained_on() -> None:
    sentence = "貯水池の水位が下がったため、水道局は夜間の給水を減らすことにした。"
    contexts = [
        Context("水", "梅雨は短かった。" + sentence),
        Context("水", sentence, held=True),
        Context("水", sentence + "貯水池の水位が下がったためだという。"),
    ]
    (made,) = whys(contexts)
    assert (made.context, made.kind, made.made) == (0, "why", True)
    assert contexts[0].text.count(made.answer) == 1
