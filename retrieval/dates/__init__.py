"""Times that an article names, resolved into ISO 8601 or left as they stand.

    find_times("今年9月20日と21日に開く", date(2025, 9, 3))
    # [TimeMention(0, 10, '今年9月20日と21日', '2025-09-20/2025-09-21', 'interval')]

`japanese`, its readers `japanese_*`, and `english` read words into atoms; `joining`
makes phrases of them; `resolve`, `inference` and `pairs` place them in the calendar
(`span`, `parts`) by what `context` and `tense` know. `formatting` writes them for people.
"""

from retrieval.dates.find import find_times
from retrieval.dates.formatting import format_iso
from retrieval.dates.mention import Precision, TimeMention, time_at
from retrieval.dates.question import resolve_question_time

__all__ = [
    "Precision",
    "TimeMention",
    "find_times",
    "format_iso",
    "resolve_question_time",
    "time_at",
]
