"""Claims beside quotes, one by one: what is borne out, and what is not."""

from __future__ import annotations

import pytest

from bot.bearing import Problem, unborne
from bot.bearing.evidence import Evidence
from bot.bearing.negation import denies
from bot.bearing.numbers import numbers
from retrieval.values import Article, Language


def told(quote: str, claim: str, before: str = "", after: str = "", language: str = ""):
    text = f"題名\n\n{before}{quote}{after}"
    article = Article("a", "a", "題名", text, "2025-05-14")
    start = text.index(quote, 4 + len(before))
    spoken = language or ("ja" if any("ぁ" <= c <= "ヺ" for c in claim) else "en")
    found = unborne(claim, [Evidence(article, start, start + len(quote))], Language(spoken))
    return found[0] if found else None


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        ("The crack measured 4.2 metres.", "The longest crack measured 4.2 metres."),
        ("The meeting is on Tuesday.", "The meeting is on Tuesday."),
        ("会議は今月12日に開かれた。", "会議は2025年5月12日に開かれた。"),
        ("移転は来年4月に終わる。", "移転は2026年4月に終わります。"),
        ("移転は令和8年4月に終わる。", "移転は2026年4月に終わります。"),
        ("事故で12人がけがをした。", "事故で十二人がけがをした。"),
        ("Mr. Smith met Jones in Paris.", "Smith met Jones in Paris."),
        ("さくらさんが代表に選ばれた。", "代表に選ばれたのはさくらさんです。"),
        ("社長は辞任する考えはないと述べた。", "社長は辞任する考えはないと述べた。"),
        ("政府は増税しなければならない。", "政府は増税しなければならない。"),
        ("政府は増税しなければならない。", "政府は増税する必要がある。"),
        ("He was unable to attend the session.", "He could not attend the session."),
        ("Few people attended the fair.", "Few people attended the fair."),
        ("The fair drew twenty-five thousand visitors.", "The fair drew 25,000 visitors."),
        ("田中太郎氏が社長に就任した。", "田中氏が社長に就任した。"),
        ("田中太郎氏が社長に就任した。", "社長に就任したのは田中太郎さんです。"),
        ("3月3日から5日まで開かれた。", "3月3日から5日まで開催されました。"),
        ("It runs from 6 a.m. until 10 p.m.", "It runs from 6 a.m. until 10 p.m."),
        ("The strike lasted three weeks.", "The strike lasted for three weeks."),
        ("彼は大臣にはならないとは言わなかった。", "彼は大臣になると言った。"),
        ("副社長の森川玲氏が工場を訪れた。", "森川玲副社長が工場を訪れた。"),
        ("指揮者の森川玲氏が舞台に立った。", "森川玲指揮者が舞台に立った。"),
        ("The repairs begin in May and end in June.", "Repair begins in May."),
        ("The repairs end in 2031.", "The repairs are scheduled to end in 2031."),
        ("橋の建設に3億円かかる。", "Building the bridge costs 300 million yen."),
        ("The owner did not come to the hearing.", "The owner was absent from the hearing."),
        ("The court rejected the owner's plea.", "The owner's plea was turned down by the court."),
    ],
)
def test_what_the_quote_says_is_borne_out(quote, claim):
    assert told(quote, claim) is None


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        ("The bridge cost $3 million.", "The bridge cost £3 million."),
        ("The crack measured 4.2 metres.", "The crack measured 4.2 kilometres."),
        ("The meeting is on Tuesday.", "The meeting is on Wednesday."),
        ("会議は今月12日に開かれた。", "会議は今月13日に開かれた。"),
        ("移転は来年4月に終わる。", "移転は今年4月に終わる。"),
        ("移転は令和8年4月に終わる。", "移転は令和9年4月に終わります。"),
        ("事故で12人がけがをした。", "事故で十三人がけがをした。"),
        ("事故で12人がけがをした。", "事故で12台がけがをした。"),
        ("Mr. Smith met Jones in Paris.", "smith met Brown in Paris."),
        ("Mr. Smith met Jones in Paris.", "Smith met Jones in London."),
        ("さくらさんが代表に選ばれた。", "ひかりさんが代表に選ばれた。"),
        ("The committee has no plan to resign.", "The committee has a plan to resign."),
        ("The company isn't closing its plant.", "The company is closing its plant."),
        ("社長は辞任する考えはないと述べた。", "社長は辞任する考えだと述べた。"),
        ("政府は増税を見送る方針だ。", "政府は増税する方針だ。"),
        ("He was unable to attend the session.", "He was able to attend the session."),
        ("前社長の森川玲氏が工場を訪れた。", "森川玲社長が工場を訪れた。"),
        ("社長の森川玲氏と副社長の丘田実氏が訪れた。", "丘田実社長が訪れた。"),
        ("森川玲前社長が工場を訪れた。", "森川社長が工場を訪れた。"),
        ("The owner came to the hearing.", "The owner was absent from the hearing."),
        ("The owner was absent from the hearing.", "The owner came to the hearing."),
        ("The court granted the owner's plea.", "The court turned the owner's plea down."),
        ("The mayor resigned on Monday.", "Browning resigned on Monday."),
        ("町長が月曜日に辞任した。", "Browning resigned on Monday."),
        ("参加は不可能だ。", "参加は可能だ。"),
        ("原因は分かっていない。", "原因は分かった。"),
        ("Neither side accepted the offer.", "Both sides accepted the offer."),
        ("The mayor denied that he took bribes.", "The mayor took bribes."),
        ("市長は賄賂を受け取ったことを否定した。", "市長は賄賂を受け取った。"),
        ("About half of the 200 workers left.", "About a quarter of the 200 workers left."),
        ("He is 45 years old.", "He is 54 years old."),
        ("The fair drew twenty-five thousand visitors.", "The fair drew 35,000 visitors."),
        ("田中太郎氏が社長に就任した。", "田中次郎氏が社長に就任した。"),
        ("林氏が社長に就任した。", "森氏が社長に就任した。"),
        ("北海道の札幌市で大会が開かれた。", "宮城県の仙台市で大会が開かれた。"),
        ("3月3日から5日まで開かれた。", "3月3日から6日まで開かれた。"),
        ("It runs from 6 a.m. until 10 p.m.", "It runs from 7 a.m. until 10 p.m."),
        ("午後3時に始まった。", "午後4時に始まった。"),
        ("The strike lasted three weeks.", "The strike lasted two weeks."),
        ("昨年の売上は20億円だった。", "昨年の売上は20億ドルだった。"),
        ("The first crew returned.", "The second crew returned."),
        ("第3回大会が開かれた。", "第4回大会が開かれた。"),
        ("バイデン氏が勝った。", "トランプ氏が勝った。"),
        ("Sales rose 5% in the first quarter.", "Sales rose 5% in the second quarter."),
    ],
)
def test_what_the_quote_does_not_say_is_not(quote, claim):
    problem = told(quote, claim)
    assert problem in (Problem.TIME, Problem.NUMBER, Problem.NAME, Problem.NEGATION)


