"""Training of the reader: on processors alone, and going on after it was stopped.

AdamW, warm-up, a constant rate, then linear decay to nothing; bfloat16 where autocast
allows; an exponential average of the weights, which is what is measured and shipped.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from retrieval.models import reader_model
from retrieval.models.reader_data import Dataset
from retrieval.models.reader_loss import loss
from retrieval.models.reader_score import Examination
from retrieval.models.reader_tokens import Batch, batches, tokenizer
from retrieval.models.reader_windows import Sampler

CHECKPOINT, FINAL = "checkpoint.pt", "final.safetensors"
# A file of this name in the folder, holding a number of steps, starts the decay at once:
# how long training may go on is often known only while it does.
DECAY = "decay"

_AVERAGED_EVERY, _MEMORY, _MEMORY_IN_DECAY = 5, 0.995, 0.97
_LOGGED_EVERY, _LOSSES = 20, 40


@dataclass(frozen=True, slots=True)
class Options:
    """How to train. `steps` counts all of them, the `decay` last ones with a falling rate."""

    steps: int
    decay: int
    rate: float = 2e-4
    warm_up: int = 60
    tokens: int = 6144
    dropout: float = 0.1
    seed: int = 1
    measured_every: int = 200


class Trainer:
    """A reader in training; its folder holds all that is needed to go on."""

    def __init__(
        self, data: Dataset, encoder: Path, start: Path, out: Path, options: Options
    ) -> None:
        """Start from the weights in `start`, or go on from the checkpoint in `out`.

        A training whose decay has ended stays ended, whatever `options` say.
        """
        torch.manual_seed(options.seed)
        out.mkdir(parents=True, exist_ok=True)
        self._out, self._options = out, options
        self._model = reader_model.build(encoder, load_file(start), options.dropout)
        reader_model.share_dropout(self._model, options.dropout)
        self._weights = [p for p in self._model.parameters() if p.requires_grad]
        self._average = [p.detach().clone() for p in self._weights]
        self._optimiser = torch.optim.AdamW(
            [
                {"params": [p for p in self._weights if p.ndim > 1], "weight_decay": 0.01},
                {"params": [p for p in self._weights if p.ndim < 2], "weight_decay": 0.0},
            ],
            lr=options.rate,
            betas=(0.9, 0.98),
        )
        self._step, self._decay_from, self._decay = 0, options.steps - options.decay, options.decay
        seed = options.seed
        if (out / CHECKPOINT).exists():
            self._resume()
            seed = self._step + options.seed * 1000  # or it would see the first batches again
        tokens = tokenizer(encoder)
        self._examination = Examination(data, tokens)
        self._batches = batches(Sampler(data, seed), tokens, data.training(), options.tokens)

    def run(self) -> Iterator[str]:
        """Train to the end; what is to be told on the way. Ends with `FINAL` in the folder."""
        yield f"at step {self._step}"
        losses: deque[float] = deque(maxlen=_LOSSES)
        seen, since = 0, time.monotonic()
        self._model.train()
        while not self._done():
            batch = next(self._batches)
            losses.append(self._learn(batch))
            seen += int(batch.mask.sum())
            if self._step % _LOGGED_EVERY == 0:
                speed = seen / (time.monotonic() - since)
                mean = sum(losses) / len(losses)
                yield (f"{self._step} loss {mean:.4f} rate {self._rate():.2e} {speed:.0f} tokens/s")
                seen, since = 0, time.monotonic()
            if self._step % self._options.measured_every == 0 or self._done():
                self._save()
                self._swap()
                yield f"{self._step} average: {self._examination.report(self._model)}"
                self._swap()
                seen, since = 0, time.monotonic()
        self._swap()
        save_file(reader_model.trained(self._model), self._out / FINAL, metadata={"format": "pt"})
        yield f"wrote {self._out / FINAL}"

    def _learn(self, batch: Batch) -> float:
        self._look_for_decay()
        for group in self._optimiser.param_groups:
            group["lr"] = self._rate()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = self._model.bert(input_ids=batch.ids, attention_mask=batch.mask)[0]
            logits = self._model.qa_outputs(hidden)
        value = loss(logits, batch.allowed, batch.starts, batch.ends, batch.groups)
        self._optimiser.zero_grad()
        torch.autograd.backward(value)
        torch.nn.utils.clip_grad_norm_(self._weights, 1.0)
        self._optimiser.step()
        self._step += 1
        if self._step % _AVERAGED_EVERY == 0:
            # Young weights are not worth remembering, and in decay the new ones are the best.
            memory = min(_MEMORY, (1 + self._step) / (10 + self._step))
            if self._step > self._decay_from:
                memory = _MEMORY_IN_DECAY
            for average, weight in zip(self._average, self._weights, strict=True):
                average.lerp_(weight.detach(), 1 - memory**_AVERAGED_EVERY)
        return value.item()

    def _rate(self) -> float:
        """The rate of the coming step."""
        warm = min(1.0, (self._step + 1) / self._options.warm_up)
        into = self._step - self._decay_from
        cooled = 1.0 if into <= 0 else max(0.0, 1 - into / self._decay)
        return self._options.rate * warm * cooled

    def _look_for_decay(self) -> None:
        if self._step < self._decay_from and (self._out / DECAY).exists():
            self._decay_from = self._step
            self._decay = int((self._out / DECAY).read_text("utf-8"))

    def _done(self) -> bool:
        return self._step >= self._decay_from + self._decay

    def _swap(self) -> None:
        """Exchange the weights and their average."""
        for weight, average in zip(self._weights, self._average, strict=True):
            kept = weight.data.clone()
            weight.data.copy_(average)
            average.copy_(kept)

    def _save(self) -> None:
        path = self._out / CHECKPOINT
        names = [name for name, p in self._model.named_parameters() if p.requires_grad]
        state: dict[str, Any] = {
            "model": reader_model.trained(self._model),
            "average": dict(zip(names, self._average, strict=True)),
            "optimiser": self._optimiser.state_dict(),
            "step": self._step,
            "decay": (self._decay_from, self._decay),
        }
        unfinished = path.with_suffix(".new")
        torch.save(state, unfinished)
        unfinished.replace(path)  # a kill while writing leaves the one before

    def _resume(self) -> None:
        state = torch.load(self._out / CHECKPOINT, weights_only=True)
        self._model.load_state_dict(state["model"], strict=False)  # the embeddings stay
        self._average = list(state["average"].values())
        self._optimiser.load_state_dict(state["optimiser"])
        self._step = state["step"]
        if state["step"] > state["decay"][0]:
            self._decay_from, self._decay = state["decay"]


def blended(trained: Path, start: Path, share: float, out: Path) -> None:
    """Write `share` of the weights in `trained` plus the rest of those in `start` (safetensors).

    Raises ValueError where the two are not of one form.
    """
    one, other = load_file(trained), load_file(start)
    forms = [{name: tensor.shape for name, tensor in some.items()} for some in (one, other)]
    if forms[0] != forms[1]:
        raise ValueError(f"{trained} and {start} hold weights of different names or shapes.")
    mean = {name: share * one[name] + (1 - share) * other[name] for name in one}
    save_file({name: tensor.contiguous() for name, tensor in mean.items()}, out)
