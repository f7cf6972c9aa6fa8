"""The Japanese words for times: one pass over the text gives the words in it.

Each pattern is a named alternative of one regular expression, tried in order at
each place; what reads a match is in `japanese_read`. Every repetition is
bounded, so the pass is linear in the text. The first alternative eats what only
looks like a date (懲役3年6月, 2年1か月) so that no later one finds a part of it.
"""

from __future__ import annotations

import re

from retrieval.dates.numerals import DIGIT as D
from retrieval.dates.numerals import KANJI_NUMBER as K

S = "[ 　]?"
# A numeral does not start in the middle of another, nor in a decimal or a 第-count; a label's
# colon (写真：2019年) is before one all the same.
_START = (
    r"(?<![0-9０-９第〇一二三四五六七八九十百千数万])"
    r"(?<![0-9０-９〇一二三四五六七八九十][.．,，:：/／])"
)
N2 = rf"{_START}(?:{D}{{1,2}}(?!{D})|{K})"
M2 = rf"(?:{D}{{1,2}}(?!{D})|{K})"
Y4 = rf"{_START}(?:[1-2１２]{D}{{3}}(?!{D})|[一二][〇一二三四五六七八九]{{3}})"
DASH = "[〜～~‐–—―−-]"
_COUNTED_MONTH = "[かヶカケヵ箇]月"
_DAY_OF_WEEK = "[（(][月火水木金土日](?:曜日?)?(?:[・･、]?祝日?)?[）)]"
# What makes a number of days, months or years a count and not a date.
_COUNTED = (
    "間|連続|連覇|目|ごと|おき|以上|以内|余り?|ほど|程度|あまり|足らず|がかり|分の|あたり|当たり|"
    "平均|かけて|続けて|にわたっ?|超|越|弱|強(?![い風制])"
)
_DAY_AFTER = f"(?!{_COUNTED}|曜|産|系|時計|本(?!社|部|店))"
_YEAR_AFTER = (
    f"(?!{_COUNTED}|ぶり|振り|前(?!半)|後(?!半)|生|物|代|来の|分|周年|"
    "の(?:歴史|伝統|時を|節目|歳月|実刑|刑期))"
)
_MONTH_AFTER = "(?!間|例|曜|給|額|収|号|ごと|面|光|齢|刊)"
_WEEK_WORDS = "今週|先週|来週|翌週|前週|再来週|先々週"

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("skip", rf"(?:懲役|禁[錮固]|拘禁刑?|実刑|猶予)(?:計|約)?{M2}年(?:{S}{M2}{S}(?:{_COUNTED_MONTH}"
             rf"|月))?"
             rf"|{_START}{M2}年{S}{M2}{S}{_COUNTED_MONTH}"),
    ("numeric", rf"{_START}[12１２]{D}{{3}}(?P<sep>[-/.／．]){D}{{1,2}}(?P=sep){D}{{1,2}}"
                rf"(?!{D}|[.．/／-]{D})(?:{S}{_DAY_OF_WEEK})?"),
    ("slashed", rf"{_START}{D}{{1,2}}[/／]{D}{{1,2}}{S}{_DAY_OF_WEEK}"),
    ("initial", rf"(?<![0-9A-Za-z])[MTSHR]{D}{{1,2}}[./．]{D}{{1,2}}[./．]{D}{{1,2}}(?!{D})"),
    ("clock", rf"{_START}(?:午前|午後)?{S}{D}{{1,2}}[:：]{D}{{2}}(?:[:：]{D}{{2}})?(?![:：]?{D})"),
    ("century", rf"(?P<century_bc>紀元前{S})?{N2}{S}世紀"),
    ("bc", rf"紀元前{S}(?:{D}{{1,4}})年"),
    ("era", rf"(?P<era_name>明治|大正|昭和|平成|令和){S}(?P<era_year>元|{M2}){S}年(?P<era_more>度"
            rf"|代)?"
            f"{_YEAR_AFTER}"),
    ("decade", rf"(?:{Y4}|[’'‘]?{_START}{D}0){S}年代(?!の[男女])"),
    ("year_pair", rf"{_START}[12]{D}{{3}}{S}{DASH}{S}(?:[12]{D}{{3}}|{D}{{2}}){S}年(?!間|代|度"
                  rf"|ぶり)"),
    ("year", rf"(?:西暦)?{Y4}{S}年(?P<fiscal>度)?{_YEAR_AFTER}"),
    ("three", rf"(?:(?<=西暦)|(?<![一-龯0-9０-９.．,，:：第])){D}{{3}}年(?=に|から|頃|ごろ|[（(、]"
              rf"|[0-9０-９]{{1,2}}月)"),
    ("short", rf"[’'‘]{D}{{2}}年度?|{_START}{M2}{S}年(?P<short_fiscal>度)?{_YEAR_AFTER}"),
    ("since", rf"(?P<about>約|およそ)?{_START}(?:{D}{{1,3}}|{K}){S}年{S}(?:ぶり|振り)"),
    ("offset", rf"(?P<that>その|同)?(?:約|およそ)?{_START}(?P<distance>{D}{{1,3}}|{K}){S}"
               rf"(?P<measure>年|{_COUNTED_MONTH}|週間|日){S}(?P<way>前|後)(?!半|期|後|倒|売|述|継"
               rf"|任|払|線|者|輩)"),
    ("length", rf"{_START}(?:{D}{{1,3}}|{K}){S}日間"),
    ("rel_year", r"(?P<ry>一昨年|再来年|おととし|今年|本年|ことし|昨年|去年|来年)"
                 r"(?P<ry_fiscal>度)?"),
    ("ctx_year", r"(?P<cy>同年|翌年|前年)(?P<cy_fiscal>度)?(?!比|並|割|超|同期|同月|同日|実績"
                 r"|の?水準)"),
    ("yearly", r"年度末|年末(?!年始|調整)|年始|年初(?!来)|年明け|年内"),
    ("rel_month", r"先々月|再来月|今月|先月|来月"),
    ("ctx_month", r"同月|翌月|前月(?!比|並)"),
    ("month_pair", rf"{N2}(?:{S}月)?(?:{DASH}|[・･]){M2}{S}月{_MONTH_AFTER}"),
    ("month", rf"(?P<m_ctx>同|翌)?{N2}{S}月{_MONTH_AFTER}"),
    ("day_pair", rf"(?P<dp_ctx>同|翌)?{N2}(?:{DASH}|[・･、,，と]){M2}{S}両?日{_DAY_AFTER}"),
    ("day", rf"(?P<d_ctx>同|翌)?(?P<d_num>{N2}){S}日{_DAY_AFTER}(?:{S}{_DAY_OF_WEEK})?"),
    ("named_day", r"(?P<nd>一昨日|明後日|おととい|あさって|昨日|きのう|今日|きょう|"
                  r"(?<![一-龯])本日|明日(?!香)|あした|"
                  r"(?<![ぁ-ん])あす(?![ぁ-にね-のぱ-ん]|なろ)|昨夜|昨晩|昨夕|今朝|今夜|今晩|今夕"
                  r"|明朝|明晩)"),
    ("ctx_day", r"(?P<cd>同日|(?:その)?翌々日|(?:その)?翌日|(?:その)?前日|翌朝|翌晩|前夜(?!祭)"
                r"|明くる日)(?!比)"),
    ("weekday", rf"(?<![0-9０-９])(?<!毎週)(?<!隔週)(?P<wd_week>(?:{_WEEK_WORDS})の?)?"
                r"(?P<wd>[月火水木金土日])曜日?(?!版|劇場|ドラマ|ロード|コラム)"
                r"|(?P<wd_week2>今週|先週|来週)の?(?P<wd2>[月火水木金土])(?![^、。はもにのか])"),
    ("weekend", r"(?:今週|先週|来週)末"),
    ("weeks", rf"(?P<wk>{_WEEK_WORDS})(?!号)"),
    ("season", r"(?<![一-龯])(?P<s_year>今|昨|来|翌|同)(?P<s_name>春|夏|秋|冬)(?![一-龯])"),
    ("part", r"上旬|初旬|中旬|下旬|初め|はじめ|初頭|半ば|なかば|中頃|中ごろ|末(?![期裔日])|前半"
             r"|後半|"
             r"春(?!闘|季|場所)|夏(?!季|場所)|秋(?!季|場所|田)|冬(?!季)"),
    ("noon", r"正午"),
    ("time", rf"(?P<t_noon>午前|午後)?{S}(?P<t_h>{_START}(?:{D}{{1,2}}(?!{D})|{K})){S}時"
             rf"(?!間|代|点|期|刻|速|給|々)"
             rf"(?:{S}(?:(?P<t_half>半(?!ば))|(?P<t_m>{M2}){S}分(?:{S}{M2}{S}秒)?(?!間)))?"
             rf"(?P<t_short>前|すぎ|過ぎ|台)?"),
    ("daypart", r"未明|早朝|明け方|朝方|朝(?![鮮日青顔])|午前中?|午後|日中(?!両|関|首|外)|昼(?:前"
                r"|過ぎ|すぎ|ごろ)?|"
                r"夕方|夕刻|夕(?![張食刊])|夜遅く|夜(?!行|間|景)|深夜|終日|始発"),
)  # fmt: skip

