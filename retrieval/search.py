"""Hybrid search: dense and lexical candidates, one fused score, near-duplicates dropped.

The one place to tune. BM25 and the cosine choose the candidates; a candidate's score is

    COSINE * cosine + coverage + ARTICLE * article's bm25 / best article's bm25

where coverage (retrieval/coverage.py) is how much of the question stands in the passage,
in [0, 1] as the others are. Where passage and question are in two languages, what they
share is names and figures at most, and what is told by words counts FOREIGN as much.
The weights are a logistic fit on the part of JaQuAD's training set that nothing is
trained on (1,640 questions): Recall@1 .915, where BM25 divided by the question's best in
place of coverage has .902. `python -m tests.bench recall FOLDER` measures it on the
other sets, `python -m tests.bench english FOLDER` across languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from retrieval.coverage import coverage
from retrieval.store.lexical import tokens
from retrieval.values import Found, Hit, Language, Passage, Query

if TYPE_CHECKING:
    from retrieval.store import Library

# How many candidates each part gives; the union is scored.
CANDIDATES = 60
COSINE = 6.5
ARTICLE = 0.35
FOREIGN = 0.2
# Japanese has far more of kana than this share, and English that quotes it far less.
_KANA, _KANA_SHARE = re.compile(r"[\u3041-\u309f\u30a1-\u30ff]"), 0.05
# A passage is a near-duplicate of a better one when it shares this share of its character pairs.
_DUPLICATE = 0.8


def _pairs(text: str) -> frozenset[str]:
    """The character pairs of a text without white space: what near-duplicates share."""
    packed = "".join(text.split())
    return frozenset(packed[i : i + 2] for i in range(len(packed) - 1))


def _language(text: str) -> Language:
    """The language that a passage is written in."""
    return Language.JA if len(_KANA.findall(text)) > _KANA_SHARE * len(text) else Language.EN


def _near_duplicate(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the shorter of two texts is mostly contained in the longer."""
    smaller = min(len(one), len(other))
    return smaller > 0 and len(one & other) >= _DUPLICATE * smaller


def distinct(hits: Iterable[Hit], k: int) -> list[Hit]:
    """The best `k` hits, without those that repeat a better hit of the same article.

    Different articles may tell the same: each stays, since a person may want either.
    """
    kept: list[Hit] = []
    seen: dict[str, list[frozenset[str]]] = {}
    for hit in hits:
        pairs = _pairs(hit.text)
        others = seen.setdefault(hit.article.id, [])
        if not any(_near_duplicate(pairs, other) for other in others):
            others.append(pairs)
            kept.append(hit)
            if len(kept) == k:
                break
    return kept


def _share(scores: Sequence[tuple[str, float]]) -> dict[str, float]:
    """BM25 scores divided by their best, so that they lie in [0, 1]."""
    best = max((score for _, score in scores), default=0.0)
    return {key: score / best for key, score in scores} if best > 0 else {}


def search(
    library: Library, query: Query, k: int = 10, articles: frozenset[str] | None = None
) -> list[Hit]:
    """Find the passages that bear on a query, best first, at most `k`.

    `articles` limits the search to those ids: nothing else is looked at. Scores
    lie in [0, 1]. Raises StoreError and ModelError.
    """
    if k < 1 or articles == frozenset():
        return []
    words = tokens(query.text)
    lexical = library.lexical(words, CANDIDATES, articles)
    dense = library.dense(library.embedder.query(query.text), CANDIDATES, articles)
    whole = _share(library.lexical_articles(words, CANDIDATES, articles))
    cosines = dict(dense)
    # A lexical candidate that dense search did not reach is at most as near as the last it gave.
    floor = min(cosines.values(), default=0.0)

    passages = library.passages({row for row, _ in dense} | {row for row, _ in lexical})
    texts = library.articles_by_id({passage.article_id for passage in passages.values()})

    # An article can be removed between the two reads.
    passages = {row: each for row, each in passages.items() if each.article_id in texts}
    words_of = {
        row: texts[each.article_id].text[each.start : each.end] for row, each in passages.items()
    }
    part = coverage(query.text, words_of)

    def sides(row: int, passage: Passage) -> tuple[float, float]:
        weight = 1.0 if _language(words_of[row]) is query.language else FOREIGN
        by_words = part[row] + ARTICLE * whole.get(passage.article_id, 0.0)
        return cosines.get(row, floor), weight * by_words

    sided = {row: sides(row, passage) for row, passage in passages.items()}
    scored = sorted(
        ((COSINE * similarity + overlap, row) for row, (similarity, overlap) in sided.items()),
        key=lambda pair: (-pair[0], pair[1]),
    )
    dense_rank = {row: rank for rank, (row, _) in enumerate(dense, 1)}
    lexical_rank = {row: rank for rank, (row, _) in enumerate(lexical, 1)}
    bm25 = dict(lexical)
    asked = dict.fromkeys(words)

    def hit(row: int, score: float) -> Hit:
        passage = passages[row]
        article = texts[passage.article_id]
        held = set(tokens(words_of[row]))
        return Hit(
            passage=passage,
            article=article,
            score=max(0.0, min(1.0, score / (COSINE + 1 + ARTICLE))),
            found=Found(
                dense_rank=dense_rank.get(row),
                dense_score=cosines.get(row),
                lexical_rank=lexical_rank.get(row),
                lexical_score=bm25.get(row),
                terms=tuple(word for word in asked if word in held),
                similarity=sided[row][0],
                overlap=sided[row][1],
            ),
        )

    return distinct((hit(row, score) for score, row in scored), k)
