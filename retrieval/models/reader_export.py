"""From trained weights to the file that ships: ONNX, word embeddings in, 8-bit matrices.

The words go in as vectors, for the encoder's file has them already. The layers' matrices
are int8 with one scale an output, their activations made int8 as they come. On 400
held-out questions that keeps F1 (.737, fp32 .739) at half the time (46 ms for a window of
200 tokens, fp32 93 ms); blocks of 64 with a scale each read as well (.742) in 69 ms.
What the quantiser would take besides, the position and type tables and the head, is 0.6 MB.
It stays fp32, for with it an earlier checkpoint fell from .751 to .727.
"""

from __future__ import annotations

import re
import tempfile
import warnings
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file

from retrieval.models import reader_model

# Products that stay fp32: the answer's head, and attention's of activations with each other,
# which the quantiser leaves alone by default; naming them keeps that from resting on a default.
_KEPT = re.compile(r"self/MatMul|qa_outputs")


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
    weights = trained_weights(checkpoint)
    # Eager attention is traced to plain products, under the names that _KEPT knows.
    model = reader_model.build(encoder, weights, attention="eager").eval()
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "model.onnx"
        _write(_OnWords(model), model.config.hidden_size, whole)
        quantise(whole, out)


def quantise(whole: Path, out: Path) -> None:
    """Write the fp32 model `whole` to `out` with its layers' matrices in int8."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    names = [node.name for node in onnx.load(whole).graph.node if node.op_type == "MatMul"]
    quantize_dynamic(
        whole,
        out,
        weight_type=QuantType.QInt8,
        per_channel=True,
        # Seven bits of weight: with eight, products of int8 saturate in some kernels, and
        # reading loses a point of F1.
        reduce_range=True,
        # Without this the tables that are only looked up in, positions and types, go too.
        op_types_to_quantize=["MatMul"],
        nodes_to_exclude=[name for name in names if _KEPT.search(name)],
    )


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
