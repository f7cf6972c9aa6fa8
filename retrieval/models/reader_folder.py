"""The shipped reader as an ordinary Hugging Face folder, for those who go on from it.

The ONNX file holds all but the word embeddings, which the encoder's folder has. Its
matrices lie the other way round than a torch Linear's, (inputs, outputs). Those of
MatMulInteger are int8 with one scale an output: a byte stands for
(byte - zero point) * scale, and the three tensors share a name but for its ending.
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
_PRODUCT = re.compile(r"/(?P<module>(?:bert/|qa_outputs).*?)/MatMul(?:_quant)?")


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

    Raises ValueError for a product whose module can't be told, and for a bias without
    its matrix: the file was quantised in some other way.
    """
    from onnx import numpy_helper

    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    found = {
        name.removeprefix(_PREFIX): tensor.astype(np.float32)
        for name, tensor in stored.items()
        if name.startswith(_PREFIX)
    }
    for node in model.graph.node:
        if node.op_type == "MatMulInteger":
            name = node.input[1].removesuffix("_quantized")
            matrix = dequantised(
                stored[f"{name}_quantized"], stored[f"{name}_scale"], stored[f"{name}_zero_point"]
            )
        elif node.op_type == "MatMul" and node.input[1] in stored:
            matrix = np.ascontiguousarray(stored[node.input[1]].T)
        else:
            continue
        product = _PRODUCT.fullmatch(node.name)
        if product is None:
            raise ValueError(f"{node.name} is not a product of this reader")
        found[f"{product['module'].replace('/', '.')}.weight"] = matrix
    for bias in [name for name in found if name.endswith(".bias")]:
        if f"{bias.removesuffix('bias')}weight" not in found:
            raise ValueError(f"{bias} has no matrix; was the reader quantised in another way?")
    return found


def dequantised(
    matrix: NDArray[np.int8], scales: NDArray[np.float32], zeros: NDArray[np.int8]
) -> Array:
    """The weight (outputs, inputs) of an int8 matrix (inputs, outputs).

    `scales` and `zeros` (zero points) have shape (outputs,).
    """
    # In fp32, for a difference of two int8 may not fit in one.
    values = (matrix.astype(np.float32) - zeros.astype(np.float32)) * scales
    return np.ascontiguousarray(values.T, dtype=np.float32)


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
