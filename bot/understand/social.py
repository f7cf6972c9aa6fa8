"""Words that are not a question about an article: thanks, greetings, help, a summary.

A text is social only when every clause of it is; 「ありがとう、ところで誰が…？」 is a
question, and so is 「新システムの使い方は？」.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from retrieval.values import Language

from .normalise import fold


class SocialKind(StrEnum):
    """What a person expects back: a word, help, or the leading sentences."""

    THANKS = "thanks"
    GREETING = "greeting"
    FAREWELL = "farewell"
    HELP = "help"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Social:
    """Something said that no article answers; `original` is what was typed.

    The reply to each kind but SUMMARY is the sentence `understand.social.<kind>`
    of the catalogue; SUMMARY's sentence introduces the quoted opening.
    """

    kind: SocialKind
    language: Language
    original: str


_JA_ASK = (
    r"(?:して|お願い(?:します|できますか)?|し(?:て)?(?:ください|下さい|くれ(?:る|ますか)?|もらえ(?:る|ますか)|ほしい|いただけますか)|してください"
    r"|して下さい|を?教えて(?:ください|下さい)?|をください|を?お願いします|できる|できますか)"
)
_JA_THIS = (
    r"(?:この|その|今の|上の)?(?:記事|ニュース|文章|本文|ページ|文書|内容|全体|これ|この内容)"
)
_JA_LENGTH = (
    r"(?:[\d一二三四五六七八九十]+(?:行|文|点|字|文字|つ|言|ポイント)(?:以内|程度|くらい|ぐらい)?(?:で|に)|簡単に|短く|簡潔に|ざっくり|ひとことで"
    r"|一言で|手短に|ざっと|わかりやすく)"
)
_EN_THIS = (
    r"(?:(?:this|the|that|your|my) (?:whole )?(?:article|news|story|text|page|piece|document"
    r"|report)|it|this|everything|the content)"
)
_EN_WANT = (
    r"(?:(?:can|could|would|will) you (?:please )?|please |i(?:'d like| want| need) |(?:give"
    r"|show|write|send) (?:me )?|just )*"
)

# Each pattern must match a whole clause, folded.
_CLAUSES: tuple[tuple[SocialKind, str, str], ...] = (
    (
        SocialKind.THANKS,
        r"(?:どうも|本当に|ほんとに|いつも|大変|とても|助言|回答|お?返事)?(?:を|に)?(?:有難う|有り難う|ありがとう|ありがと)(?:ね|な"
        r"|よ)?(?:ござい(?:ます|ました))?(?:ね)?"
        r"|どうもです|どうも|サンキュー|あざっす|あざす|感謝(?:です|します|しています)?|(?:とても|大変|すごく)?助か(?:った|りました"
        r"|ります)(?:よ)?|おかげで(?:よく)?(?:わかりました|分かりました|助かりました)"
        r"|なるほど(?:です|ね|ですね)?|(?:よく)?(?:わか|分か)(?:った|りました)(?:よ)?|了解(?:です|しました)?|承知(?:しました|です)"
        r"|ok(?:です)?|オッケー|オーケー|そうなんだ|そうですか|へえ|すごい(?:ね|です|ですね)?|素晴らしい(?:です)?|完璧(?:です)?",
        r"(?:ok(?:ay)? )?(?:many |so many )?(?:thanks|thank (?:you|u)|thx|ty"
        r"|cheers)(?: (?:so|very) much| a lot| a million| again| for (?:the|your|that"
        r"|all your|all the) (?:help|answers?|info|information|time|quick reply"
        r"|reply))*(?: kiji)?"
        r"|(?:i )?(?:much )?appreciate(?:d)?(?: it| that| your help)?|ok(?:ay)?|got it"
        r"|i see|understood|great|perfect|nice|cool|awesome|good (?:job|answer)"
        r"|(?:that )?(?:helps|helped)(?: a lot)?|that's (?:great|helpful|all|it)"
        r"|that is (?:great|helpful|all)",
    ),
    (
        SocialKind.GREETING,
        r"(?:こんにち|こんばん)[はわ]|おはよう(?:ございます)?|やあ|どうもこんにちは|はじめまして|初めまして|よろしく(?:お願い(?:します|いたします"
        r"|致します))?(?:ね)?|ハロー|もしもし|お疲れ様(?:です|でした)?|お疲れさま(?:です|でした)?|ごきげんよう|(?:お)?元気(?:ですか)?",
        r"(?:hi|hello|hey|hiya|howdy|yo)(?: (?:there|kiji|bot|all|everyone))?"
        r"|good (?:morning|afternoon|evening|day)|greetings|how are you(?: (?:doing"
        r"|today))?|how's it going|nice to meet you|what's up",
    ),
    (
        SocialKind.FAREWELL,
        r"さようなら|さよなら|バイバイ|じゃあね|じゃあ|では|それでは|それじゃ|また(?:ね|今度|明日|来週|後で|あとで)?|では?また|おやすみ(?:なさい)?"
        r"|失礼します|失礼しました|お先に失礼します",
        r"(?:good ?)?bye(?: ?bye)?(?: (?:now|kiji))?|see (?:you|ya)(?: (?:later|soon"
        r"|tomorrow|around))?|good ?night|farewell|take care|talk to you later|cya"
        r"|have a (?:nice|good|great) (?:day|evening|weekend|one)",
    ),
    (
        SocialKind.HELP,
        r"ヘルプ|help|使い方|(?:(?:この|あなたの|君の)?(?:ボット|bot|アプリ|ツール|kiji|キジ|あなた)?の?)使い方(?:は|って|を"
        r"|が)?(?:何|なに|どう|教えて|おしえて|知りたい|わからない|分からない|わかりません|分かりません|説明して)?(?:ください|下さい|です)?(?:か)?"
        r"|(?:(?:あなた|君|きみ|kiji|キジ|このボット|このbot|ここ|これ)(?:は|って|に|で|では|には)?)?(?:何|なに)(?:が|を"
        r"|か)?(?:でき|出来)(?:る|ます)(?:の|のか|んですか|のですか|か)?"
        r"|どう(?:やって)?使(?:う|えば(?:いい|よい))(?:の|のか|んですか|のですか|ですか)?|(?:どう|どうやって|何を|なにを)(?:質問すれば"
        r"|聞けば|尋ねれば|訊けば)(?:いい|よい)(?:の|ですか|んですか)?|(?:どんな|どういう|何の)(?:こと|質問)(?:が|を|は)?(?:聞け|でき"
        r"|聞いていい|できる)(?:る|ます|の)?(?:の|か)?"
        r"|(?:あなた|君|きみ|お前|おまえ|kiji)(?:は|って)(?:誰|だれ|何|なに|何者|どなた)(?:です|なの|なん)?(?:か|ですか)?"
        r"|自己紹介(?:して)?(?:ください|下さい)?|(?:コマンド|機能)(?:の?一覧|は|を教えて)?(?:ください)?|困った|助けて",
        r"/?help(?: me)?(?: please)?|(?:how (?:do|can|should) i|how to) (?:use|work with"
        r"|ask) (?:this|you|it|kiji|the bot|this bot|this thing|questions)|what (?:can"
        r"|do) you do|what can (?:i|we) (?:ask|do)(?: (?:you|here|with (?:this|you)))?"
        r"|how does (?:this|it|kiji|the bot|this bot) work"
        r"|(?:who|what) are you|what is (?:this|kiji)(?: bot)?|introduce yourself"
        r"|what (?:are|is) your (?:features|commands|purpose)|commands|usage|instructions"
        r"|what questions can i ask(?: you)?",
    ),
    (
        SocialKind.SUMMARY,
        rf"(?:(?:{_JA_THIS})(?:を|の|は)?、?)?(?:{_JA_LENGTH}、?)*(?:要約|まとめ|サマリー?|概要|要点|要旨|ポイント"
        rf"|あらすじ|あらまし|概略)(?:を|は|って)?(?:{_JA_LENGTH})?(?:{_JA_ASK})?(?:何|なに)?(?:です)?か?"
        rf"|(?:(?:{_JA_THIS})(?:を|の|は)?、?)?(?:{_JA_LENGTH}、?)*まとめ(?:て|ると|ろ|てくれ|てほしい|てもらえますか"
        rf"|てください|て下さい)?|(?:{_JA_THIS})(?:は|って|には|では)?、?(?:何|なに)(?:について|に関して|の話|の記事"
        rf"|が書いて(?:ある|あります)|が書かれて(?:いる|います)|を(?:言って|伝えて|述べて)(?:いる|います)|の内容)?(?:の|です|なの|なん"
        rf"|書かれた|書いた|書かれて(?:いる|います))*(?:もの|記事)?(?:です)?(?:か)?"
        rf"|(?:(?:{_JA_THIS})は)?(?:どんな|どういう|どのような|何の)(?:記事|ニュース|内容|話|文章)(?:です|なの|なん)?(?:か"
        rf"|ですか|でしょうか)?|(?:{_JA_THIS})の(?:内容|話|主旨|趣旨|主題|テーマ)(?:は|を教えて|って)?(?:何"
        rf"|なに)?(?:です)?か?(?:ください)?|(?:{_JA_LENGTH})(?:説明|教え)(?:し?て)(?:ください|下さい)?|何が書いて(?:ある"
        rf"|あります)(?:を教えて)?(?:の|か)?(?:ください)?|tl;?dr",
        rf"tl;?dr(?: please)?|{_EN_WANT}(?:(?:an?|the|short|brief|quick|one|two|three|\d+"
        rf"|sentence|line|point|bullet|-)+ ?)*(?:summar(?:y|ies)|summari[sz]e|sum up|recap"
        rf"|gist|overview|key points|main points?|takeaways?|highlights?"
        rf"|synopsis)(?: (?:of )?{_EN_THIS})?(?: (?:up|for me|please|briefly|shortly"
        rf"|in (?:\w+ ){{1,3}}(?:sentences?|lines?|words|points|bullets?)))*"
        rf"|what(?:'s| is| was) (?:{_EN_THIS}) (?:all )?about|what(?:'s"
        rf"| is) (?:the )?(?:main point|gist|summary|key point|main idea|topic"
        rf"|subject)(?: of {_EN_THIS})?|what are the (?:main|key) (?:points"
        rf"|takeaways)(?: of {_EN_THIS})?|what does {_EN_THIS} say",
    ),
)
_PATTERNS = {
    language: tuple(
        (kind, re.compile(ja if language is Language.JA else en)) for kind, ja, en in _CLAUSES
    )
    for language in Language
}
_BREAK = re.compile(r"[。、,.!！?？\n…〜～♪☆★]+|\s{2,}")
_DECORATION = re.compile(r"[^\w\s;:/'’ー々・-]+")
_LONGEST = 80  # what people say to be polite is short
_FILLER = frozenset(
    {
        "please",
        "ください",
        "では",
        "じゃあ",
        "well",
        "so",
        "oh",
        "あの",
        "えっと",
        "ああ",
        "うん",
        "はい",
        "yes",
        "w",
        "笑",
    }
)


def _clause_kind(clause: str) -> SocialKind | None:
    folded = " ".join(_DECORATION.sub(" ", fold(clause)).split())
    for language in Language:
        for kind, pattern in _PATTERNS[language]:
            if pattern.fullmatch(folded) or pattern.fullmatch(folded.replace(" ", "")):
                return kind
    return None


def social_kind(text: str) -> SocialKind | None:
    """The kind when the whole text is social, else None.

    Of several clauses the most telling one counts: 「ありがとう。要約して」 is SUMMARY.
    """
    if len(text) > _LONGEST:
        return None
    if whole := _clause_kind(text):
        return whole
    kinds = []
    for clause in _BREAK.split(text):
        if not re.search(r"\w", clause) or fold(clause) in _FILLER:
            continue
        kind = _clause_kind(clause)
        if kind is None:
            return None
        kinds.append(kind)
    order = list(SocialKind)
    return max(kinds, key=order.index, default=None)


def without_courtesies(text: str) -> str:
    """The text without the thanks or greeting that it opens with, if words remain.

    「ありがとう。ところで誰が…？」 gives 「ところで誰が…？」.
    """
    while (cut := _BREAK.search(text)) and cut.end() < len(text):
        if _clause_kind(text[: cut.start()]) not in (SocialKind.THANKS, SocialKind.GREETING):
            break
        text = text[cut.end() :].lstrip()
    return text
