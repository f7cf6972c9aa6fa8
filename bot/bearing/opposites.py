"""Opposites: a claim that opens what its quote closes says the contrary, whatever else it keeps."""

from __future__ import annotations

import re

_PAIRS = """
open/clos reopen/clos rais/lower increas/decreas ris/fall rose/fell early/late begin/end
start/stop wide/narrow won/lost win/los accept/reject approv/reject agree/refus allow/ban
buy/sell bought/sold before/after more/fewer more/less most/least first/last north/south
east/west hir/fir arriv/left return/left support/oppos prais/critici for/against
guilty/innocent alive/dead success/fail up/down
始ま/終わ 始め/終え 開始/終了 開い/閉じ 開館/閉館 開業/廃業 再開/閉鎖 値上げ/値下げ
引き上げ/引き下げ 増え/減っ 増や/減ら 増加/減少 増額/減額 上昇/下落 上昇/低下 拡大/縮小
勝っ/負け 勝ち/負け 勝利/敗北 勝利/敗れ 賛成/反対 可決/否決 批判/称賛 早/遅 前/後 以上/以下
最大/最小 最高/最低 就任/辞任 就任/退任 買/売 到着/出発 有罪/無罪 成功/失敗 受け入れ/断っ
"""


def _pattern(word: str) -> re.Pattern[str]:
    if not word.isascii():
        return re.compile(re.escape(word))
    ending = r"(?:e[sdrn]?|s|ed|ing|ned|ning|es|d|n)?" if len(word) > 2 else ""
    return re.compile(rf"\b{word}{ending}\b", re.IGNORECASE)


_OPPOSITES = tuple(
    (_pattern(one), _pattern(other)) for one, other in (pair.split("/") for pair in _PAIRS.split())
)


def opposite(claim: str, quotes: str) -> str | None:
    """A word of the claim whose opposite stands in the quotes in its place, or None."""
    for pair in _OPPOSITES:
        for said, against in (pair, pair[::-1]):
            found = said.search(claim)
            if found and not said.search(quotes) and against.search(quotes):
                return None if against.search(claim) else found.group()
    return None
