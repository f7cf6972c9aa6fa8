"""An embedder without a model, articles, and what it is for a store to be whole."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence

from retrieval.embed import Prompts
from retrieval.split import split
from retrieval.store import Library
from retrieval.store.lexical import tokens
from retrieval.values import Article

DIMENSION = 64


class HashEmbedder:
    """Embeds by the hashes of a text's tokens: like words, like vectors. No download."""

    def __init__(self, label: str = "hash", fingerprint: str = "hash-1", prompts=None) -> None:
        self.label = label
        self.fingerprint = fingerprint
        self.prompts = prompts or Prompts("q: ", "p: ")
        self.embedded: list[str] = []

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        self.embedded += texts
        return [self.query(text) for text in texts]

    def query(self, text: str) -> list[float]:
        vector = [1e-6] * DIMENSION
        for token in tokens(text):
            digest = hashlib.blake2b(token.encode(), digest_size=4).digest()
            vector[digest[0] % DIMENSION] += 1 if digest[1] % 2 else -1
        length = math.sqrt(sum(number * number for number in vector))
        return [number / length for number in vector]


def article(number: int, edition: str = "初版") -> Article:
    """An article of several passages whose words are its own."""
    body = "".join(
        f"第{number}号の{part}段落は{edition}で、町{number * 7 + part}の祭りを伝える。"
        f"実行委員会の委員{number * 11 + part}は、雨のため延期すると述べた。\n\n"
        for part in range(1, 4)
    )
    title = f"町の祭り 第{number}号"
    return Article(f"a{number}", f"file{number}.txt", title, f"{title}\n\n{body}", "2025-09-03")


def assert_whole(library: Library, allowed: Iterable[Article]) -> list[str]:
    """Each stored article is one of those allowed, with every passage in both indexes."""
    editions = list(allowed)
    names = []
    for info in library.articles():
        stored = library.article(info.id)
        assert stored in editions
        cut = sorted((p.start, p.end) for p in split(stored))
        scope = frozenset([info.id])
        vector = library.embedder.query(stored.title)
        dense = library.dense(vector, 1000, scope)
        words = library.lexical(tokens("町の祭り"), 1000, scope)
        for how, found in (("dense", dense), ("lexical", words)):
            passages = library.passages(rowid for rowid, _ in found)
            assert (info.id, how, sorted((p.start, p.end) for p in passages.values())) == (
                info.id,
                how,
                cut,
            )
        names.append(info.id)
    return names
