"""Times in a question, against the moment when it was asked."""

from __future__ import annotations

from datetime import datetime

from retrieval.dates.atom import Atom, Base, Step
from retrieval.dates.find import mentions_of
from retrieval.dates.mention import TimeMention


def resolve_question_time(text: str, asked_at: datetime) -> list[TimeMention]:
    """The times that a question names, counted from the local day of `asked_at`.

    今日, 先月 and last week are the asker's own. A bare 9月3日 or 7日 is not: its
    year is that of whatever article it is about, so its `iso` is None.
    """

    def asked(atom: Atom) -> None:
        if _needs_article(atom):
            atom.month = Step(Base.OPEN)
        elif text.startswith(("今日", "きょう"), atom.start):
            # In an article 「今日の」 is mostly "of our days"; who asks means today.
            atom.day = Step(Base.ANCHOR)

    return mentions_of(text, asked_at.date(), asked)


def _needs_article(atom: Atom) -> bool:
    """Whether the words leave out the year or month that only an article can give."""
    if atom.day is not None and atom.day.base is Base.FIXED and atom.month is None:
        return True
    month = atom.month is not None and atom.month.base is Base.FIXED
    return month and atom.year is None and atom.unit not in ("latest", "coming")
