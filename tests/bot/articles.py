"""Small articles of our own for the answering side's tests."""

from __future__ import annotations

from retrieval.values import Article, Found, Hit, Passage

BRIDGE = Article(
    id="bridge",
    source="bridge.txt",
    title="白波大橋が開通",
    text=(
        "白波大橋が開通\n\n"
        "県は今月7日、白波大橋の開通式を開いた。式には森田健一知事と地元の小学生らが出席した。\n\n"
        "橋の開通は台風による資材不足のため、当初の計画より2年遅れた。"
        "森田知事は「待ち望んだ橋だ。地域の暮らしを支えてほしい」と述べた。"
    ),
    date="2024-05-08",
)


def hit(article: Article, words: str, score: float = 0.8) -> Hit:
    """A hit whose passage is exactly these words of the article, as near as its score says."""
    start = article.text.index(words)
    passage = Passage(article.id, start, start + len(words))
    return Hit(passage, article, score, Found(similarity=score, overlap=score))
