"""What numbers count: counters, measures, currencies; the same ones under their several names."""

from __future__ import annotations

import re

COUNTERS = (
    r"人|名|年間|年|か月|カ月|ヶ月|ヵ月|月|週間|日間|日|時間|時|分|秒|円|ドル|ユーロ|ポンド|ウォン|元|%|"
    r"ポイント|回|度目|度|番目|番|位|台|件|個|本|枚|校|社|カ国|か国|ヶ国|歳|才|キロ|メートル|センチ|トン|倍|割|"
    r"票|議席|軒|戸|棟|隻|機|頭|匹|羽|冊|号|便|点|カ所|か所|ヶ所|世帯|つ|代|周年|段階"
)
# The first name of a line stands for all of it.
_NAMES = """
人 名 people person
年 年間 year
か月 カ月 ヶ月 ヵ月 month
週間 week
日 日間 day
時間 hour
分 minute
秒 second
回 度 time
歳 才
カ国 か国 ヶ国
メートル metre meter m
キロ kilometre kilometer km
センチ centimetre centimeter cm
トン ton tonne
% percent
mile kilogram kg litre liter
"""
_CANONICAL = {
    name: first for first, *others in map(str.split, _NAMES.split("\n")[1:-2]) for name in others
}
MEASURES = (
    frozenset(COUNTERS.split("|")) | frozenset(_CANONICAL.values()) | frozenset(_NAMES.split()[-5:])
)
_CURRENCIES = {
    "dollar": re.compile(r"[$]|ドル|\bdollars?\b", re.IGNORECASE),
    "pound": re.compile(r"£|ポンド|\bpounds?\b", re.IGNORECASE),
    "euro": re.compile(r"€|ユーロ|\beuros?\b", re.IGNORECASE),
    "yen": re.compile(r"[¥￥]|(?<=[0-9０-９万億兆千百])円|\byen\b", re.IGNORECASE),
    "won": re.compile("₩|ウォン"),
    "yuan": re.compile(r"人民元|\byuan\b", re.IGNORECASE),
}


def canonical(unit: str) -> str:
    """One name for a unit that has several: 人 for 名 and people."""
    return _CANONICAL.get(unit, unit)


def other_currency(claim: str, quotes: str) -> str | None:
    """A currency of the claim, where the quotes are in another; or None."""
    given = {name for name, sign in _CURRENCIES.items() if sign.search(quotes)}
    for name, sign in _CURRENCIES.items():
        if given and name not in given and (found := sign.search(claim)):
            return found.group()
    return None
