import pytest

from bot.understand.intent import classify
from bot.understand.language import detect
from retrieval.values import Intent, Language

JA = {
    Intent.WHO: [
        "新しい駅舎を設計したのは誰ですか？",
        "市長に選ばれたのは誰か。",
        "この曲の作曲者はだれ？",
        "会議を取り仕切ったのはどなたですか",
        "あの老人は何者ですか？",
        "事件の鍵を握るのはどの人物ですか",
        "橋を寄付したのは何という人ですか？",
        "最後に登場する女性はどんな人物ですか？",
        "誰の発案で祭りが始まりましたか",
        "誰によって発見されましたか？",
        "誰に賞が渡されましたか",
        "どの選手が優勝しましたか？",
        "何という俳優が主演しましたか？",
        "監督の名前は何ですか？",
        "工場を建てた人物の名前を教えてください",
        "新社長は？",
        "発見者の氏名を答えなさい",
        "優勝した3人を挙げて",
        "いつも遅刻していたのは誰ですか？",
        "何人かの中で代表に選ばれたのは誰？",
        "『なぜ私たちは働くのか』を書いたのは誰ですか？",
        "「いつか必ず帰る」と言ったのは誰？",
    ],
    Intent.WHEN: [
        "橋が開通したのはいつですか？",
        "何年に開校しましたか",
        "火災は何月何日に起きましたか？",
        "開会式は何時から始まりますか？",
        "発売日は何日ですか",
        "試合は何曜日に行われますか？",
        "寺が建てられたのは何世紀ですか？",
        "工事はいつから始まりますか",
        "展示はいつまで続きますか？",
        "次の選挙の時期は？",
        "どの時代に作られた仏像ですか",
        "発表の日時を教えてください",
        "発表日時？",
        "最初に公開されたのは何年のことか",
        "誰もいない駅が廃止されたのはいつですか",
        "開業した年は何年ですか？",
        "何年生まれですか？",
    ],
    Intent.WHERE: [
        "式典はどこで開かれましたか？",
        "原料はどこから届きますか",
        "どの国が条約に署名しましたか？",
        "どの都市で開催されますか",
        "会場は？",
        "新しい工場の場所を教えて",
        "何県で観測されましたか？",
        "出身地はどこですか",
        "選手団はどこへ向かいましたか？",
        "どこの港に入りましたか",
        "開催地は何という町ですか？",
    ],
    Intent.WHY: [
        "なぜ列車は止まったのですか？",
        "計画が中止されたのはなぜですか",
        "どうして延期になったのですか？",
        "閉店の理由は何ですか？",
        "どういう理由で辞めたのですか",
        "何のために調査を始めましたか？",
        "値上げの背景は？",
        "事故の原因は何と見られていますか",
        "会社を興したきっかけは？",
        "訪問の目的は何ですか？",
        "何故反対しているのですか",
        "なにゆえ旅に出たのか",
        "社長の死因は何ですか？",
        "退任した理由を教えてください",
        "動機は何だったのか",
        "何が原因で停電しましたか？",
        "何がきっかけで研究を始めましたか",
        "どのような事情で移転しましたか？",
        "なんで負けたの？",
        "試験が中断されたのは、何が足りなかったからですか？",
        "誰もなぜ断らなかったのですか",
    ],
    Intent.HOW: [
        "何人が参加しましたか？",
        "何人の人がけがをしましたか",
        "入場料はいくらですか？",
        "りんごはいくつ残りましたか",
        "選手は何歳ですか？",
        "工事はどのくらいの期間かかりますか？",
        "どれくらい続きましたか",
        "どのように運びましたか？",
        "どうやって脱出しましたか",
        "塔の高さは何メートルですか？",
        "何年間勤めましたか",
        "何年ぶりの優勝ですか？",
        "何日間休みましたか",
        "何回目の挑戦ですか？",
        "被害額はいくらに上りますか",
        "合格率は何%ですか？",
        "塔の高さは？",
        "参加者の人数は？",
        "合意に至った経緯を説明して",
        "来場者数は？",
    ],
    Intent.WHAT: [
        "会社は何を発表しましたか？",
        "優勝賞品は何ですか",
        "新種の鳥は何と呼ばれていますか？",
        "どの機関が調べましたか",
        "どちらが先に完成しましたか？",
        "どのような対策が取られましたか",
        "何という法律が成立しましたか？",
        "駅の名前は何ですか？",
        "何か新しいことは何ですか",
    ],
    Intent.YESNO: [
        "社長は辞任しましたか？",
        "計画は認められたのですか",
        "その船は沈んだの？",
        "何か問題はありましたか？",
        "誰かが負傷しましたか？",
        "いつか再開されますか？",
        "明日も雨でしょうか？",
    ],
    Intent.OTHER: [
        "フッカー氏の経歴",
        "新製品の名称は？",
        "北海道と東北についての説明",
        "営業は昼か夜か",
        "賛成なの、それとも反対なの？",
    ],
}

