"""Reads Japanese times of day."""

from __future__ import annotations

from retrieval.dates.atom import Atom, Rank
from retrieval.dates.japanese_match import Match, Reader, blank, numbers
from retrieval.dates.numerals import number


def _noon(match: Match, _text: str) -> Atom:
    atom = blank(match, Rank.TIME)
    atom.hour, atom.minute = 12, 0
    return atom


def _clock(match: Match, _text: str) -> Atom | None:
    hour, minute = numbers(match)[:2]
    half = match.group()[:2]
    if hour > 29 or minute > 59:
        return None
    atom = blank(match, Rank.TIME)
    atom.hour = hour + 12 if half == "午後" and hour < 12 else hour
    atom.minute = minute
    # 2:1 and 10:12 are scores and verses too: alone they mean no time of day.
    atom.loose = half not in ("午前", "午後")
    return atom


def _time(match: Match, _text: str) -> Atom | None:
    hour, half = number(match["t_h"]), match["t_noon"]
    minute = 30 if match["t_half"] else number(match["t_m"]) if match["t_m"] else None
    if hour > 29 or (minute or 0) > 59 or (half and hour > 12):
        return None
    if half is None and match["t_h"][0] in "一二三四五六七八九十":
        return None  # 一時 is "for a while"
    atom = blank(match, Rank.TIME)
    if hour == 12 and half:
        # 午前12時 is noon by law and midnight by habit: the day is all that is sure.
        return atom if minute is None else _twelve(atom, half, minute)
    atom.hour = hour + 12 if half == "午後" else hour
    atom.minute = minute
    atom.approximate = match["t_short"] is not None
    atom.loose = half is None and hour <= 12
    return atom


def _twelve(atom: Atom, half: str, minute: int) -> Atom:
    atom.hour, atom.minute = (12 if half == "午後" else 0), minute
    return atom


def _daypart(match: Match, _text: str) -> Atom:
    atom = blank(match, Rank.DAYPART)
    atom.loose = True
    return atom


READERS: dict[str, Reader] = {
    "noon": _noon,
    "clock": _clock,
    "time": _time,
    "daypart": _daypart,
}
