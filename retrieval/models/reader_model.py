"""The reader in torch: the encoder's transformer with a start and an end for each token."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file

# transformers' names of what stays as the encoder has it.
EMBEDDINGS = "bert.embeddings."

Tensors = dict[str, torch.Tensor]


class RowDropout(torch.nn.Module):
    """Dropout with one draw a row and feature, the same for all tokens (Gal & Ghahramani 2016).

    On a processor, drawing for each token is a good part of a step.
    """

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p  # what attention looks at, too

    def forward(self, hidden: torch.Tensor) -> torch.Tensor:
        """Hidden states of shape (rows, tokens, features), in training some features at 0."""
        if not self.training or self.p == 0:
            return hidden
        rows, _, features = hidden.shape
        kept = (torch.rand(rows, 1, features) >= self.p).to(hidden.dtype)
        return hidden * (kept / (1 - self.p))


def build(encoder: Path, start: Tensors, dropout: float = 0.1, attention: str = "sdpa") -> Any:  # noqa: ANN401
    """A BertForQuestionAnswering with the encoder's embeddings and the weights in `start`.

    `start` holds `qa_outputs.*`, and of `bert.encoder.*` what is not to be the encoder's.
    The result is Any, for transformers' types do not say what it has.
    Raises RuntimeError when the names do not fit.
    """
    from transformers import BertConfig, BertForQuestionAnswering

    config = BertConfig.from_pretrained(encoder)
    config.hidden_dropout_prob = dropout
    config.attention_probs_dropout_prob = 0.0
    config._attn_implementation = attention
    model: Any = BertForQuestionAnswering(config)
    weights = {
        f"bert.{name}": tensor.float()
        for name, tensor in load_file(encoder / "model.safetensors").items()
        if not name.startswith("pooler")
    }
    weights |= {name: tensor.float() for name, tensor in start.items()}
    model.load_state_dict(weights)
    model.bert.embeddings.requires_grad_(False)
    return model


def share_dropout(model: torch.nn.Module, p: float) -> None:
    """Put RowDropout in the place of each dropout; attention gets none."""
    for module in list(model.modules()):
        for name, child in list(module.named_children()):
            if isinstance(child, torch.nn.Dropout):
                attends = type(module).__name__ == "BertSelfAttention"
                setattr(module, name, RowDropout(0.0 if attends else p))


def trained(model: torch.nn.Module) -> Tensors:
    """The weights that training changes, by transformers' names."""
    return {
        name: tensor
        for name, tensor in model.state_dict().items()
        if not name.startswith(EMBEDDINGS)
    }
