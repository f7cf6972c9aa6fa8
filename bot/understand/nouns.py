"""What a noun asks for when it stands where an interrogative would: 「時期は？」, "which city".

One row per kind, Japanese and English side by side. The Japanese patterns match
the end of a noun phrase (its head stands last), the English ones a whole word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.values import Intent, Language


@dataclass(frozen=True, slots=True)
class NounKind:
    """Nouns whose answer is of one kind; patterns are alternatives, unanchored."""

    intent: Intent
    ja: str
    en: str


_JA_CHIEFS = (
    r"[社会院校市町村区議部課局所館隊艦機団学塾店係班事総署]長|長官|元首|首脳|党首|元帥|総帥|代表|"
    r"大統領|首相|大臣|総理|総裁|書記|主席|国王|女王|皇帝|天皇|皇后|王妃|王子|王女|法王|教皇|知事|外相|[財防農法環経]相|大使|領事"
)
_JA_TRADES = (
    r"(?<![国王武商実自民農在諸公朝])家|(?<![国])歌手|俳優|女優|[騎助投捕打]手|選手|監督|教授|博士|棋士|医師|[教牧漁猟講]師|弁護士|"
    r"判事|検事|学者|作者|筆者|論者|王|帝|将|将軍|騎士|貴族|"
    r"[詩俳歌商軍巨狂]人|議員|委員|社員|職員|隊員|店員|乗員|[作編著]者名?|記者|ドライバー|デザイナー|プロデューサー|アナウンサー|ピアニスト|ジャーナリスト|"
    r"アナリスト|アーティスト|アイドル|モデル|ボーカル|ギタリスト|キャプテン|コーチ|スポークスマン|"
    r"メンバー|リーダー|プレーヤー|パイロット|スタッフ|キャスター|オーナー"
)
_JA_KIN = (
    r"夫|妻|父|母|父親|母親|兄|姉|弟|妹|息子|娘|長男|長女|次男|次女|祖父|祖母|孫|両親|夫人|"
    r"おじ|おば|叔父|叔母|いとこ|甥|姪|子孫|先祖|跡取り|跡継ぎ|"
    r"男性|女性|男|女|少年|少女|青年|子供|子ども|友人|恋人|弟子|師匠|後任|前任|後継|犯人|主人公|相手|選手|御方|お方"
)

NOUNS: tuple[NounKind, ...] = (
    NounKind(
        Intent.WHY,
        ja=r"理由|わけ|訳|原因|死因|敗因|勝因|要因|一因|動機|背景|きっかけ|契機|目的|狙い|ねらい|意図|根拠|思惑|事情",
        en=r"reasons?|causes?|motives?|motivations?|purposes?|aims?|background|rationale|grounds|"
        r"objectives?|triggers?|intentions?",
    ),
    NounKind(
        Intent.WHO,
        ja=rf"(?<![法何])人|人物|(?<!或)者|当人|本人|(?:^|[、の])(?:本名|氏名|フルネーム)|{_JA_CHIEFS}|{_JA_TRADES}|{_JA_KIN}",
        en=r"person|people|persons|man|men|woman|women|boy|girl|child|children|president|minister|"
        r"prime minister|chancellor|king|queen|emperor|pope|senator|governor|mayor|judge"
        r"|ambassador|"
        r"(?:vice |co-)?(?:chair(?:man|woman|person)?|leader|founder|director|author|writer|player|"
        r"singer|actor|actress|artist|reporter|journalist|lawyer|driver|officer|manager"
        r"|owner|winner|"
        r"candidate|professor|scientist|researcher|politician|official|spokes(?:man|woman|person)|"
        r"suspect|victim|killer|killers|successor|predecessor|astronaut|coach|captain|member|"
        r"lawmaker|secretary|ceo|head of state)s?|"
        r"wife|husband|father|mother|son|daughter|brother|sister|cousin|uncle|aunt|nephew|niece|"
        r"grand(?:father|mother|son|daughter)|heir|"
        r"(?:critic|scholar|painter|poet|general|admiral|marshal|commander|architect|engineer|monk"
        r"|priest|bishop|cardinal|lord|lady|prince|princess|duke|ruler|sultan|shogun|samurai"
        r"|warlord|explorer|doctor|nurse|teacher|student|novelist|composer|musician|conductor"
        r"|editor|designer|inventor|merchant|banker|soldier|comedian|dancer|athlete|jockey|pitcher"
        r"|pilot|sailor|farmer|resident|activist|envoy|diplomat|aide|advis[eo]r|deputy|executive"
        r"|employee|worker|friend|rival|business(?:man|woman)|guest|bride|groom"
        r"|\w{2,}(?:ologist|ographer|ician|icist|omist|orian|opher|analyst|activist))s?",
    ),
    NounKind(
        Intent.WHEN,
        ja=r"時期|日時|日付|日程|期日|期限|年月日|日にち|時刻|時代|世紀|季節|[年月]度|(?<!先)生年|没年|年代|"
        r"誕生日|命日|[当初終前同翌結発開施]日|開催日|実施日|発表日|発売日|生年月日|"
        r"(?<=[たるだ])(?:年|月|日|時|頃|ころ)|西暦|元号|年号",
        en=r"(?:year|month|day|date|time|decade|season|weekday|hour|era|period|epoch)s?"
        r"|centur(?:y|ies)",
    ),
    NounKind(
        Intent.WHERE,
        ja=r"場所|所在地|住所|出身地?|[産現聖戦任各当]地|開催地|地点|会場|舞台|行き先|行先|居場所|在処|目的地|避難先|移転先|"
        r"国|都市|首都|都道府県|地域|地方|大陸|州|県|市|町|村|街|島|駅|港|湖|川|山|海|公園|空港|郡|谷|湾|半島|ホール|"
        r"会館|図書館|美術館|博物館|教会|聖堂|神社|病院|施設|発電所",
        en=r"place|country|nation|city|town|village|state|province|region|county|continent|island|"
        r"location|venue|park|port|harbou?r|museum|library|hospital|school|university|"
        r"capital|district|prefecture|street|street address|area|site|"
        r"(?:countri|citi|counti)es|(?:place|nation|town|village|state|province|region|continent|"
        r"island|location|venue|district|prefecture|area|site)s",
    ),
    NounKind(
        Intent.HOW,
        ja=r"割合|比率|[倍確税金利]率|金額|総額|価格|値段|費用|予算|料金|賞金|"
        r"高さ|長さ|重さ|広さ|大きさ|深さ|速さ|厚さ|温度|速度|距離|面積|人口|年齢|期間|頻度|規模|時間|数|"
        r"身長|体重|年収|給料|確率|得票数|方法|手段|手順|仕方|やり方|手口|経緯|いきさつ|様子",
        en=r"number|percentage|amount|proportion|share|rate|price|cost|fraction|height|weight"
        r"|length|"
        r"distance|size|age|duration|speed|temperature|population|method|way|means|manner|extent",
    ),
)

_JA_TAIL = {
    row.intent: re.compile(
        rf"(?:{row.ja})(?:さん|さま|様)?(?:たち|達|ら)?"
        r"(?:[の、]お?(?:名前?|氏名|フルネーム|本名))?$"
    )
    for row in NOUNS
}
_EN_WORD = {row.intent: re.compile(rf"\b(?:{row.en})$") for row in NOUNS}


def kind_of(noun: str, language: Language) -> Intent | None:
    """What a noun phrase asks for by its head (its end), or None.

    `noun` is folded: lower case, no punctuation at its end. 発表の時期 gives WHEN,
    "the reason" WHY, 川の長さ HOW.
    """
    table = _JA_TAIL if language is Language.JA else _EN_WORD
    return next((intent for intent, pattern in table.items() if pattern.search(noun)), None)


def alternatives(intent: Intent, language: Language) -> str:
    """The nouns of a kind as regular-expression alternatives."""
    row = next(row for row in NOUNS if row.intent is intent)
    return row.ja if language is Language.JA else row.en
