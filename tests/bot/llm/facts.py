"""Articles of our own, what they say, and claims on them with slots that a liar would change."""

from __future__ import annotations

from dataclasses import dataclass, field

from retrieval.values import Article

HARBOUR = Article(
    id="harbour",
    source="harbour.txt",
    title="Dunmere council votes for a new tram line",
    text=(
        "Dunmere council votes for a new tram line\n\n"
        "Councillor Iris Hale won the vote on 14 May 2024 by 23 to 9. "
        "Her rival Marcus Dene did not attend the meeting. "
        "The line will cost £48 million and carry 12,000 passengers a day.\n\n"
        "Engineer Petra Voss will lead the works, which begin on 2 September 2024 and end in 2027. "
        "Trader Colin Abbot said he would not move his shop. "
        "The council rejected a plan for 6 bus lanes because the road is too narrow.\n\n"
        "In 1998 Mayor Alan Frye closed the old line after 31 accidents. "
        "Police never charged the driver, Otto Lang. "
        "Historian Wilma Strand praised Frye for the decision, and Lang sued Strand in 2001.\n\n"
        "It is not clear whether the depot at Cole Street will be sold. "
        "The museum raised its prices by 15 percent in January."
    ),
    date="2024-05-16",
)
CLINIC = Article(
    id="clinic",
    source="clinic.txt",
    title="Ashby clinic reopens after flood",
    text=(
        "Ashby clinic reopens after flood\n\n"
        "Doctor Leila Marsh reopened the Ashby clinic on 20 June 2023 with 17 beds. "
        "Nurse Tobias Quill did not return to the clinic. "
        "The flood destroyed 240 files and 3 ambulances.\n\n"
        "Minister Greta Olsen promised £900,000 on 5 July 2023. "
        "The insurer refused to pay for the roof. "
        "Builder Hugo Stern finished the repairs 4 weeks early."
    ),
    date="2023-07-08",
)
MINATO = Article(
    id="minato",
    source="minato.txt",
    title="潮見市、新しい水族館の建設を決定",
    text=(
        "潮見市、新しい水族館の建設を決定\n\n"
        "潮見市の浜田涼子市長は2024年4月10日、新しい水族館を建設すると発表した。"
        "建設費は86億円で、年間40万人の来館を見込む。"
        "反対していた黒川正市議は採決に加わらなかった。\n\n"
        "設計は建築家の西園寺薫氏が担当し、工事は9月2日に始まる。"
        "旧水族館は1987年に完成し、ペンギン15羽を飼育している。"
        "館長の藤井誠氏は入館料を値上げしないと述べた。\n\n"
        "市は当初の計画を資金不足のため3年延期した。"
        "レストランの運営はマリーナ・フーズに任せない方針だ。"
        "浜田市長は黒川市議を批判し、藤井館長は西園寺氏を称賛した。\n\n"
        "2人の職員が不正に関わったとの報道があるが、市は確認していない。"
    ),
    date="2024-04-12",
)
YAMA = Article(
    id="yama",
    source="yama.txt",
    title="白鷺高校、全国大会で初優勝",
    text=(
        "白鷺高校、全国大会で初優勝\n\n"
        "白鷺高校は2023年8月21日、全国大会の決勝で若葉学院を5対2で破り、初めて優勝した。"
        "主将の三浦翔太選手は7回に本塁打を放った。"
        "投手の小野寺健選手は一度も降板しなかった。\n\n"
        "大塚浩二監督は就任12年目で、部員は38人いる。"
        "若葉学院の長谷川仁監督は取材に応じなかった。"
        "優勝旗は9月5日に市役所で公開される。"
    ),
    date="2023-08-22",
)
ARTICLES = (HARBOUR, CLINIC, MINATO, YAMA)

PEOPLE = {
    "harbour": ("Iris Hale", "Marcus Dene", "Petra Voss", "Colin Abbot", "Alan Frye", "Otto Lang"),
    "clinic": ("Leila Marsh", "Tobias Quill", "Greta Olsen", "Hugo Stern"),
    "minato": ("浜田涼子", "黒川正", "西園寺薫", "藤井誠"),
    "yama": ("三浦翔太", "小野寺健", "大塚浩二", "長谷川仁"),
}
INVENTED = {"en": ("Ronald Peake", "Zoe Marchetti"), "ja": ("甲斐次郎", "マルコ・ロッシ")}


