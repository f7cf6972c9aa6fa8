"""What tuning changed in the encoder, kept as a LoRA adapter in PEFT's format (Hu et al. 2022).

It is 3 % of the encoder's size, so that a sharper encoder costs the package little and the
encoder beside it stays the one that the reader shares its words with. Adding it takes a
matrix product a layer; PEFT itself is only needed to train.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.models import shipped

_WEIGHTS, _CONFIG = "adapter_model.safetensors", "adapter_config.json"
_PREFIX, _DOWN, _UP = "base_model.model.", ".lora_A.weight", ".lora_B.weight"

Array = NDArray[np.float32]


def changes(folder: Path) -> Iterator[tuple[str, Array]]:
    """What to add to each of the encoder's weights: its name there, and a matrix of its shape.

    Raises ValueError for a folder with anything else in it than pairs of LoRA's matrices.
    """
    from safetensors.numpy import load_file

    config: Mapping[str, Any] = json.loads((folder / _CONFIG).read_text("utf-8"))
    scale = config["lora_alpha"] / config["r"]
    stored = load_file(folder / _WEIGHTS)
    downs = sorted(name for name in stored if name.endswith(_DOWN))
    if 2 * len(downs) != len(stored):
        raise ValueError(f"{folder / _WEIGHTS} holds more than pairs of lora_A and lora_B")
    for name in downs:
        module = name.removeprefix(_PREFIX).removesuffix(_DOWN)
        down, up = stored[name], stored[name.removesuffix(_DOWN) + _UP]
        yield f"{module}.weight", scale * (up.astype(np.float32) @ down.astype(np.float32))


def add(model: Any, folder: Path) -> None:  # noqa: ANN401 - a SentenceTransformer
    """Add the adapter in a folder to a loaded encoder, in place. Raises ValueError, KeyError."""
    import torch

    weights: dict[str, torch.Tensor] = model[0].auto_model.state_dict()
    with torch.no_grad():
        for name, change in changes(folder):
            weights[name] += torch.from_numpy(change).to(weights[name].dtype)


def whole(out: Path) -> Path:
    """The folder of the shipped encoder with the shipped adapter in it, made anew at `out`."""
    shutil.rmtree(out, ignore_errors=True)
    write_whole(shipped("encoder"), shipped("adapter"), out)
    return out


def write_whole(encoder: Path, folder: Path, out: Path) -> None:
    """Write the encoder with the adapter added: an ordinary sentence-transformers folder, fp16.

    Raises FileExistsError when `out` is there.
    """
    from safetensors.numpy import load_file, save_file

    shutil.copytree(encoder, out)
    weights = load_file(out / "model.safetensors")
    for name, change in changes(folder):
        kind = weights[name].dtype
        weights[name] = (weights[name].astype(np.float32) + change).astype(kind)
    save_file(weights, out / "model.safetensors", metadata={"format": "pt"})
