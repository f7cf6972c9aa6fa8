"""Questions that a person might ask next, as buttons and in the agent pane."""

from __future__ import annotations

from collections.abc import Sequence

from bot.values import Answer
from prompts.catalogue import say
from retrieval.store.reports import ArticleInfo
from retrieval.values import Intent, Language

_NEXT = (Intent.WHEN, Intent.WHY, Intent.WHO, Intent.WHERE)
_MOST_NEXT, _MOST_PROMPTS = 3, 4
_TITLE = 60


def follow_ups(answer: Answer) -> list[str]:
    """Up to three questions that lean on an answer: what was not asked of it yet."""
    if not answer.answered or answer.social:
        return []
    others = [intent for intent in _NEXT if intent is not answer.intent]
    return [say(answer.language, f"slack.next.{intent}") for intent in others[:_MOST_NEXT]]


def prompts(infos: Sequence[ArticleInfo], language: Language) -> list[dict[str, str]]:
    """Up to four prompts made from articles, newest first; where there are none, how to add one."""
    if not infos:
        help_text = say(language, "slack.prompt.help")
        return [{"title": help_text, "message": help_text}]
    made: list[dict[str, str]] = []
    for info in infos[:_MOST_PROMPTS]:
        short = info.title if len(info.title) <= _TITLE else info.title[: _TITLE - 1] + "…"
        key = ("who", "why", "when", "what")[len(made)]
        made.append(
            {
                "title": say(language, f"slack.prompt.{key}_title", title=short),
                "message": say(language, f"slack.prompt.{key}", title=info.title),
            }
        )
    if len(made) < _MOST_PROMPTS:
        summary = say(language, "slack.prompt.summary")
        made.append({"title": summary, "message": summary})
    return made
