"""An answer as Slack shows it: the words, then the quotes they rest on, then buttons.

Limits from docs.slack.dev: 12,000 characters a markdown block and about 13,200 a
message over all of them, 75 a button's label, 2,000 its value.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.slack import escape
from bot.slack.questions import Offer
from bot.values import Answer, Citation, Claim
from prompts.catalogue import say
from retrieval.values import Language

Block = dict[str, Any]

# All of a message's markdown; a margin is left for what Slack counts otherwise.
MESSAGE = 12_000
WORDS = 6_000
QUOTE = 700
LABEL = 75
VALUE = 2_000
PLAIN = 3_800  # text beyond 4,000 characters is cut into several messages

ASK, GOOD_OR_BAD, ADD = "kiji_ask", "kiji_feedback", "kiji_add"


@dataclass(frozen=True, slots=True)
class Message:
    """What to post: `words` in markdown, `below` the blocks under them, `plain` for where
    blocks can't be shown (a notification, a refusal by Slack).
    """

    words: str
    below: tuple[Block, ...] = ()
    plain: str = ""

    @property
    def blocks(self) -> list[Block]:
        """The whole message."""
        return [{"type": "markdown", "text": self.words}, *self.below]


def shortened(text: str, most: int) -> str:
    """At most so many characters, the cut shown by `…`."""
    return text if len(text) <= most else text[: most - 1].rstrip("\\") + "…"


def fitted(text: str, most: int, how: Callable[[str], str] = escape.markdown) -> str:
    """The text escaped, in at most so many characters: escapes make it up to five times longer."""
    whole = how(text[:most])
    if len(text) <= most and len(whole) <= most:
        return whole
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if len(how(text[:middle])) < most:
            low = middle
        else:
            high = middle - 1
    return how(text[:low]).rstrip() + "…"


def claim_words(claim: Claim) -> str:
    """A claim with the numbers of its citations, in markdown."""
    numbers = "".join(f"\\[{number + 1}\\]" for number in claim.citations)
    return fitted(claim.text, WORDS // 2) + numbers


def answer_words(answer: Answer) -> str:
    """The answer's text, each claim followed by the numbers of its citations."""
    if answer.claims and answer.text == "\n".join(claim.text for claim in answer.claims):
        words = "\n".join(claim_words(claim) for claim in answer.claims)
        if len(words) <= WORDS:
            return words
    return fitted(answer.text, WORDS)


def heading(citation: Citation) -> str:
    """Title, day and link of an article, on one line."""
    title = fitted(escape.one_line(citation.title), 300) or "—"
    day = f" {citation.date}" if citation.date else ""
    return escape.link(title, citation.source) + day


