"""From trained weights to the file that ships: ONNX, word embeddings in, 8-bit matrices.

The words go in as vectors, for the encoder's file has them already. Matrices are kept
as blocks of 64 bytes with a scale each (MatMulNBits), computed with int8 activations:
dynamic int8 quantisation, one scale a channel, cost 2.5 points of F1.
"""

from __future__ import annotations

import logging
import tempfile
import warnings
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file

from retrieval.models import reader_model

_BITS, _BLOCK, _INT8_ACTIVATIONS = 8, 64, 4


class _OnWords(torch.nn.Module):
    """Words (rows, tokens, hidden) and mask (rows, tokens) to logits (rows, tokens, 2)."""

    def __init__(self, model: Any) -> None:  # noqa: ANN401 - see reader_model
        super().__init__()
        self.m = model

    def forward(self, words: torch.Tensor, mask: torch.Tensor) -> Any:  # noqa: ANN401
        hidden = self.m.bert(inputs_embeds=words, attention_mask=mask)[0]
        return self.m.qa_outputs(hidden)


def trained_weights(path: Path) -> reader_model.Tensors:
    """The weights of a finished training, or the average in a checkpoint (`.pt`)."""
    if path.suffix == ".safetensors":
        return load_file(path)
    average: reader_model.Tensors = torch.load(path, map_location="cpu", weights_only=True)[
        "average"
    ]
    return average


def export(checkpoint: Path, encoder: Path, out: Path) -> None:
    """Write model.onnx. Needs the extra `models`."""
    import onnx
    from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

    # It tells of every node that it passes by.
    logging.getLogger("onnxruntime").setLevel(logging.WARNING)
    weights = trained_weights(checkpoint)
    # Fused attention has no ONNX form that the quantiser knows.
    model = reader_model.build(encoder, weights, attention="eager").eval()
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "model.onnx"
        _write(_OnWords(model), model.config.hidden_size, whole)
        quantiser = MatMulNBitsQuantizer(
            onnx.load(whole),
            bits=_BITS,
            block_size=_BLOCK,
            is_symmetric=True,
            accuracy_level=_INT8_ACTIVATIONS,
        )
        quantiser.process()
        quantiser.model.save_model_to_file(str(out), False)


def _write(model: torch.nn.Module, hidden: int, path: Path) -> None:
    words, mask = torch.randn(2, 17, hidden), torch.ones(2, 17, dtype=torch.long)
    free = {0: "rows", 1: "tokens"}
    with warnings.catch_warnings():
        # The exporter by tracing is the one whose graph the quantiser knows; it is called old.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model,
            (words, mask),
            str(path),
            input_names=["words", "mask"],
            output_names=["logits"],
            dynamic_axes={"words": free, "mask": free, "logits": free},
            opset_version=17,
            dynamo=False,
        )
