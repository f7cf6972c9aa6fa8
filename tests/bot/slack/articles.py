"""Articles of our own for the Slack tests, as a channel might hold them."""

from __future__ import annotations

from retrieval.values import Article

LIBRARY = Article(
    id="library",
    source="https://news.example/library",
    title="湖畔図書館が臨時休館",
    text=(
        "湖畔図書館が臨時休館\n\n"
        "湖畔図書館は9月20日から21日まで臨時休館する。館長の三浦恵子氏が3日に発表した。"
        "休館の理由は老朽化した床の工事だ。\n\n"
        "工事は地元の業者が担い、費用は寄付でまかなう。"
    ),
    date="2025-09-03",
)
FERRY = Article(
    id="ferry",
    source="https://news.example/ferry",
    title="Harbour ferry returns after repairs",
    text=(
        "Harbour ferry returns after repairs\n\n"
        "The harbour ferry returned to service on 4 May 2025 because its engine had been replaced. "
        "Captain Ruth Ohlsen steered the first crossing.\n\n"
        "Tickets are free until the end of the month."
    ),
    date="2025-05-05",
)