@dataclass(frozen=True)
class Fact:
    """A sentence, a true claim on it with slots, and what is false though it sounds alike.

    Slots: {p} a person, {n} a number, {d} a date, as `values` give them. `true` are
    more true claims. `negated` turns round what the sentence says. `crossed` are true
    claims in the other language; `crossed_false` the same with something changed.
    `untold` are false in ways that no machine check here can tell.
    """

    article: Article
    sentence: str
    claim: str
    values: dict[str, str] = field(default_factory=dict)
    true: tuple[str, ...] = ()
    negated: tuple[str, ...] = ()
    crossed: tuple[str, ...] = ()
    crossed_false: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()


FACTS = (
    Fact(
        HARBOUR,
        "Councillor Iris Hale won the vote on 14 May 2024 by 23 to 9.",
        "Councillor {p} won the vote on {d} by {n} to 9.",
        {"p": "Iris Hale", "d": "14 May 2024", "n": "23"},
        true=("Iris Hale won the vote in May 2024.", "Councillor Hale won by 23 votes to 9."),
        negated=("Iris Hale did not win the vote.", "Iris Hale never won the vote on 14 May 2024."),
        crossed=("アイリス・ヘイル議員（Iris Hale）は2024年5月14日の採決に23対9で勝った。",),
        crossed_false=(
            "アイリス・ヘイル議員（Iris Hale）は2024年5月15日の採決に勝った。",
            "アイリス・ヘイル議員（Iris Hale）は採決に24対9で勝った。",
            "マーカス・ディーン議員（Marcus Dene）は採決に勝った。",
            "アイリス・ヘイル議員（Iris Hale）は採決に勝たなかった。",
        ),
        untold=("Councillor Iris Hale called the vote on 14 May 2024.",),
    ),
    Fact(
        HARBOUR,
        "Her rival Marcus Dene did not attend the meeting.",
        "{p} did not attend the meeting.",
        {"p": "Marcus Dene"},
        true=("Marcus Dene, her rival, did not attend.",),
        negated=(
            "Marcus Dene attended the meeting.",
            "Her rival Marcus Dene did attend the meeting.",
        ),
        crossed=("マーカス・ディーン氏（Marcus Dene）は会議に出なかった。",),
        crossed_false=("マーカス・ディーン氏（Marcus Dene）は会議に出た。",),
    ),
    Fact(
        HARBOUR,
        "The line will cost £48 million and carry 12,000 passengers a day.",
        "The line will cost £{n} million.",
        {"n": "48"},
        true=("The line will carry 12,000 passengers a day.", "It will cost £48 million."),
        negated=("The line will not cost £48 million.",),
        crossed=("路線の費用は4800万ポンドで、1日1万2000人を運ぶ。",),
        crossed_false=("路線の費用は4900万ポンドだ。", "路線は1日2万1000人を運ぶ。"),
        untold=("The line will lose £48 million.",),
    ),
    Fact(
        HARBOUR,
        "Engineer Petra Voss will lead the works, which begin on 2 September 2024 and end in 2027.",
        "Engineer {p} will lead the works, which begin on {d}.",
        {"p": "Petra Voss", "d": "2 September 2024"},
        true=(
            "The works begin in September 2024 and end in 2027.",
            "Petra Voss will lead the works.",
        ),
        negated=("Petra Voss will not lead the works.",),
        untold=("The works led by Petra Voss end on 2 September 2024.",),
    ),
    Fact(
        HARBOUR,
        "Trader Colin Abbot said he would not move his shop.",
        "Trader {p} said he would not move his shop.",
        {"p": "Colin Abbot"},
        true=("Colin Abbot would not move his shop.",),
        negated=(
            "Colin Abbot said he would move his shop.",
            "Trader Colin Abbot would move his shop.",
        ),
    ),
    Fact(
        HARBOUR,
        "The council rejected a plan for 6 bus lanes because the road is too narrow.",
        "The council rejected a plan for {n} bus lanes.",
        {"n": "6"},
        true=("The council rejected the plan because the road is too narrow.",),
        negated=(
            "The council did not reject the plan.",
            "The council accepted a plan for 6 bus lanes.",
        ),
        untold=("The council rejected a plan for 6 bus lanes because the road is too wide.",),
    ),
    Fact(
        HARBOUR,
        "In 1998 Mayor Alan Frye closed the old line after 31 accidents.",
        "In {d} Mayor {p} closed the old line after {n} accidents.",
        {"d": "1998", "p": "Alan Frye", "n": "31"},
        true=(
            "Mayor Alan Frye closed the old line in 1998.",
            "The old line closed after 31 accidents.",
        ),
        negated=("Mayor Alan Frye did not close the old line.",),
        crossed=("アラン・フライ市長（Alan Frye）は1998年に31件の事故の後で旧線を閉じた。",),
        crossed_false=("アラン・フライ市長（Alan Frye）は1989年に旧線を閉じた。",),
        untold=("In 1998 Mayor Alan Frye opened the old line after 31 accidents.",),
    ),
    Fact(
        HARBOUR,
        "Police never charged the driver, Otto Lang.",
        "Police never charged {p}.",
        {"p": "Otto Lang"},
        true=("The driver, Otto Lang, was never charged by police.",),
        negated=("Police charged the driver, Otto Lang.", "Otto Lang was charged by police."),
    ),
    Fact(
        HARBOUR,
        "Historian Wilma Strand praised Frye for the decision, and Lang sued Strand in 2001.",
        "Historian {p} praised Frye for the decision.",
        {"p": "Wilma Strand"},
        true=("Lang sued Strand in 2001.",),
        untold=(
            "Strand sued Lang in 2001.",
            "Frye praised Wilma Strand.",
            "Frye sued Strand in 2001.",
        ),
    ),
    Fact(
        HARBOUR,
        "The museum raised its prices by 15 percent in January.",
        "The museum raised its prices by {n} percent.",
        {"n": "15"},
        true=("The museum raised its prices in January 2024.",),
        negated=("The museum did not raise its prices.",),
        untold=("The museum lowered its prices by 15 percent in January.",),
    ),
    Fact(
        CLINIC,
        "Doctor Leila Marsh reopened the Ashby clinic on 20 June 2023 with 17 beds.",
        "Doctor {p} reopened the Ashby clinic on {d} with {n} beds.",
        {"p": "Leila Marsh", "d": "20 June 2023", "n": "17"},
        true=(
            "Leila Marsh reopened the Ashby clinic.",
            "The clinic reopened in June 2023 with 17 beds.",
        ),
        negated=("Doctor Leila Marsh did not reopen the clinic.",),
        crossed=("ライラ・マーシュ医師（Leila Marsh）は2023年6月20日に17床で診療所を再開した。",),
        crossed_false=("ライラ・マーシュ医師（Leila Marsh）は2023年6月20日に71床で再開した。",),
        untold=("Doctor Leila Marsh left the Ashby clinic on 20 June 2023 with 17 beds.",),
    ),
    Fact(
        CLINIC,
        "Nurse Tobias Quill did not return to the clinic.",
        "Nurse {p} did not return to the clinic.",
        {"p": "Tobias Quill"},
        negated=("Nurse Tobias Quill returned to the clinic.",),
    ),
    Fact(
        CLINIC,
        "The flood destroyed 240 files and 3 ambulances.",
        "The flood destroyed {n} files.",
        {"n": "240"},
        true=("The flood destroyed three ambulances.",),
        negated=("The flood did not destroy 240 files.",),
        untold=("The flood moved 240 files and 3 ambulances.",),
    ),
    Fact(
        CLINIC,
        "Minister Greta Olsen promised £900,000 on 5 July 2023.",
        "Minister {p} promised £{n} on {d}.",
        {"p": "Greta Olsen", "n": "900,000", "d": "5 July 2023"},
        true=("Greta Olsen promised £900,000.",),
        negated=("Minister Greta Olsen never promised £900,000.",),
        crossed=("グレタ・オルセン大臣（Greta Olsen）は2023年7月5日に90万ポンドを約束した。",),
        crossed_false=("グレタ・オルセン大臣（Greta Olsen）は9万ポンドを約束した。",),
    ),
    Fact(
        CLINIC,
        "The insurer refused to pay for the roof.",
        "The insurer refused to pay for the roof.",
        negated=("The insurer paid for the roof.", "The insurer agreed to pay for the roof."),
    ),
    Fact(
        CLINIC,
        "Builder Hugo Stern finished the repairs 4 weeks early.",
        "Builder {p} finished the repairs {n} weeks early.",
        {"p": "Hugo Stern", "n": "4"},
        negated=("Hugo Stern did not finish the repairs.",),
        untold=("Builder Hugo Stern finished the repairs 4 weeks late.",),
    ),
    Fact(
        MINATO,
        "潮見市の浜田涼子市長は2024年4月10日、新しい水族館を建設すると発表した。",
        "{p}市長は{d}、新しい水族館を建設すると発表した。",
        {"p": "浜田涼子", "d": "2024年4月10日"},
        true=(
            "浜田市長が水族館の建設を発表したのは2024年4月です。",
            "発表したのは浜田涼子市長です。",
        ),
        negated=("浜田涼子市長は水族館を建設すると発表しなかった。",),
        crossed=("The mayor (浜田涼子) announced the new aquarium on 10 April 2024.",),
        crossed_false=(
            "The mayor (浜田涼子) announced the new aquarium on 11 April 2024.",
            "The mayor (黒川正) announced the new aquarium.",
            "Ryoko Hamada announced the new aquarium.",
            "The mayor (浜田涼子) did not announce the new aquarium.",
        ),
    ),
    Fact(
        MINATO,
        "建設費は86億円で、年間40万人の来館を見込む。",
        "建設費は{n}億円です。",
        {"n": "86"},
        true=("年間40万人の来館を見込んでいます。",),
        negated=("建設費は86億円ではない。",),
        crossed=("Building it will cost 8.6 billion yen.",),
        crossed_false=("Building it will cost 86 million yen.", "It expects 40,000 people a year."),
    ),
    Fact(
        MINATO,
        "反対していた黒川正市議は採決に加わらなかった。",
        "{p}市議は採決に加わらなかった。",
        {"p": "黒川正"},
        negated=("黒川正市議は採決に加わった。", "反対していた黒川正市議は採決に加わりました。"),
        crossed=("The councillor (黒川正) did not take part in the vote.",),
        crossed_false=("The councillor (黒川正) took part in the vote.",),
        untold=("黒川正市議は採決に反対しなかった。",),
    ),
    Fact(
        MINATO,
        "設計は建築家の西園寺薫氏が担当し、工事は9月2日に始まる。",
        "設計は{p}氏が担当し、工事は{d}に始まる。",
        {"p": "西園寺薫", "d": "9月2日"},
        true=("工事は2024年9月2日に始まる。", "設計は建築家の西園寺薫氏が担当します。"),
        negated=("設計は西園寺薫氏が担当しない。",),
        untold=("工事は9月2日に終わる。",),
    ),
    Fact(
        MINATO,
        "旧水族館は1987年に完成し、ペンギン15羽を飼育している。",
        "旧水族館は{d}に完成し、ペンギン{n}羽を飼育している。",
        {"d": "1987年", "n": "15"},
        true=("ペンギンは15羽です。",),
        negated=("旧水族館はペンギンを飼育していない。",),
    ),
    Fact(
        MINATO,
        "館長の藤井誠氏は入館料を値上げしないと述べた。",
        "館長の{p}氏は入館料を値上げしないと述べた。",
        {"p": "藤井誠"},
        negated=("館長の藤井誠氏は入館料を値上げすると述べた。", "入館料は値上げする。"),
        untold=("館長の藤井誠氏は入館料を値下げしないと述べた。",),
    ),
    Fact(
        MINATO,
        "市は当初の計画を資金不足のため3年延期した。",
        "市は当初の計画を資金不足のため{n}年延期した。",
        {"n": "3"},
        true=("延期の理由は資金不足です。",),
        negated=("市は計画を延期しなかった。",),
    ),
    Fact(
        MINATO,
        "浜田市長は黒川市議を批判し、藤井館長は西園寺氏を称賛した。",
        "浜田市長は黒川市議を批判した。",
        true=("藤井館長は西園寺氏を称賛した。",),
        negated=("浜田市長は黒川市議を批判しなかった。",),
        untold=(
            "黒川市議は浜田市長を批判した。",
            "西園寺氏は藤井館長を称賛した。",
            "浜田市長は藤井館長を批判した。",
        ),
    ),
    Fact(
        YAMA,
        "白鷺高校は2023年8月21日、全国大会の決勝で若葉学院を5対2で破り、初めて優勝した。",
        "白鷺高校は{d}、決勝で若葉学院を{n}対2で破った。",
        {"d": "2023年8月21日", "n": "5"},
        true=("白鷺高校が初めて優勝したのは2023年8月です。",),
        negated=("白鷺高校は優勝しなかった。",),
        untold=("若葉学院は決勝で白鷺高校を5対2で破った。",),
    ),
    Fact(
        YAMA,
        "主将の三浦翔太選手は7回に本塁打を放った。",
        "主将の{p}選手は{n}回に本塁打を放った。",
        {"p": "三浦翔太", "n": "7"},
        true=("本塁打を放ったのは三浦翔太選手です。",),
        negated=("三浦翔太選手は本塁打を放たなかった。",),
    ),
    Fact(
        YAMA,
        "投手の小野寺健選手は一度も降板しなかった。",
        "投手の{p}選手は降板しなかった。",
        {"p": "小野寺健"},
        negated=("投手の小野寺健選手は降板した。",),
    ),
    Fact(
        YAMA,
        "大塚浩二監督は就任12年目で、部員は38人いる。",
        "{p}監督は就任{n}年目です。",
        {"p": "大塚浩二", "n": "12"},
        true=("部員は38人です。",),
        untold=("大塚浩二監督は部員12年目です。",),
    ),
    Fact(
        YAMA,
        "若葉学院の長谷川仁監督は取材に応じなかった。",
        "若葉学院の{p}監督は取材に応じなかった。",
        {"p": "長谷川仁"},
        negated=("若葉学院の長谷川仁監督は取材に応じた。",),
    ),
    Fact(
        YAMA,
        "優勝旗は9月5日に市役所で公開される。",
        "優勝旗は{d}に市役所で公開される。",
        {"d": "9月5日"},
        true=("優勝旗は2023年9月5日に公開されます。",),
        negated=("優勝旗は市役所で公開されない。",),
    ),
)

