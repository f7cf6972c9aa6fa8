"""The whole chain on real parts: the shipped models, a real store, the sample articles."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.chain import Kiji
from bot.embedded import embedded_engine
from bot.values import Answer, AnswerEvent, ClaimEvent, Scope, StatusEvent, Turn
from prompts.catalogue import say
from retrieval.errors import InputError
from retrieval.sample import articles
from retrieval.store import Library, StoreOptions
from retrieval.values import Intent, Language

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def kiji(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kiji]:
    with Library.open(StoreOptions(folder=tmp_path_factory.mktemp("chain"))) as library:
        library.index(articles())
        yield Kiji(library, embedded_engine())


def asked(kiji: Kiji, question: str, *history: Turn, scope: Scope | None = None) -> Answer:
    *_, last = kiji.answer(question, history, scope)
    assert isinstance(last, AnswerEvent)
    return last.answer


def well_cited(kiji: Kiji, answer: Answer) -> bool:
    """Every claim has a citation, and every citation's words stand where it says."""
    return all(claim.citations for claim in answer.claims) and all(
        kiji.library.article(c.article).text[c.start : c.end] == c.quote for c in answer.citations
    )


@pytest.mark.parametrize(
    ("question", "intent", "word"),
    [
        ("総書記に同行した10代の娘は誰ですか？", Intent.WHO, "金主愛"),
        ("国務省の政務次官になったのは誰ですか？", Intent.WHO, "フッカー"),
        ("会社をつくった人の名前を教えて", Intent.WHO, "オブライエン"),
        ("会社をつくった元大統領補佐官は誰ですか？", Intent.WHO, "オブライエン"),
        ("金総書記が列車で北京駅に着いたのはいつですか？", Intent.WHEN, "2日"),
        ("アリソン・フッカー氏が政務次官になったのは何月ですか？", Intent.WHEN, "6月"),
        ("Who ordered the closure of the bridge?", Intent.WHO, "Okafor"),
    ],
)
def test_the_answer_is_right_and_cited(
    kiji: Kiji, question: str, intent: Intent, word: str
) -> None:
    answer = asked(kiji, question)
    assert answer.answered
    assert answer.intent is intent
    assert word in answer.text
    assert any(word in citation.quote for citation in answer.citations)
    assert well_cited(kiji, answer)


def test_a_time_is_resolved_against_the_articles_date(kiji: Kiji) -> None:
    answer = asked(kiji, "トランプ大統領が韓国の李在明大統領を迎えたのはいつですか？")
    assert answer.date == "2025-08-25"
    assert "2025年8月25日" in answer.text


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("火星に最初に着陸した宇宙飛行士は誰ですか？", Language.JA),
        ("鶏肉の唐揚げの作り方を発明した料理人は誰ですか？", Language.JA),
        ("Who won the 1998 football world cup?", Language.EN),
    ],
)
def test_what_no_article_tells_is_refused_in_the_askers_language(
    kiji: Kiji, question: str, language: Language
) -> None:
    answer = asked(kiji, question)
    assert not answer.answered
    assert answer.text == say(language, "answer.refusal")
    assert (answer.short, answer.claims, answer.citations, answer.date) == ("", (), (), None)
    assert answer.covers


def test_a_follow_up_is_understood_from_the_conversation(kiji: Kiji) -> None:
    turn = Turn("金総書記が北京駅に着いたときの乗り物は何ですか？", "列車です。")
    answer = asked(kiji, "それはいつですか？", turn)
    assert answer.intent is Intent.WHEN
    assert answer.answered
    assert well_cited(kiji, answer)


def test_only_articles_in_scope_are_quoted(kiji: Kiji) -> None:
    bridge = next(a.id for a in kiji.library.articles() if "bridge" in a.title)
    question = "総書記に同行した10代の娘は誰ですか？"
    assert {citation.article for citation in asked(kiji, question).citations} - {bridge}
    scoped = asked(kiji, question, scope=Scope(frozenset({bridge})))
    assert {citation.article for citation in scoped.citations} <= {bridge}
    answer = asked(kiji, "Who ordered the closure?", scope=Scope(frozenset({bridge})))
    assert {citation.article for citation in answer.citations} == {bridge}


def test_events_come_in_order_and_every_claim_before_the_answer(kiji: Kiji) -> None:
    events = list(kiji.answer("総書記に同行した10代の娘は誰ですか？"))
    stages = [event.stage for event in events if isinstance(event, StatusEvent)]
    assert stages == ["searching", "reading", "checking"]
    claims = [event.claim for event in events if isinstance(event, ClaimEvent)]
    assert claims
    assert isinstance(events[-1], AnswerEvent)
    assert events[-1].answer.claims == tuple(claims)


def test_closing_the_answer_stops_it(kiji: Kiji) -> None:
    events = kiji.answer("総書記に同行した10代の娘は誰ですか？")
    next(events)
    events.close()
    assert list(events) == []


@pytest.mark.parametrize("question", ["ありがとう", "こんにちは", "使い方は？", "thanks", "help"])
def test_courtesies_get_a_word_and_no_refusal(kiji: Kiji, question: str) -> None:
    answer = asked(kiji, question)
    assert answer.social
    assert answer.text
    assert answer.text != say(answer.language, "answer.refusal")


def test_a_summary_quotes_the_opening_sentences(kiji: Kiji) -> None:
    answer = asked(kiji, "要約して")
    assert answer.answered
    assert answer.citations
    assert well_cited(kiji, answer)


@pytest.mark.parametrize("question", ["", "  \n", "\x00\x07"])
def test_an_empty_question_is_an_error_that_says_so(kiji: Kiji, question: str) -> None:
    with pytest.raises(InputError, match=r"understand\.empty_question"):
        list(kiji.answer(question))


def test_an_empty_library_is_said_to_be_empty(tmp_path) -> None:
    with Library.open(StoreOptions(folder=tmp_path)) as library:
        answer = asked(Kiji(library, embedded_engine()), "総書記に同行した10代の娘は誰ですか？")
    assert not answer.answered
    assert answer.text == say(Language.JA, "answer.no_articles")
