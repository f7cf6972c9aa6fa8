from datetime import UTC, datetime

import pytest

from bot.understand import REMEMBERED_TURNS, understand
from bot.values import Turn
from retrieval.values import Intent, Query

NOW = datetime(2025, 10, 8, 12, 0, tzinfo=UTC)
REFUSED = "記事には、その答えは書かれていません。"


def asked(question, *turns):
    query = understand(question, [Turn(*turn) for turn in turns], NOW)
    assert isinstance(query, Query)
    assert query.original == question
    return query


# The question before, its answer, the follow-up, and what it must become.
CLEFT = ("田中氏が札幌で支えたのは誰？", "山本会長です。")
SENTENCE = ("田中氏は札幌で誰を支えましたか？", "山本会長です。")
EVENT = ("青葉杯の決勝はいつ開かれましたか？", "2024年5月3日です。")
NOUN = ("倉庫の火災の原因は何ですか？", "漏電です。")
PLACE = ("高波が起きた町はどこですか？", "汐見町です。")
THING = ("研究所が開発した探査機は何という名前ですか？", "あかつき3号です。")
WISH = ("村上大臣が首脳と会いたいのはなぜですか？", "記事には「協力を広げるため」とあります。")
ROLE = ("新しい館長は誰ですか？", "大野花子氏です。")
YEAR = ("2023年の大会で優勝したのは誰ですか？", "高木選手です。")
YES = ("理事長は退任しましたか？", "はい。")
WHO_IS = ("西野氏とは何者ですか？", "植物学者です。")
JA = [
    (CLEFT, "いつですか？", "田中氏が札幌で支えたのはいつですか？"),
    (CLEFT, "なぜ？", "田中氏が札幌で支えたのはなぜ？"),
    (CLEFT, "それはどこで？", "田中氏が札幌で支えたのはどこで？"),
    (CLEFT, "彼女はなぜ？", "田中氏が札幌で支えたのはなぜ？"),
    (CLEFT, "場所は？", "田中氏が札幌で支えたのはどこですか？"),
    (CLEFT, "理由は？", "田中氏が札幌で支えた理由は？"),
    (CLEFT, "その理由を教えて", "田中氏が札幌で支えた理由を教えて"),
    (CLEFT, "ほかには？", "山本会長のほかに、田中氏が札幌で支えたのは誰？"),
    (CLEFT, "もう一人は？", "山本会長のほかに、田中氏が札幌で支えたのは誰？"),
    (CLEFT, "彼は何歳ですか？", "山本会長は何歳ですか？"),
    (CLEFT, "年齢は？", "山本会長の年齢は？"),
    (CLEFT, "では、鈴木氏は？", "鈴木氏が札幌で支えたのは誰？"),
    (CLEFT, "いつから準備していましたか？", "田中氏はいつから準備していましたか？"),
    (CLEFT, "じゃあ、いつ？", "田中氏が札幌で支えたのはいつ？"),
    (CLEFT, "本当ですか？", "田中氏が札幌で支えたのは誰？"),
    (SENTENCE, "いつですか？", "田中氏は札幌でいつ山本会長を支えましたか？"),
    (SENTENCE, "なぜ？", "田中氏は札幌でなぜ山本会長を支えましたか？"),
    (SENTENCE, "彼女はなぜ？", "田中氏は札幌でなぜ山本会長を支えましたか？"),
    (SENTENCE, "彼女の肩書きは？", "田中氏の肩書きは？"),
    (SENTENCE, "理由を教えて", "田中氏は札幌でなぜ山本会長を支えましたか？"),
    (EVENT, "どこで？", "青葉杯の決勝はどこで開かれましたか？"),
    (EVENT, "場所は？", "青葉杯の決勝はどこで開かれましたか？"),
    (EVENT, "それはなぜですか？", "青葉杯の決勝はなぜ開かれましたか？"),
    (EVENT, "決勝はどこで行われましたか？", "青葉杯の決勝はどこで行われましたか？"),
    (EVENT, "誰が出ましたか？", "青葉杯の決勝は誰が出ましたか？"),
    (EVENT, "その日に何がありましたか？", "2024年5月3日に何がありましたか？"),
    (EVENT, "結果は？", "青葉杯の決勝の結果は？"),
    (NOUN, "いつですか？", "倉庫の火災はいつですか？"),
    (NOUN, "いつ起きましたか？", "倉庫の火災はいつ起きましたか？"),
    (NOUN, "死者は何人ですか？", "倉庫の火災の死者は何人ですか？"),
    (NOUN, "被害は？", "倉庫の火災の被害は？"),
    (PLACE, "そこの人口は？", "汐見町の人口は？"),
    (PLACE, "その町には何人が住んでいますか？", "汐見町には何人が住んでいますか？"),
    (PLACE, "いつ？", "高波が起きたのはいつ？"),
    (THING, "それはいつ打ち上げられましたか？", "あかつき3号はいつ打ち上げられましたか？"),
    (PLACE, "救助したのは誰ですか？", "高波が起きたこと（汐見町）について、救助したのは誰ですか？"),
    (PLACE, "続きましたか？", "高波は続きましたか？"),
    (WISH, "それはいつ？", "村上大臣が首脳と会いたいのはいつ？"),
    (WISH, "実現しますか？", "村上大臣が首脳と会いたいのは実現しますか？"),
    (WISH, "いつ会いますか？", "村上大臣はいつ会いますか？"),
    (ROLE, "いつ就任しましたか？", "新しい館長（大野花子氏）はいつ就任しましたか？"),
    (ROLE, "その人は何歳？", "大野花子氏は何歳？"),
    (ROLE, "どんな人ですか？", "大野花子氏はどんな人ですか？"),
    (YEAR, "2022年は？", "2022年の大会で優勝したのは誰ですか？"),
    (YEAR, "賞金はいくら？", "2023年の大会で優勝した際の賞金はいくら？"),
    (YES, "なぜ？", "理事長はなぜ退任しましたか？"),
    (YES, "後任は誰ですか？", "理事長の後任は誰ですか？"),
    (WHO_IS, "著書は？", "西野氏の著書は？"),
    (WHO_IS, "なぜ有名なのですか？", "西野氏（植物学者）はなぜ有名なのですか？"),
    (THING, "それを設計したのは誰？", "あかつき3号を設計したのは誰？"),
]  # fmt: skip

