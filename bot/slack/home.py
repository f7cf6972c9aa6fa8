"""The app's Home tab: the articles, how to ask, and the settings that hold here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bot.slack import escape
from bot.slack.access import Access
from bot.slack.blocks import shortened
from prompts.catalogue import say
from retrieval.values import Language

if TYPE_CHECKING:
    from bot.settings import Settings
    from retrieval.store import ArticleInfo

_MOST_LISTED = 30
_SECTION = 2_900


def _section(words: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": shortened(words, _SECTION)}}


def _header(words: str) -> dict[str, Any]:
    return {"type": "header", "text": {"type": "plain_text", "text": words}}


def home(
    infos: Sequence[ArticleInfo],
    person: str,
    settings: Settings,
    access: Access,
    engine: str,
    language: Language,
) -> dict[str, Any]:
    """The view for one person; `infos` are the articles that they see in direct messages."""
    lines = [
        "• "
        + escape.mrkdwn(shortened(escape.one_line(info.title), 80))
        + (f" {info.date}" if info.date else "")
        for info in infos[:_MOST_LISTED]
    ]
    if len(infos) > _MOST_LISTED:
        lines.append(say(language, "slack.more_articles", count=len(infos) - _MOST_LISTED))
    articles = "\n".join(lines) or say(language, "slack.no_articles")
    everybody = say(language, "slack.home.everybody")
    everywhere = say(language, "slack.home.everywhere")
    facts = {
        "engine": engine,
        "collection": escape.mrkdwn(settings.collection),
        "users": str(len(access.users)) if access.users else everybody,
        "channels": str(len(access.channels)) if access.channels else everywhere,
        "retention": f"{settings.slack_retention_days:g}",
        "timeout": f"{settings.slack_answer_timeout:g}",
        "admin": say(
            language, "slack.home.admin" if access.is_admin(person) else "slack.home.no_admin"
        ),
    }
    return {
        "type": "home",
        "blocks": [
            _header(say(language, "slack.home.ask_title")),
            _section(say(language, "slack.home.ask")),
            _header(say(language, "slack.home.articles_title", count=len(infos))),
            _section(articles),
            _header(say(language, "slack.home.settings_title")),
            _section(say(language, "slack.home.settings", **facts)),
        ],
    }
