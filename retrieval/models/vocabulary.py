"""Which pieces of a multilingual vocabulary Japanese and English text uses.

Some pieces stay whatever their use: special tokens, single letters below the
Han block (Latin, Greek, Cyrillic …), single digits, signs and symbols, and
everything in Japanese script that JIS X 0213 can write. The rest compete by
use: occurrences per million pieces of given texts, plus expected occurrences
per million words by the frequency lists of wordfreq.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

_HAN = 0x3400
_JAPANESE = re.compile(r"[ぁ-ゖァ-ヺー・々一-鿿ｦ-ﾝ、。「」『』（）〔〕【】〈〉《》―…〜]")
_SPACE = "▁"  # SentencePiece's mark for a space before the piece

# How often an English word stands with a capital, or in capitals, beside its plain form.
_CAPITALISED, _CAPITALS = 0.2, 0.02


def choose(
    pieces: Sequence[str], special: Collection[str], use: NDArray[np.float64], count: int
) -> list[int]:
    """The ids of the pieces to keep, ascending, at most `count`: those that must stay, then by use.

    `pieces` and `use` are in order of id; what is never used is not kept.
    Raises ValueError when those that must stay are already more than `count`.
    """
    kept = {i for i, piece in enumerate(pieces) if piece in special or must_stay(piece)}
    if len(kept) > count:
        raise ValueError(f"{len(kept)} pieces must stay, more than {count}")
    ranked = (int(i) for i in np.argsort(-use) if use[i] > 0)
    rest = [i for i in ranked if i not in kept]
    return sorted(kept | set(rest[: count - len(kept)]))


def must_stay(piece: str) -> bool:
    """Whether a piece is kept however rare it is (see the module)."""
    text = piece.replace(_SPACE, "")
    if len(text) > 1:
        return bool(_JAPANESE.search(text)) and _in_jis(text)
    return (
        not text
        or ord(text) < _HAN
        or unicodedata.category(text)[0] in "NPS"
        or bool(_JAPANESE.search(text))
    )


def use_in_texts(tokenizer: Tokenizer, texts: Sequence[str]) -> NDArray[np.float64]:
    """Occurrences by id, per million pieces of the texts."""
    counts: Counter[int] = Counter()
    for ids in _encoded(tokenizer, texts, 2_000):
        counts.update(ids)
    use = np.zeros(tokenizer.get_vocab_size())
    for i, occurrences in counts.items():
        use[i] = occurrences / counts.total() * 1e6
    return use


def use_in_language(tokenizer: Tokenizer) -> NDArray[np.float64]:
    """Expected occurrences by id, per million words each of English and Japanese."""
    from wordfreq import get_frequency_dict  # of the extra `models`: only making needs it

    use = np.zeros(tokenizer.get_vocab_size())
    for language in ("en", "ja"):
        forms: list[tuple[str, float]] = []
        for word, frequency in get_frequency_dict(language, "best").items():
            expected = frequency * 1e6
            forms.append((word, expected))
            if language == "en":
                forms.append((word.capitalize(), expected * _CAPITALISED))
                forms.append((word.upper(), expected * _CAPITALS))
        encoded = _encoded(tokenizer, [form for form, _ in forms], 20_000)
        for (_, expected), ids in zip(forms, encoded, strict=True):
            for i in ids:
                use[i] += expected
    return use


def _encoded(tokenizer: Tokenizer, texts: Sequence[str], batch: int) -> Iterable[Collection[int]]:
    for start in range(0, len(texts), batch):
        part = list(texts[start : start + batch])
        for encoding in tokenizer.encode_batch_fast(part, add_special_tokens=False):
            yield encoding.ids


def _in_jis(text: str) -> bool:
    try:
        text.encode("euc_jis_2004")
    except UnicodeEncodeError:
        return False
    return True
