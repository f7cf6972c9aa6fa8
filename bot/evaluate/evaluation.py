"""An evaluation as JSON: what `kiji eval --json` prints and the report page is made from.

    {"made": "2026-11-24T22:00:00+00:00", "results": [
        {"system", "set", "figures": {…}, "wrong": [{…}], "costs": {…}}]}

One result for each system and set. `wrong` holds the outcomes that have a fault.
`costs` is there where a system was measured as a process of its own: `index_rate`
(articles a second), `cold_start` (seconds to the first answer), `memory_mb`, `disk_mb`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.evaluate.figures import figures
from bot.evaluate.outcome import Outcome


def result(
    system: str, name: str, outcomes: Sequence[Outcome], costs: Mapping[str, float] | None = None
) -> dict[str, Any]:
    """What one system did on one set."""
    record: dict[str, Any] = {
        "system": system,
        "set": name,
        "figures": figures(outcomes).record(),
        "wrong": [outcome.record() for outcome in outcomes if outcome.fault],
    }
    if costs is not None:
        record["costs"] = dict(costs)
    return record


def evaluation(made: datetime, results: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Results with the moment (timezone-aware) they were made."""
    return {"made": made.isoformat(timespec="seconds"), "results": [dict(each) for each in results]}
