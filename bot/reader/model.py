"""The reader as a function: question and windows in, spans out. ONNX Runtime, no torch.

An extractive reader in the manner of SQuAD 2.0 (Rajpurkar et al. 2018): the logits
of the first token stand for "not here", which makes the spans of different windows
comparable by their margin over it. The word embeddings are the encoder's own (they
were frozen in training), so the reader's file holds the transformer alone.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bot.reader.calibration import Calibration
from bot.reader.spans import Span, best_spans, sentence_numbers
from retrieval.split import sentences

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

# Windows are read in batches of like length; a batch holds at most so many tokens.
_BATCH_TOKENS = 1536


class Reader:
    """Reads windows for one question. Loads on first use; safe to share between threads."""

    def __init__(self, folder: Path, encoder: Path, threads: int = 0) -> None:
        """Take the reader's folder and the folder of the encoder whose words it shares.

        `threads` is how many cores one reading may use; 0 leaves it to the runtime.
        """
        self._folder = folder
        self._encoder = encoder
        self._threads = threads
        self._lock = threading.Lock()

    @cached_property
    def settings(self) -> dict[str, Any]:
        """What was fixed in training: `max_tokens`, `split`, and the calibration."""
        settings: dict[str, Any] = json.loads((self._folder / "reader.json").read_text("utf-8"))
        return settings

    @cached_property
    def calibration(self) -> Calibration:
        """How margins become probabilities; fitted with these weights."""
        return Calibration(**self.settings["calibration"])

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Regex, Tokenizer, pre_tokenizers

        tokenizer = Tokenizer.from_file(str(self._encoder / "tokenizer.json"))
        # Pieces that run across a change of script would put answers' edges inside a token.
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
            [
                pre_tokenizers.Split(Regex(self.settings["split"]), "isolated"),
                pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="first"),
            ]
        )
        tokenizer.enable_truncation(self.settings["max_tokens"], strategy="only_second")
        return tokenizer

    @cached_property
    def _words(self) -> NDArray[np.float16]:
        from safetensors.numpy import load_file

        weights = load_file(self._encoder / "model.safetensors")
        words: NDArray[np.float16] = weights["embeddings.word_embeddings.weight"]
        return words

    @cached_property
    def _session(self) -> Any:  # noqa: ANN401 - onnxruntime has no types
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(
            str(self._folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def warm_up(self) -> None:
        """Load the weights and run once."""
        self.read("誰？", ["記事。"], 1)

    def read(self, question: str, texts: Sequence[str], count: int) -> list[list[Span]]:
        """The best `count` spans of each text, best first, in the order of `texts`.

        Empty lists where the question leaves no room for the text.
        """
        with self._lock:  # cached properties must be made once, by one thread
            tokenizer, words, session = self._tokenizer, self._words, self._session
        encodings = tokenizer.encode_batch([(question, text) for text in texts])
        order = sorted(range(len(texts)), key=lambda i: len(encodings[i].ids))
        found: list[list[Span]] = [[] for _ in texts]
        batch: list[int] = []
        for place, index in enumerate(order):
            batch.append(index)
            following = order[place + 1] if place + 1 < len(order) else None
            if (
                following is None
                or len(encodings[following].ids) * (len(batch) + 1) > _BATCH_TOKENS
            ):
                chosen = [encodings[i] for i in batch]
                width = max(len(encoding.ids) for encoding in chosen)
                ids = np.ones((len(chosen), width), dtype=np.int64)
                mask = np.zeros((len(chosen), width), dtype=np.int64)
                for row, encoding in enumerate(chosen):
                    ids[row, : len(encoding.ids)] = encoding.ids
                    mask[row, : len(encoding.ids)] = 1
                feed = {"words": words[ids].astype(np.float32), "mask": mask}
                (logits,) = session.run(None, feed)
                for row, (i, encoding) in enumerate(zip(batch, chosen, strict=True)):
                    size = len(encoding.ids)
                    inside = [part == 1 for part in encoding.sequence_ids]
                    found[i] = best_spans(
                        logits[row, :size, 0],
                        logits[row, :size, 1],
                        encoding.offsets,
                        sentence_numbers(encoding.offsets, inside, sentences(texts[i])),
                        count,
                    )
                batch = []
        return found
