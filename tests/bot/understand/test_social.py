import pytest

from bot.understand import SocialKind
from bot.understand.social import social_kind, without_courtesies
from prompts.catalogue import say

SAID = {
    SocialKind.THANKS: [
        "ありがとう",
        "ありがとうございました！😊",
        "どうもありがとうございます。",
        "とても助かりました",
        "なるほど、わかりました。",
        "Thanks!",
        "thank you so much for your help",
        "OK, got it",
        "That's all, thanks.",
    ],
    SocialKind.GREETING: [
        "こんにちは",
        "おはようございます！",
        "はじめまして。よろしくお願いします。",
        "Hello there!",
        "Good morning",
        "Hi, how are you?",
    ],
    SocialKind.FAREWELL: [
        "さようなら",
        "おやすみなさい",
        "ではまた",
        "ありがとう、さようなら",
        "Goodbye!",
        "See you later",
    ],
    SocialKind.HELP: [
        "使い方は？",
        "使い方を教えてください",
        "何ができるの？",
        "あなたは何ができますか？",
        "ヘルプ",
        "あなたは誰ですか？",
        "help",
        "How do I use this?",
        "What can you do?",
        "こんにちは。何ができますか？",
    ],
    SocialKind.SUMMARY: [
        "要約して",
        "3行でまとめて",
        "この記事は何について？",
        "この記事を簡単に要約してください",
        "要点を教えて",
        "どんな記事ですか？",
        "ありがとう。じゃあ、要約して。",
        "tl;dr",
        "Summarise the article",
        "Can you give me a short summary?",
        "What is this article about?",
    ],
}

NOT_SOCIAL = [
    "ありがとう、ところで誰が辞めたの？",
    "新システムの使い方は？",
    "この事故について誰が要約しましたか？",
    "会談の内容を要約して",
    "首相は何に感謝しましたか？",
    "こんにちはと言ったのは誰？",
    "何ができるようになりましたか？",
    "市長は誰ですか？",
    "この装置で何ができるようになったの？",
    "この本は何について書かれていますか？",
    "助けたのは誰？",
    "Thanks, but who won?",
    "Who did he thank?",
    "Who helped the driver?",
    "What can the new robot do?",
    "What is the treaty about?",
    "Hello Kitty was designed by whom?",
    "Why did she say goodbye?",
    "Summarise what the minister said about the treaty",
]


@pytest.mark.parametrize(
    ("text", "kind"), [(text, kind) for kind, texts in SAID.items() for text in texts]
)
def test_social(text, kind):
    assert social_kind(text) is kind


@pytest.mark.parametrize("text", NOT_SOCIAL)
def test_near_misses_are_questions(text):
    assert social_kind(text) is None


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ありがとう。ところで誰が辞めたの？", "ところで誰が辞めたの？"),
        ("Hello! Who won?", "Who won?"),
        ("Thanks, and when?", "and when?"),
        ("首相、辞任の理由は？", "首相、辞任の理由は？"),
        ("ありがとう", "ありがとう"),
    ],
)
def test_courtesies_before_a_question_are_dropped(text, left):
    assert without_courtesies(text) == left


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("kind", set(SocialKind) - {SocialKind.SUMMARY})
def test_every_kind_but_a_summary_has_its_sentence(kind, language):
    assert say(language, f"understand.social.{kind}")