OBJECT = ("Who did Anna Berg help in Oslo?", "Lars Holm")
SUBJECT = ("Who resigned as mayor?", "Ingrid Dahl")
HAPPENED = ("When did the tunnel fire happen?", "12 March 2020")
YES_NO = ("Was the factory closed?", "The article does not say.")
WISHED = ("Why did Berg want to meet Dahl?", "to win a prize")
HELD = ("Where was the parade held?", "Oslo")
EN = [
    (OBJECT, "When?", "When did Anna Berg help in Oslo?"),
    (OBJECT, "And where?", "Where did Anna Berg help in Oslo?"),
    (OBJECT, "Why did she stay?", "Why did Anna Berg stay?"),
    (OBJECT, "Who is her father?", "Who is Anna Berg's father?"),
    (OBJECT, "Who else?", "Besides Lars Holm, who did Anna Berg help in Oslo?"),
    (OBJECT, "What about Nils Moe?", "Who did Nils Moe help in Oslo?"),
    (OBJECT, "When was that?", "When did Anna Berg help in Oslo?"),
    (SUBJECT, "When?", "When was it that Ingrid Dahl resigned as mayor?"),
    (SUBJECT, "Why did she resign?", "Why did Ingrid Dahl resign?"),
    (HAPPENED, "Where did it happen?", "Where did the tunnel fire happen?"),
    (HAPPENED, "Why?", "Why did the tunnel fire happen?"),
    (HAPPENED, "What caused it?", "What caused the tunnel fire?"),
    (HAPPENED, "What else happened that day?", "What else happened on 12 March 2020?"),
    (HAPPENED, "How many people died?", "How many people died (the tunnel fire)?"),
    (WISHED, "And Holm?", "Why did Holm want to meet Dahl?"),
    (WISHED, "Is he ready?", "Is Berg ready?"),
    (HELD, "When was it held?", "When was the parade held?"),
    (HELD, "Who attended?", "Who attended (the parade)?"),
    (HELD, "What happened there?", "What happened in Oslo?"),
    (YES_NO, "Why?", "Why was the factory closed?"),
    (YES_NO, "Who owns it?", "Who owns the factory?"),
]


