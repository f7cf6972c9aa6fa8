"""How well the reader reads, between two stretches of training: held-out questions."""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from retrieval.models.reader_data import Dataset
from retrieval.models.reader_tokens import padding
from retrieval.models.reader_windows import Sampler

_SIGNS = re.compile(r"[\s、。，．,.・「」『』（）()\[\]【】〈〉《》!！?？:：;；'\"“”‘’\-－―—~〜]")
_QUESTIONS, _QUESTIONS_SEED, _WINDOWS_SEED = 400, 3, 5
_BATCH, _WIDEST, _STARTS, _LONGEST = 24, 512, 12, 48
_NEVER = -1e4


class Examination:
    """The same held-out questions each time, each on its context and on a window without answer."""

    def __init__(self, data: Dataset, tokens: Tokenizer) -> None:
        self._data, self._tokens = data, tokens
        indices = data.held_out()
        draw = random.Random(_QUESTIONS_SEED)  # noqa: S311 - a draw to repeat, not a secret
        self._questions = draw.sample(indices, min(_QUESTIONS, len(indices)))
        sampler = Sampler(data, _WINDOWS_SEED)
        self._without = [sampler.without(index) for index in self._questions]

    def report(self, model: Any) -> str:  # noqa: ANN401 - BertForQuestionAnswering, see reader_model
        """F1, exact match, and how well margins tell answerable from not, in one line."""
        questions, contexts = self._data.questions, self._data.contexts
        asked = [questions[index] for index in self._questions]
        read = self._read(
            model,
            [(q.text, f"{contexts[q.context].title}\n{contexts[q.context].text}") for q in asked],
        )
        other = self._read(
            model,
            [
                (q.text, f"{contexts[context].title}\n{window}")
                for q, (context, window) in zip(asked, self._without, strict=True)
            ],
        )
        scores = [f1(answer, q.answers) for (answer, _), q in zip(read, asked, strict=True)]
        exact = [
            any(folded(answer) == folded(gold) for gold in q.answers)
            for (answer, _), q in zip(read, asked, strict=True)
        ]
        kinds: dict[str, list[float]] = defaultdict(list)
        for score, q in zip(scores, asked, strict=True):
            kinds[q.kind].append(score)
        told = auroc([margin for _, margin in read], [margin for _, margin in other])
        by_kind = ", ".join(f"{kind} {np.mean(kinds[kind]):.3f}" for kind in sorted(kinds))
        return f"F1 {np.mean(scores):.4f} EM {np.mean(exact):.4f} AUROC {told:.4f} ({by_kind})"

    @torch.no_grad()
    def _read(self, model: Any, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, float]]:  # noqa: ANN401
        """The best span of each text, and its logit less that of "not here"."""
        was_training = model.training
        model.eval()
        encodings = self._tokens.encode_batch(list(pairs))
        order = sorted(range(len(pairs)), key=lambda i: len(encodings[i].ids))
        found: list[tuple[str, float]] = [("", 0.0)] * len(pairs)
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            width = min(_WIDEST, max(len(encodings[i].ids) for i in rows))
            ids = torch.full((len(rows), width), padding(self._tokens))
            mask = torch.zeros_like(ids)
            inside = torch.zeros(ids.shape, dtype=torch.bool)
            for row, i in enumerate(rows):
                size = min(width, len(encodings[i].ids))
                ids[row, :size] = torch.tensor(encodings[i].ids[:size])
                mask[row, :size] = 1
                inside[row, :size] = torch.tensor(
                    [part == 1 for part in encodings[i].sequence_ids[:size]]
                )
            with torch.autocast("cpu", dtype=torch.bfloat16):
                output = model(input_ids=ids, attention_mask=mask)
            starts, ends = output.start_logits.float(), output.end_logits.float()
            absent = starts[:, 0] + ends[:, 0]
            starts, ends = (logits.masked_fill(~inside, _NEVER) for logits in (starts, ends))
            for row, i in enumerate(rows):
                first, final, score = _best(starts[row], ends[row])
                offsets = encodings[i].offsets
                answer = pairs[i][1][offsets[first][0] : offsets[final][1]]
                found[i] = answer, score - float(absent[row])
        model.train(was_training)
        return found


def folded(text: str) -> str:
    """A text without white space, signs, width and case, which do not make an answer wrong."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text)).lower()


def f1(answer: str, golds: Sequence[str]) -> float:
    """The F1 of an answer's characters against the gold answer that it is nearest to."""
    best = 0.0
    for gold in golds:
        said, meant = Counter(folded(answer)), Counter(folded(gold))
        shared = (said & meant).total()
        if shared:
            precision, recall = shared / said.total(), shared / meant.total()
            best = max(best, 2 * precision * recall / (precision + recall))
        elif not said and not meant:
            best = 1.0
    return best


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a positive one is above a negative one (area under the ROC curve)."""
    ranks = np.array([*positive, *negative]).argsort().argsort() + 1
    count = len(positive)
    above = ranks[:count].sum() - count * (count + 1) / 2
    return float(above / (count * len(negative)))


def _best(starts: torch.Tensor, ends: torch.Tensor) -> tuple[int, int, float]:
    """The best span of one text: its first and last token, and its logit."""
    best = 0, 0, -1e9
    values, places = starts.topk(min(_STARTS, len(starts)))
    for value, place in zip(values.tolist(), places.tolist(), strict=True):
        reach = ends[place : place + _LONGEST]
        length = int(reach.argmax())
        score = value + float(reach[length])
        if score > best[2]:
            best = place, place + length, score
    return best