EN = {
    Intent.WHO: [
        "Who designed the new station?",
        "Whom did the mayor thank?",
        "Whose idea was the festival?",
        "By whom was the bridge built?",
        "Which player won the match?",
        "What is the name of the director?",
        "Name the president of the company.",
        "Tell me who signed the treaty",
        "Who is 李白?",
        "Name the three winners",
        "In 2024, who led the team?",
        "Can you tell me who paid for the repairs?",
    ],
    Intent.WHEN: [
        "When did the bridge open?",
        "In what year was the school founded?",
        "What date is the election?",
        "What time does the ceremony start?",
        "On which day was the law passed?",
        "Do you know when the museum reopens?",
        "Since when has the shop been closed?",
        "After the vote, when did the minister leave?",
    ],
    Intent.WHERE: [
        "Where was the meeting held?",
        "Which country won?",
        "In which city did they meet?",
        "What place did the team visit?",
        "From where did the ship sail?",
        "Which countries signed the treaty?",
    ],
    Intent.WHY: [
        "Why did the train stop?",
        "What caused the fire?",
        "For what reason did she resign?",
        "What is the reason for the delay?",
        "How come the shop closed?",
        "What led to the strike?",
        "What prompted the recall?",
        "Explain the reason for the delay",
        "Could you explain why the plan failed?",
        "What was the purpose of the visit?",
        "What is behind the price rise?",
        "What did he do it for?",
    ],
    Intent.HOW: [
        "How many people came?",
        "How long did the talks last?",
        "How old is the singer?",
        "How did they escape?",
        "How much did it cost?",
        "What percentage voted?",
    ],
    Intent.WHAT: [
        "What did the company announce?",
        "What is the name of the new ship?",
        "Which law was passed?",
        "What happened after the vote?",
    ],
    Intent.YESNO: [
        "Did he resign?",
        "Is the museum open?",
        "Was the man who called the police hurt?",
        "Has the plan been approved?",
    ],
    Intent.OTHER: ["The career of Mr Hooker", "Tell me about the ship"],
}


@pytest.mark.parametrize(
    ("question", "intent"),
    [(question, intent) for intent, questions in JA.items() for question in questions],
)
def test_japanese(question, intent):
    assert detect(question) is Language.JA
    assert classify(question, Language.JA) is intent


@pytest.mark.parametrize(
    ("question", "intent"),
    [(question, intent) for intent, questions in EN.items() for question in questions],
)
def test_english(question, intent):
    assert detect(question) is Language.EN
    assert classify(question, Language.EN) is intent


def test_a_question_that_is_one_quotation_is_still_read():
    assert classify("「駅を設計したのは誰？」", Language.JA) is Intent.WHO


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("iPhoneはいつ発売？", Language.JA),
        ("発表日時？", Language.JA),
        ("NATO加盟日", Language.JA),
        ("WHO の事務局長は誰？", Language.JA),
        ("WHO 事務局長", Language.JA),
        ("昨日who", Language.EN),
        ("Who is 金与正?", Language.EN),
        ("What is ワイルドカード?", Language.EN),
        ("What does 「わびさび」 mean?", Language.EN),
        ("the meaning of 侘", Language.EN),
        ("OPEC members", Language.EN),
        ("2024", None),
        ("？？ 😀", None),
    ],
)
def test_the_askers_language(text, language):
    assert detect(text) is language
