"""How headings, captions and notes look: the patterns behind `kinds`.

They name what newspapers and agencies write in general (credits, bylines, marks,
numbering), never words of one article. Applied to one stripped line.
"""

from __future__ import annotations

import re


def _pattern(source: str, **parts: str) -> re.Pattern[str]:
    """Compile a verbose pattern; `<name>` stands for the part of that name."""
    for name, part in parts.items():
        source = source.replace(f"<{name}>", f"(?:{part})")
    return re.compile(source, re.VERBOSE)


_AGENCY = r"""
    \b(?:AP|AFP|EPA|UPI|ANSA|DPA|Xinhua|Yonhap|Reuters?|Bloomberg|Kyodo|Jiji|PIXTA)\b
    | \bGetty(?:\ Images)?\b | ロイター | 共同(?:通信社?)? | 時事(?:通信社?)? | アフロ | タス通信
    | 新華社 | 聯合(?:ニュース)? | ゲッティ | (?:朝日|毎日|読売|産経|日本経済|日経)新聞社?
"""
_CALENDAR = r"[12]\d{3}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?"
_ENGLISH_DAY = r"""
    \d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8}\.?,?\s+[12]\d{3}
    | [A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+[12]\d{3}
"""

# In the last bracket of a line: （写真：…）, （田中撮影）, (Photo courtesy of …).
PICTURE_CREDIT = re.compile(
    r"写真|撮影|画像|図版|イラスト|映像より|提供|コラージュ"
    r"|\b(?:[Pp]hotos?|[Pp]hotographs?|[Ii]mages?|[Ii]llustration|[Cc]redit|[Cc]ourtesy)\b"
)
# A last bracket that is nothing but an agency: （北京＝ロイター）, (AP).
AGENCY_CREDIT = _pattern(r"[^。]{0,20}?<agency>(?:[\s=＝／/・、,].{0,30})?$", agency=_AGENCY)
CAPTION_HEAD = _pattern(
    r"""
    [（(【［\[▲△▼▽◀▶↑↓←→]?\s*
    (?: (?:写真|画像|図版?|イラスト|グラフ|動画|映像|地図)\s*[0-9０-９①-⑳A-Z]{0,3}
        \s*[】］\]）)：:＝=／/|｜]
      | (?:図|表)\s*[0-9０-９①-⑳]{1,3}(?:[\s：:.．]|$)
      | (?:写真|画像)(?:は|提供|[上下左右中]の?(?:は|、|：|$))
      | (?:[Ff]ile\ [Pp]hoto|Photos?|PHOTOS?|Photograph|Images?|IMAGES?|Picture|Illustration|Graphic
        |Credit|Caption)
        (?:\ credit)?\s*(?::|\bby\b|\bcourtesy\b)
      | (?:Figure|Fig\.|Table|Chart)\s*\d+\s*[.:]
      | Pictured\b
    )
    """
)
# …握手する両首脳＝2日、北京; … / AFP; … – AP Photo/Jane Doe.
CAPTION_TAIL = _pattern(
    r"""
    [＝=](?:[^＝=。]{0,40}(?:[日月年]|午[前後]|提供|撮影|写真|<agency>)[^＝=。]{0,30})$
    | (?:[/|／｜–—]|\s-|\bvia)\s*(?:AP\ (?:Photo|Images)|<agency>)(?:[/\ ][^.。]{0,40})?$
    | \bAP\ Photo/[^.。]{1,40}$
    """,
    agency=_AGENCY,
)
NOTE_HEAD = _pattern(
    r"""
    [＊※†‡] | \*(?![\s*])
    | [（(【［\[]?
      (?: (?:筆者|編集部?|編者|訳者?|原|脚|補)?注(?:釈|記)? | 編注 | おことわり | お断り | 訂正
        | 出典 | 参考(?:文献|資料)? | 引用元 | 情報源 | 転載元 | 関連記事 | 免責事項 )
      \s*[0-9０-９]{0,3}\s*[）)】］\]：:]
    | \[\d{1,3}\]\s*\S
    | (?: (?:Editor|Author|Translator|Writer)(?:'s|’s|s'|s’)\ [Nn]ote | N\.?B\. | Notes? | NOTES?
        | Corrections? | Clarification | Disclaimer
        | Sources? | References? | Footnotes? ) \s*\d{0,3}\s*:
    | (?:Additional\ |Further\ )?
      (?:[Rr]eport(?:ing|ed)|[Ee]dit(?:ing|ed)|[Ww]rit(?:ing|ten)|[Tt]ranslat(?:ion|ed))\ by\ [A-Z]
    | © | \([cC]\)\s | Copyright\b | All\ rights\ reserved | (?:本記事の)?無断(?:転載|複製|使用)
    """
)
_ROLE = r"""
    筆者 | 著者 | 作者 | 文責 | 文 | 取材 | 執筆 | 構成 | 撮影 | 編集 | 翻訳 | 訳 | 聞き手 | 語り手
    | 監修 | 記者 | ライター | 寄稿 | 解説 | [Tt]ext | TEXT
"""
BYLINE = _pattern(
    r"""
    [（(【［\[]?\s*<role>(?:\s*[・、／/＆&と]\s*(?:<role>|写真))*\s*[：:＝=・／/|｜]\s*[^。]+$
    | <role>[ \u3000][^。、]{2,20}$
    | [（(【［\[〔][^。]{0,30}
      (?:記者|特派員|編集委員|論説委員|支局長|通信員|総局長|ライター|ジャーナリスト)
      [^。]{0,12}[）)】］\]〕]$
    | [\u4e00-\u9fff々]{2,8}[ \u3000]?[\u4e00-\u9fff々ぁ-んァ-ヶ]{0,5}(?:記者|特派員)$
    | [（(【［\[〔][\u4e00-\u9fff々ァ-ヶー]{2,10}[=＝][^。]{2,15}[）)】］\]〕]$
    | (?:By|BY|Story\ by|Words\ by|Text\ by)\s+[A-Z][\w.'’-]*
      (?:\s+(?:(?:and|de|van|von|bin|al)\s+)?[A-Z][\w.'’-]*){0,5}(?:\s*[,|–—-].{0,60})?$
    """,
    role=_ROLE,
)
# A bare name, which is a byline only beside a date or another note.
NAME = re.compile(r"[\u4e00-\u9fff々]{1,4}[ \u3000]?[\u4e00-\u9fff々ぁ-んァ-ヶ]{1,4}$")
DATELINE = _pattern(
    r"""
    (?: (?:(?:最終)?更新|公開|配信|掲載|投稿|発行|Published|Updated|Posted|Last\ updated)
        (?:日時?)?\s*[：:]?\s*(?:on\s+)? )?
    <day>\s*
    (?: [（(][^）)]{1,9}[）)] )?\s*
    (?: ,?\s*(?:at\s+)?(?:午前|午後)?\d{1,2}[:：時](?:\d{1,2}分?)?(?::\d\d)?
        \s*(?:[ap]\.?m\.?|AM|PM)?\s*[A-Z]{0,4} )?
    \s*(?:公開|更新|配信|掲載|付|朝刊|夕刊)?$
    """,
    day=_CALENDAR + "|" + _ENGLISH_DAY,
)
MARKED_HEADING = _pattern(
    r"""
    \#{1,6}\s+\S
    | [■□◆◇◼◻▪▫●◎★☆▼▽▲△▶▷►◉❖➤◤◢]+\s*\S
    | [＜<〈《≪【][^＞>〉》≫】]{1,40}[＞>〉》≫】]$
    | [―─—–-]{2,}\s*[^―─—–-].*[―─—–-]{2,}$
    """
)
NUMBERED_HEADING = _pattern(
    r"""
    第[一二三四五六七八九十百0-9０-９]{1,4}[章節部回幕話]
    | [0-9０-９]{1,2}(?:[.．、)）]|\s)\s*\S
    | [（(][0-9０-９一二三四五六七八九十]{1,2}[）)]\s*\S
    | [一二三四五六七八九十]{1,2}[、．.]\s*\S
    | [①-⑳⑴-⒇❶-❿]\s*\S
    | [IVXⅠ-Ⅻ]{1,4}[.．、]\s*\S
    | (?:Chapter|Part|Section|Step)\s+(?:\d+|[IVX]+|[A-Z][a-z]+)\b
    """
)
# Items of a list and questions of an interview (――…) are body.
LIST_ITEM = re.compile(r"[・･•‣◦∙⁃]|[-*+–]\s+\S|[―—─]")
FINAL_MARK = re.compile(r"[。｡．.、，,；;：:…‥？！?!][」』）)”\"'’】\]]*$")
ASKING_MARK = re.compile(r"[？！?!][」』”\"]?$")
# A line that goes on with the one above: として…, 、….
GOES_ON = re.compile(r"と(?=し|い|述|の[^ぁ-ん]|語|話|訴)|って|[、。，．…a-z]")