@pytest.mark.parametrize(
    ("before", "quote", "after", "claim", "problem"),
    [
        ("He was un", "able to attend", ".", "He was able to attend.", Problem.NOT_FOUND),
        ("It measured 1", "4.2 metres", ".", "It measured 4.2 metres.", Problem.NOT_FOUND),
        ("参加は不", "可能だ", "。", "参加は可能だ。", Problem.NOT_FOUND),
        ("十", "二人が来た", "。", "二人が来た。", Problem.NOT_FOUND),
        ("He denied that ", "the mayor resigned", ".", "The mayor resigned.", Problem.CUT),
        ("It is not clear whether ", "it will open", ".", "It will open.", Problem.CUT),
        ("", "市長が辞任した", "との噂がある。", "市長が辞任した。", Problem.CUT),
        ("", "市長が辞任した", "という事実はない。", "市長が辞任した。", Problem.CUT),
        ("", "市長は辞任", "しなかった。", "市長は辞任した。", Problem.NEGATION),
        ("Nobody ", "saw the ship", ".", "They saw the ship.", Problem.NEGATION),
    ],
)
def test_a_quote_may_not_be_cut_so_that_it_says_something_else(
    before, quote, after, claim, problem
):
    assert told(quote, claim, before, after) is problem


@pytest.mark.parametrize(
    ("quote", "claim", "language", "problem"),
    [
        ("The mayor Edith Lowell resigned.", "辞任したのは町長です。", "en", Problem.LANGUAGE),
        ("町長が辞任した。", "The mayor resigned.", "ja", Problem.LANGUAGE),
        ("The mayor resigned.", "The mayor resigned, see http://x.example.", "en", Problem.WORDS),
        ("The mayor resigned.", "A whale swam past the harbour.", "en", Problem.WORDS),
        ("村上春子町長が辞任した。", "Haruko Murakami (村上春子) resigned.", "en", None),
        ("村上春子町長が辞任した。", "Haruko Murakami resigned.", "en", Problem.NAME),
        ("村上春子町長が辞任した。", "Haruko Murakami (村上夏子) resigned.", "en", Problem.NAME),
        ("Edith Lowell resigned.", "ローウェル氏（Edith Lowell）が辞任した。", "ja", None),
        ("Edith Lowell resigned.", "ローウェル氏が辞任した。", "ja", Problem.NAME),
        (
            "Edith Lowell did not resign.",
            "ローウェル氏（Edith Lowell）が辞任した。",
            "ja",
            Problem.NEGATION,
        ),
        (
            "Edith Lowell paid £2.5 million.",
            "ローウェル氏（Edith Lowell）は250万ポンドを払った。",
            "ja",
            None,
        ),
    ],
)
def test_languages_and_other_words(quote, claim, language, problem):
    assert told(quote, claim, language=language) is problem


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("8,600 vehicles", [(8600, "vehicle")]),
        ("£3.1 million", [(3_100_000, "")]),
        ("310万ポンド", [(3_100_000, "ポンド")]),
        ("1億2000万円", [(120_000_000, "円")]),
        ("二十三人", [(23, "人")]),
        ("統一地方選", []),
        ("twenty-five thousand people", [(25_000, "people")]),
        ("one of them", []),
        ("the fourth time", [(4, "")]),
        ("４度目", [(4, "度目")]),
    ],
)
def test_numbers_are_read(text, values):
    assert [(int(number.value), number.unit) for number in numbers(text)] == values


