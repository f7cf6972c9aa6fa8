"""Words from outside shown as they are: no ping, no link, no markup, and bold that renders."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.slack import escape, text
from bot.slack.blocks import MESSAGE, answer_message, quote_words
from bot.values import Answer, Citation, Claim
from retrieval.values import Intent, Language
from tests.fakes.slack.blocks import MARKDOWN_MESSAGE, check_blocks
from tests.fakes.slack.messages import links, pings

HOSTILE = [
    "<!channel>",
    "<!here|here>",
    "<@U0123ABC>",
    "<!subteam^S123|@all>",
    "@here と @channel と @everyone",
    "<https://evil.example/x|見て>",
    "[見て](https://evil.example/x)",
    "![x](https://evil.example/x.png)",
    "https://evil.example/x?y=1",
    "evil.example を見て",
    "mailto:a@evil.example",
    "&lt;!channel&gt; &amp;lt;!here&amp;gt;",
    "*太字* _斜体_ ~消~ `code` ```\n<!channel>\n```",
    "# 見出し\n> 引用\n- 箇条\n1. 番号\n+ 足す\n---\n===",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    ":skull: :+1:",
    "\u202e逆さ\u2066\u2069\x00\x1b[31m",
    "\\<!channel> \\[x](https://evil.example)",
    "」*「**」_「",
]
_READER = MarkdownIt("commonmark", {"linkify": False}).enable("table").enable("strikethrough")


def visible(markdown: str) -> str:
    """What CommonMark makes of a text: its words, as a reader sees them."""
    tokens = _READER.parse(markdown)
    inline = [child for token in tokens if token.children for child in token.children]
    kinds = {child.type for child in inline} | {token.type for token in tokens}
    assert kinds <= {"text", "softbreak", "text_special", "paragraph_open", "paragraph_close",
                     "inline"}, kinds  # fmt: skip
    words = "".join("\n" if c.type == "softbreak" else c.content for c in inline)
    return words.replace(escape.JOIN, "").replace(escape.ZERO, "")


@pytest.mark.parametrize("words", HOSTILE)
def test_escaped_words_ping_nobody_and_link_nowhere(words):
    for how in (escape.markdown, escape.mrkdwn, escape.inert):
        message = {"text": how(words), "blocks": [{"type": "markdown", "text": how(words)}]}
        assert not pings(message)
        assert not links(message)


@pytest.mark.parametrize("words", HOSTILE)
def test_escaped_words_read_as_they_are(words):
    kept = re.sub(r"[\x00-\x08\x0b-\x1f\u202e\u2066\u2069]", "", words)
    shown = "\n".join(line.strip() for line in visible(escape.markdown(words)).split("\n"))
    assert shown == "\n".join(line.strip() for line in kept.split("\n") if line.strip())


@given(
    st.text(alphabet=st.sampled_from("<>@!&#*_~`[]()|:./\\- \nUhereCN1あ「」。aevil"), max_size=40)
)
def test_no_mixture_of_signs_becomes_a_ping_a_link_or_markup(words):
    escaped = escape.markdown(words)
    message = {"text": escaped, "blocks": [{"type": "markdown", "text": escaped}]}
    assert not pings(message)
    assert not links(message)
    visible(escaped)


@pytest.mark.parametrize("before", ["", "は", "「", "。", "a", " "])
@pytest.mark.parametrize("inside", ["9月20日", "「床の工事」", "（注）", "*x*", "Ruth"])
@pytest.mark.parametrize("after", ["", "に", "」", "。", "b", " "])
def test_bold_renders_beside_anything(before, inside, after):
    html = MarkdownIt("commonmark").render(
        escape.inline(before) + escape.bold(escape.inline(inside)) + escape.inline(after)
    )
    plain = html.replace(escape.ZERO, "").replace(escape.JOIN, "")
    assert f"<strong>{inside}</strong>" in plain


@pytest.mark.parametrize(
    ("source", "linked"),
    [
        ("https://news.example/a_(b)", True),
        ("https://news.example/a|<!channel>", False),
        ("javascript:alert(1)", False),
        ("/home/someone/article.txt", False),
        ("https://news.example/a b", False),
        ("", False),
    ],
)
def test_only_an_http_address_becomes_the_link_of_a_title(source, linked):
    made = escape.link("題", source)
    assert made.startswith("[題](https://news.example/a_%28b%29)" if linked else "題")
    assert not pings({"text": made})


def citation(quote: str, title: str = "題", focus: tuple[int, int] | None = None) -> Citation:
    return Citation("a", title, "https://news.example/a", quote, 100, 100 + len(quote), None, focus)


def test_a_long_quote_is_cut_around_the_words_that_answer():
    quote = "あ" * 3000 + "答え" + "い" * 3000
    shown = quote_words(citation(quote, focus=(3100, 3102)))
    assert "**\u200b答え\u200b**" in shown
    assert len(shown) < 900
    assert shown.startswith("> …")
    assert shown.endswith("…")


@pytest.mark.parametrize("sign", ["あ", "*", "<", "&", "@a", "\n"])
def test_however_long_an_answer_is_slack_takes_its_blocks(sign):
    citations = tuple(citation(sign * 5000, sign * 500) for _ in range(60))
    claims = tuple(Claim(sign * 4000, (n,)) for n in range(60))
    answer = Answer(
        question="q", text="\n".join(c.text for c in claims), language=Language.JA, answered=True,
        intent=Intent.WHO, engine="x", seconds=0.1, claims=claims, citations=citations,
    )  # fmt: skip
    message = answer_message(answer, asked=sign * 3000)
    check_blocks(message.blocks)
    total = sum(len(b["text"]) for b in message.blocks if b["type"] == "markdown")
    assert total <= MARKDOWN_MESSAGE
    assert len(message.plain) <= 4000
    assert MESSAGE < MARKDOWN_MESSAGE


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ("<@U0BOT> いつ？", "いつ？"),
        ("いつ？ <@U0BOT|kiji>", "いつ？"),
        ("<@U1> は <#C1|general> で &lt;何&gt; を?", "@mika は #general で <何> を?"),
        ("<https://a.example|見出し> は？", "見出し は？"),
        ("<!here> R&amp;D", "R&D"),
        ("  <@U0BOT>   ", ""),
    ],
)
def test_a_message_as_slack_sends_it_becomes_plain_words(sent, words):
    assert text.plain(sent, "U0BOT", {"U1": "mika"}.get) == words