# Every alternative begins with one of these: most places fail here, on one look.
_FIRST = (
    "(?=[0-9０-９〇零一二三四五六七八九十同翌約紀西明大昭平令懲禁拘実猶再今本昨去来先前年月火水木金土日"
    "上初中下半末後春夏秋冬正午未早朝昼夕夜深終始MTSHR’'‘]|その|お[とよ]|ことし|き[のょ]|あ[すさし]|はじめ|なかば)"
)
WORDS = re.compile(
    f"{_FIRST}(?:{'|'.join(f'(?P<{name}>{pattern})' for name, pattern in _PATTERNS)})"
)

# What may stand between a date's words: の, a space, a zone or a weekday in brackets.
_ZONE = (
    "(?:日本時間|現地時間|現地|[一-龯ァ-ヶー]{1,8}時間)"
    "|[（(](?:UTC|JST|GMT|CET|日本|現地|[一-龯ァ-ヶー]{1,8}時間)[^（()）\n]{0,14}[）)]"
)
GAP = re.compile(rf"(?:の|[ 　]|{_ZONE}|{_DAY_OF_WEEK}){{0,5}}")
TIME_GAP = re.compile(rf"(?:の|、|[ 　]|T|{_ZONE}|{_DAY_OF_WEEK}){{0,5}}")
AROUND = re.compile(rf"{S}(?:ごろ|頃|ころ(?!に?は)|前後|過ぎ|すぎ|あたり|近く)")