def quote_words(citation: Citation) -> str:
    """The quoted words as a markdown quote, those that answer in bold."""
    text, offset = citation.quote, citation.start
    first, last = citation.focus or (offset, offset)
    first, last = first - offset, last - offset
    if len(text) > QUOTE:
        begin = max(0, min(first - QUOTE // 3, len(text) - QUOTE))
        end = min(len(text), begin + QUOTE)
        head, tail = "…" if begin else "", "…" if end < len(text) else ""
        text = text[begin:end]
        first, last = max(0, first - begin), max(0, min(last - begin, len(text)))
    else:
        head = tail = ""

    text = text.replace("\n", " ")
    focus = escape.bold(escape.inline(text[first:last]))
    return f"> {head}{escape.markdown(text[:first])}{focus}{escape.inline(text[last:])}{tail}"


def quotes(answer: Answer, room: int) -> str:
    """The citations, numbered, in markdown; as many as there is room for."""
    pieces: list[str] = []
    before: str | None = None
    for number, citation in enumerate(answer.citations, 1):
        head = f"\\[{number}\\] " + (heading(citation) if citation.article != before else "")
        piece = f"{head.rstrip()}\n{quote_words(citation)}"
        more = say(answer.language, "slack.more_quotes", count=len(answer.citations) - number + 1)
        if len(piece) + len(more) + 4 > room:
            pieces.append(more)
            break
        pieces.append(piece)
        room -= len(piece) + 2
        before = citation.article
    return "\n\n".join(pieces)


def button(label: str, action: str, value: str) -> Block:
    """A button; its label and value are cut to what Slack takes."""
    return {
        "type": "button",
        "text": {"type": "plain_text", "text": shortened(label, LABEL), "emoji": False},
        "action_id": action,
        "value": value[:VALUE],
    }


def suggestions(questions: Sequence[str]) -> list[Block]:
    """Follow-up questions as buttons that ask them."""
    buttons = [button(q, f"{ASK}_{n}", q) for n, q in enumerate(questions)]
    return [{"type": "actions", "elements": buttons}] if buttons else []


def offers(offered: Sequence[Offer], language: Language) -> list[Block]:
    """Files and links of a message as buttons that index them."""
    buttons = [
        button(
            say(language, "slack.offer_button", name=shortened(offer.name, 40)),
            f"{ADD}_{number}",
            json.dumps([offer.kind, offer.value], ensure_ascii=False),
        )
        for number, offer in enumerate(offered[:5])
        if len(offer.value) < VALUE - 20
    ]
    return [{"type": "actions", "elements": buttons}] if buttons else []


def feedback(language: Language) -> Block:
    """The two buttons under an answer."""

    def side(key: str, value: str) -> Block:
        text = say(language, key)
        return {
            "text": {"type": "plain_text", "text": text},
            "accessibility_label": text,
            "value": value,
        }

    return {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": GOOD_OR_BAD,
                "positive_button": side("slack.good", "good"),
                "negative_button": side("slack.bad", "bad"),
            }
        ],
    }


def notice(words: str, below: Sequence[Block] = ()) -> Message:
    """A sentence of kiji's own (the catalogue's, its values made inert), with blocks under it."""
    return Message(words, tuple(below), words)


def answer_message(
    answer: Answer, below: Sequence[Block] = (), *, asked: str = "", votes: bool = True
) -> Message:
    """The whole message of an answer; `asked` is put before it where no message asks it."""
    words = answer_words(answer)
    if not answer.answered and answer.covers:
        titles = " / ".join(fitted(escape.one_line(title), 300) for title in answer.covers)
        words += "\n\n" + say(answer.language, "answer.covers", titles=titles)
    if asked:
        words = f"{echo(asked)}\n\n{words}"
    blocks: list[Block] = []
    room = MESSAGE - len(words)
    if answer.citations and (shown := quotes(answer, room)):
        blocks.append({"type": "markdown", "text": shown})
    if answer.note:
        note = {"type": "mrkdwn", "text": fitted(answer.note, 600, escape.mrkdwn)}
        blocks.append({"type": "context", "elements": [note]})
    blocks += below
    if votes and not answer.social:
        blocks.append(feedback(answer.language))
    return Message(words, tuple(blocks), plain(answer, asked))


def echo(asked: str) -> str:
    """A question as the first line of the answer to it."""
    return f"> {fitted(escape.one_line(asked), 600)}"


def plain(answer: Answer, asked: str = "") -> str:
    """The answer without blocks, as mrkdwn: its words, then each quote after a line `[1] …`."""
    lines = [f"&gt; {escape.mrkdwn(shortened(escape.one_line(asked), 300))}\n"] if asked else []
    words = answer_words(answer)
    lines.append(escape.mrkdwn(escape.unescaped_markdown(words)))
    for number, citation in enumerate(answer.citations, 1):
        title = escape.mrkdwn(shortened(escape.one_line(citation.title), 100))
        quote = escape.mrkdwn(shortened(escape.one_line(citation.quote), 300))
        lines.append(f"[{number}] {title}\n&gt; {quote}")
    return shortened("\n".join(lines), PLAIN)
