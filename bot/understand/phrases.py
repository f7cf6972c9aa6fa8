"""What people say to a bot that asks nothing of an article, Japanese and English side by side.

One phrase a line; each must match a whole clause of folded text. {names} are
filled from PARTS.
"""

from __future__ import annotations

PARTS = {
    # Japanese
    "please": r"(?:ください|下さい|くれ(?:る|ますか)?|もらえ(?:る|ますか)|いただけますか|ほしい)",
    "this": r"(?:(?:この|その|今の)?(?:記事|ニュース|文章|本文|ページ|文書|内容)|これ|全体)",
    "short": r"(?:[\d一二三四五六七八九十]+(?:行|文|点|字|文字|つ|言|ポイント)"
    r"(?:以内|程度|くらい|ぐらい)?[でに]"
    r"|簡単に|短く|簡潔に|ざっくり|ひとことで|一言で|手短に|ざっと|わかりやすく)",
    "you": r"(?:あなた|君|きみ|お前|kiji|キジ|(?:この)?(?:ボット|bot))",
    "asks": r"(?:です|なの|なん|のです|んです|の|でしょう)*か?",
    "polite": r"(?:です|ます|ました|でした)?(?:ね|よ)?",
    # English
    "article": r"(?:(?:this|the|that|your|my) (?:whole )?"
    r"(?:article|news|story|text|page|piece|document|report)|it|this|everything)",
    "want": r"(?:(?:can|could|would|will) you (?:please )?|please |i(?:'d like| want| need) "
    r"|(?:give|show|write|send) (?:me )?|just )*",
    "brief": r"(?:(?:an?|the|short|brief|quick|one|two|three|\d+|sentence|line|point|bullet)[ -])*",
    "bot": r"(?:kiji|the bot|this bot|this|it|you)",
}