@pytest.mark.parametrize(("before", "question", "expected"), JA + EN)
def test_a_follow_up_stands_alone(before, question, expected):
    assert asked(question, before).text == expected


@pytest.mark.parametrize("before", [CLEFT, SENTENCE, EVENT, NOUN, PLACE, THING])
@pytest.mark.parametrize(
    "question",
    [
        "水族館が閉館したのはなぜですか？",
        "新しい橋を設計したのは誰ですか？",
        "鉄道の値上げはいつからですか？",
        "佐藤選手は彼の母に何を贈りましたか？",
        "台風が近づき、その影響で何便が欠航しましたか？",
        "水族館の館長の名前は？",
        "イルカとは？",
        "どの国の選手が優勝しましたか？",
        "この記事を書いたのは誰ですか？",
        "これまでに水族館を訪れた人は何人ですか？",
        "なぜペンギンは飛べないのですか？",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(before, question):
    assert asked(question, before).text == question


@pytest.mark.parametrize("before", [OBJECT, SUBJECT, HAPPENED])
@pytest.mark.parametrize(
    "question",
    [
        "Why did the aquarium close?",
        "When did Nils Moe say he would retire?",
        "Is it true that penguins can't fly?",
        "Who designed the bridge and when was it opened?",
        "Are there any penguins in the aquarium?",
    ],
)
def test_an_english_question_that_stands_alone_is_left_alone(before, question):
    assert asked(question, before).text == question


def test_a_time_of_the_past_is_taken_from_a_conversation_that_gave_one():
    question = "当時の水族館の館長は誰ですか？"
    assert asked(question, EVENT).text == "2024年5月3日の水族館の館長は誰ですか？"
    assert asked(question, CLEFT).text == question


def test_without_a_conversation_nothing_is_put_in():
    assert asked("彼女はなぜ？").text == "彼女はなぜ？"
    assert asked("When was that?").text == "When was that?"


def test_a_refused_answer_names_nobody():
    query = asked("彼はいつ来ましたか？", ("札幌を訪れた会長は誰ですか？", REFUSED))
    assert query.text == "札幌を訪れた会長はいつ来ましたか？"
    assert asked("ほかには？", ("札幌を訪れた会長は誰？", REFUSED)).text == "札幌を訪れた会長は誰？"


def test_a_chain_of_follow_ups_keeps_its_topic():
    query = asked("なぜ？", CLEFT, ("いつですか？", "5月3日です。"))
    assert query.text == "田中氏が札幌で支えたのはなぜ？"
    assert query.intent is Intent.WHY


def test_thanks_in_between_are_passed_over():
    assert asked("いつですか？", CLEFT, ("ありがとう", "どういたしまして。")).text.startswith(
        "田中氏が"
    )


def test_only_the_last_turns_are_remembered():
    others = [("ペンギンは鳥ですか？", "はい。")] * REMEMBERED_TURNS
    assert "田中" not in asked("彼女は何歳ですか？", CLEFT, *others).text


def test_the_quote_in_an_answer_is_unwrapped():
    query = asked("彼は何歳ですか？", ("会社を興したのは誰？", "記事には「森田社長」とあります。"))
    assert query.text == "森田社長は何歳ですか？"


def test_where_no_rewriting_is_safe_the_topic_stands_in_front():
    text = asked("その後どうなりましたか？", SENTENCE).text
    assert text.endswith("その後どうなりましたか？")
    assert "田中氏" in text and "山本会長" in text


def test_a_follow_up_in_the_other_language_carries_the_question_before():
    query = asked("Why?", CLEFT)
    assert query.text == "田中氏が札幌で支えたのは誰？ Why?"
    assert query.intent is Intent.WHY


def test_a_courtesy_before_a_follow_up_is_dropped():
    assert asked("ありがとう。いつですか？", CLEFT).text == "田中氏が札幌で支えたのはいつですか？"