# True claims in freer words, as models write them: by the sentence they rest on.
LOOSE = {
    FACTS[0].sentence: (
        "The vote was won by Councillor Iris Hale.",
        "Iris Hale was the winner, with 23 votes against 9.",
        "On 14 May 2024, Hale secured victory in the vote.",
    ),
    FACTS[1].sentence: ("Marcus Dene was absent from the meeting.",),
    FACTS[2].sentence: (
        "The cost of the line is put at £48 million.",
        "Each day, 12,000 passengers are expected to use the line.",
    ),
    FACTS[3].sentence: (
        "Petra Voss is the engineer in charge of the works.",
        "Work starts on 2 September 2024.",
        "The works are due to finish in 2027.",
    ),
    FACTS[4].sentence: ("Colin Abbot refuses to move his shop.",),
    FACTS[5].sentence: ("The bus lanes were turned down because of the narrow road.",),
    FACTS[6].sentence: ("Following 31 accidents, Mayor Alan Frye shut the old line in 1998.",),
    FACTS[7].sentence: ("The driver Otto Lang faced no charges.",),
    FACTS[9].sentence: ("Museum prices went up by 15% in January.",),
    FACTS[10].sentence: ("The Ashby clinic has 17 beds since Doctor Leila Marsh reopened it.",),
    FACTS[11].sentence: ("Tobias Quill stayed away from the clinic.",),
    FACTS[12].sentence: ("Three ambulances and 240 files were lost in the flood.",),
    FACTS[13].sentence: ("Minister Greta Olsen pledged £900,000.",),
    FACTS[14].sentence: ("The roof was not paid for by the insurer.",),
    FACTS[15].sentence: ("Hugo Stern completed the repairs four weeks ahead of time.",),
    FACTS[16].sentence: (
        "新水族館の建設は浜田涼子市長が明らかにした。",
        "市長の名前は浜田涼子です。",
    ),
    FACTS[17].sentence: ("建設には86億円かかる。", "毎年40万人が訪れる見込みです。"),
    FACTS[18].sentence: (
        "黒川正市議は採決に参加しなかった。",
        "採決に加わらなかったのは黒川正市議です。",
    ),
    FACTS[19].sentence: ("設計者は西園寺薫氏です。", "工事が始まるのは9月2日です。"),
    FACTS[20].sentence: ("旧水族館ができたのは1987年です。", "15羽のペンギンがいる。"),
    FACTS[21].sentence: ("藤井誠館長によると、入館料は上がらない。",),
    FACTS[22].sentence: ("資金が足りなかったため、計画は3年遅れた。",),
    FACTS[24].sentence: (
        "白鷺高校が若葉学院に5対2で勝ち、初優勝を果たした。",
        "優勝したのは白鷺高校です。",
    ),
    FACTS[25].sentence: ("三浦翔太主将が7回に本塁打を打った。",),
    FACTS[27].sentence: ("大塚浩二監督は監督になって12年目だ。", "野球部には38人の部員がいる。"),
    FACTS[28].sentence: ("長谷川仁監督は取材を断った。",),
    FACTS[29].sentence: ("市役所では9月5日に優勝旗が見られる。",),
}
