"""The shipped reader as an ordinary Hugging Face folder, for those who go on from it.

The ONNX file holds all but the word embeddings, which the encoder's folder has. Its
matrices are in blocks (ONNX Runtime's operator MatMulNBits, `com.microsoft`): `B` has
shape (outputs, blocks, bytes a block), its bytes stand for (byte - 128) * scale of the
block; that is a torch Linear's weight as it lies.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

if TYPE_CHECKING:
    import onnx

Array = NDArray[np.float32]

_WORDS = "embeddings.word_embeddings.weight"
# The exporter's prefix of parameters, and its path of a module's product.
_PREFIX = "m."
_PRODUCT = re.compile(r"/(?P<module>(?:bert|qa_outputs).*?)/MatMul")
_MIDDLE = 128  # what a byte is for a weight of 0, where no zero points are given


def write(reader: Path, encoder: Path, out: Path) -> None:
    """Write a folder for `AutoModelForQuestionAnswering` and `AutoTokenizer`.

    `reader` is a folder with model.onnx and reader.json, `encoder` one with the words.
    Needs the extra `models`. Raises ValueError when the file is not such a reader.
    """
    import onnx

    out.mkdir(parents=True, exist_ok=True)
    settings = json.loads((reader / "reader.json").read_text("utf-8"))
    tensors = weights(onnx.load(reader / "model.onnx"))
    tensors[f"bert.{_WORDS}"] = load_file(encoder / "model.safetensors")[_WORDS].astype(np.float32)
    save_file(tensors, out / "model.safetensors", metadata={"format": "pt"})

    tokens = _json(encoder / "tokenizer.json")
    tokens["pre_tokenizer"] = _pre_tokenizer(settings["split"])
    _write_json(out / "tokenizer.json", tokens)
    _write_json(
        out / "tokenizer_config.json",
        _json(encoder / "tokenizer_config.json")
        | {
            "model_max_length": settings["max_tokens"],
            # Both texts are of one type; it is the only one that was trained.
            "model_input_names": ["input_ids", "attention_mask"],
        },
    )
    _write_json(
        out / "config.json",
        _json(encoder / "config.json") | {"architectures": ["BertForQuestionAnswering"]},
    )


def weights(model: onnx.ModelProto) -> dict[str, Array]:
    """The weights in an exported reader by the names of BertForQuestionAnswering, fp32.

    Raises ValueError for a product whose module can't be told, or with zero points.
    """
    from onnx import numpy_helper

    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    found = {
        name.removeprefix(_PREFIX): tensor.astype(np.float32)
        for name, tensor in stored.items()
        if name.startswith(_PREFIX)
    }
    for node in model.graph.node:
        if node.op_type != "MatMulNBits":
            continue
        module = _PRODUCT.match(node.name)
        if module is None or len([name for name in node.input if name]) != 3:
            raise ValueError(f"{node.name} is not a product of this reader")
        sizes = {attribute.name: attribute.i for attribute in node.attribute}
        _, blocks, scales = node.input
        name = f"{module['module'].replace('/', '.')}.weight"
        found[name] = dequantised(stored[blocks], stored[scales], sizes["K"])
    return found


def dequantised(blocks: NDArray[np.uint8], scales: NDArray[Any], inputs: int) -> Array:
    """The matrix (outputs, inputs) of 8-bit blocks, the last block's padding cut off."""
    outputs = blocks.shape[0]
    values = blocks.astype(np.float32) - _MIDDLE
    values *= scales.reshape(outputs, -1, 1).astype(np.float32)
    return np.ascontiguousarray(values.reshape(outputs, -1)[:, :inputs])


def _pre_tokenizer(split: str) -> dict[str, Any]:
    return {
        "type": "Sequence",
        "pretokenizers": [
            {
                "type": "Split",
                "pattern": {"Regex": split},
                "behavior": "Isolated",
                "invert": False,
            },
            {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": True},
        ],
    }


def _json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


def _write_json(path: Path, content: dict[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