@pytest.mark.parametrize(
    "text",
    [
        "行かなければならない",
        "違いない",
        "少ない",
        "必ず行く",
        "not only fast",
        "no fewer than 5",
        "行くかもしれない",
    ],
)
def test_what_only_looks_like_a_denial_is_none(text):
    assert not denies(text)


@pytest.mark.parametrize(
    "text", ["行かない", "行きません", "行かず、", "isn't", "never went", "refused to go"]
)
def test_denials_are_heard(text):
    assert denies(text)


def told_of_two(first: str, second: str, claim: str):
    article = Article("a", "a", "題名", f"題名\n\n{first}{second}", "2025-05-14")
    places = [(article.text.index(quote), len(quote)) for quote in (first, second)]
    evidence = [Evidence(article, start, start + length) for start, length in places]
    found = unborne(claim, evidence, Language.JA)
    return found[0] if found else None


def test_a_claim_in_one_quotes_words_is_not_denied_by_another_quote():
    read = "司会の森川玲選手が宣誓を読み上げた。"
    not_there = "主将の丘田実選手は会場にいなかった。"
    assert told_of_two(read, not_there, read) is None
    assert told_of_two(read, not_there, "主将の丘田実選手は会場にいた。") is Problem.NEGATION
    denied = "森川玲選手は宣誓を読み上げなかった。"
    assert told_of_two(denied, read, "森川玲選手は宣誓を読み上げた。") is not None