THANKS_JA = (
    r"(?:どうも|本当に|ほんとに|いつも|とても|(?:ご?回答|お?返事)を?)?(?:ありがとう|ありがと|有難う)(?:ござい)?{polite}",
    r"どうも(?:です)?|サンキュー|感謝(?:して(?:い)?|し)?{polite}",
    r"(?:とても|大変|すごく|おかげで)?助か(?:った|り){polite}",
    r"なるほど{polite}|(?:よく)?(?:わか|分か)(?:った|り){polite}",
    r"(?:了解|承知)(?:し)?{polite}|ok(?:です)?|オッケー|オーケー|そうなんだ|そうですか|へえ",
    r"(?:すごい|すばらしい|素晴らしい|完璧){polite}",
)
THANKS_EN = (
    r"(?:ok(?:ay)? )?(?:many |so many )?(?:thanks|thank (?:you|u)|thx|ty|cheers)"
    r"(?: (?:so|very) much| a lot| a million| again| kiji)*"
    r"(?: for (?:the|your|that|all your|all the) (?:help|answers?|info|information|time|reply))?",
    r"(?:i )?(?:much )?appreciated?(?: it| that| your help)?",
    r"ok(?:ay)?|got it|i see|understood|great|perfect|nice|cool|awesome|good (?:job|answer)",
    r"(?:that )?help(?:s|ed)(?: a lot)?|that(?:'s| is) (?:great|helpful|all|it)",
)
GREETING_JA = (
    r"(?:こんにち|こんばん)[はわ]|おはよう(?:ございます)?|やあ|ハロー|もしもし|ごきげんよう",
    r"はじめまして|初めまして|よろしく(?:お願い)?(?:いたし|致し|し)?{polite}",
    r"お疲れ(?:様|さま){polite}|お?元気(?:です)?か?",
)
GREETING_EN = (
    r"(?:hi|hello|hey|hiya|howdy|yo)(?: (?:there|kiji|bot|all|everyone))?",
    r"good (?:morning|afternoon|evening|day)|greetings|nice to meet you",
    r"how are you(?: (?:doing|today))?|how's it going|what's up",
)
FAREWELL_JA = (
    r"さようなら|さよなら|バイバイ|おやすみ(?:なさい)?|(?:お先に)?失礼し{polite}",
    r"(?:じゃあ|では|それでは|それじゃ)(?:ね|また)?|また(?:ね|今度|明日|来週|後で|あとで)?",
)
FAREWELL_EN = (
    r"(?:good ?)?bye(?: ?bye)?(?: (?:now|kiji))?|good ?night|farewell|take care|cya",
    r"(?:see|talk to) (?:you|ya)(?: (?:later|soon|tomorrow|around))?",
    r"have a (?:nice|good|great) (?:day|evening|weekend|one)",
)
HELP_JA = (
    r"ヘルプ|help|困った|助けて|(?:コマンド|機能)(?:の?一覧)?(?:は|を教えて)?{please}?",
    r"(?:{you}の|アプリの|ツールの)?使い方(?:は|って|を|が)?(?:何|どう|わからない|分からない)?{asks}",
    r"(?:{you}の|アプリの|ツールの)?使い方を?(?:教えて|説明して|知りたい){please}?",
    r"(?:(?:{you}|ここ|これ)(?:では|には|で|に|は|って))?何が(?:でき|出来)(?:る|ます){asks}",
    r"どう(?:やって)?使(?:う|えば(?:いい|よい)){asks}",
    r"(?:どう|どうやって|何を)(?:質問すれば|聞けば|尋ねれば)(?:いい|よい){asks}",
    r"(?:どんな|どういう)(?:こと|質問)(?:が|を)(?:聞け|でき)(?:る|ます){asks}",
    r"{you}(?:は|って)(?:誰|だれ|何|何者|どなた){asks}|自己紹介(?:して)?{please}?",
)
HELP_EN = (
    r"/?help(?: me)?(?: please)?|commands|usage|instructions|introduce yourself",
    r"how (?:do|can|should) i (?:use|work with|ask) (?:{bot}|questions)|how to use {bot}",
    r"what (?:can|do) you do|what can (?:i|we) (?:ask|do)(?: (?:{bot}|here|with {bot}))?",
    r"how does {bot} work|(?:who|what) are you|what is (?:this|kiji)(?: bot)?",
    r"what (?:are|is) your (?:features|commands|purpose)|what questions can i ask(?: you)?",
)
SUMMARY_JA = (
    r"(?:{this}[をの]?、?)?(?:{short}、?)*(?:要約|まとめ|サマリー?|概要|要点|要旨|ポイント|あらすじ|概略)"
    r"(?:を|は|って)?{short}?(?:何{asks})?(?:し(?:て)?|お願い(?:し)?(?:ます)?|教えて|をお?願いします)?{please}?",
    r"(?:{this}[をは]?、?)?(?:{short}、?)*(?:まとめ|要約し)(?:て|ると|ろ|てみて){please}?",
    r"{this}(?:は|って|には|では)、?何(?:について|に関して|の話|の記事|が書かれて|が書いて|を言って|を伝えて)?"
    r"(?:書かれて|書いて)?(?:いる|います|ある|あります|書かれた|書いた)?(?:もの|記事)?{asks}",
    r"(?:{this}は)?(?:どんな|どういう|どのような|何の|何についての)(?:記事|ニュース|内容|話|文章){asks}",
    r"{this}の(?:内容|主旨|趣旨|主題|テーマ)(?:は|を教えて|って)?(?:何{asks})?{please}?",
    r"何が書(?:いて|かれて)(?:ある|あります|いる|います){asks}|{short}(?:説明し|教え)て{please}?|tl;?dr",
)
SUMMARY_EN = (
    r"tl;?dr(?: please)?",
    r"{want}{brief}(?:summar(?:y|ies)|summari[sz]e|sum up|recap|gist|overview|key points"
    r"|main points?|takeaways?|highlights?|synopsis)(?: (?:of )?{article})?"
    r"(?: (?:up|for me|please|briefly|shortly"
    r"|in (?:\w+ ){{1,3}}(?:sentences?|lines?|words|points|bullets?)))*",
    r"what(?:'s| is| was) {article} (?:all )?about|what does {article} say",
    r"what(?:'s| is) (?:the )?(?:main point|gist|summary|key point|main idea|topic|subject)"
    r"(?: of {article})?",
    r"what are the (?:main|key) (?:points|takeaways)(?: of {article})?",
)


def pattern(phrases: tuple[str, ...]) -> str:
    """The phrases as alternatives of one regular expression, their {names} filled."""
    return "|".join(f"(?:{phrase.format(**PARTS)})" for phrase in phrases)
