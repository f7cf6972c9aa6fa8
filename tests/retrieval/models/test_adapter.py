"""The adapter in PEFT's format: what it adds, and the folder with it in for others."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file, save_file

from retrieval.embed import Embedder
from retrieval.models import adapter, shipped

NAME = "encoder.layer.0.output.dense"
DOWN = np.array([[1.0, 2.0, 0.0]], dtype=np.float16)
UP = np.array([[0.5], [0.0]], dtype=np.float16)
# (lora_alpha / r) * up @ down
CHANGE = np.array([[1.0, 2.0, 0.0], [0.0, 0.0, 0.0]], dtype=np.float32)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "adapter")


def written(folder: Path, **more: np.ndarray) -> Path:
    folder.mkdir()
    (folder / "adapter_config.json").write_text(json.dumps({"r": 1, "lora_alpha": 2}), "utf-8")
    prefix = f"base_model.model.{NAME}"
    matrices = {f"{prefix}.lora_A.weight": DOWN, f"{prefix}.lora_B.weight": UP} | more
    save_file(matrices, folder / "adapter_model.safetensors")
    return folder


def test_a_change_has_the_name_and_shape_of_the_weight(folder: Path) -> None:
    ((name, change),) = adapter.changes(folder)
    assert name == f"{NAME}.weight"
    np.testing.assert_array_equal(change, CHANGE)


def test_it_is_added_to_a_loaded_model_in_place(folder: Path) -> None:
    module = torch.nn.Linear(3, 2)
    before = module.weight.detach().clone()
    named = SimpleNamespace(state_dict=lambda: {f"{NAME}.weight": module.weight})
    adapter.add([SimpleNamespace(auto_model=named)], folder)
    np.testing.assert_allclose((module.weight - before).detach().numpy(), CHANGE, atol=1e-6)


def test_a_model_without_the_layer_is_an_error(folder: Path) -> None:
    with pytest.raises(KeyError):
        adapter.add([SimpleNamespace(auto_model=torch.nn.Linear(3, 2))], folder)


def test_anything_else_in_the_file_is_an_error(tmp_path: Path) -> None:
    odd = written(tmp_path / "odd", magnitude=np.zeros(1, dtype=np.float16))
    with pytest.raises(ValueError, match="more than pairs"):
        list(adapter.changes(odd))


def test_the_folder_for_others_holds_the_sum_in_the_encoders_type(
    folder: Path, tmp_path: Path
) -> None:
    encoder = tmp_path / "encoder"
    encoder.mkdir()
    (encoder / "config.json").write_text("{}", "utf-8")
    weight = np.ones((2, 3), dtype=np.float16)
    save_file({f"{NAME}.weight": weight}, encoder / "model.safetensors")
    adapter.write_whole(encoder, folder, tmp_path / "out")
    stored = load_file(tmp_path / "out" / "model.safetensors")[f"{NAME}.weight"]
    assert stored.dtype == np.float16
    np.testing.assert_array_equal(stored, weight + CHANGE)
    assert (tmp_path / "out" / "config.json").exists()
    with pytest.raises(FileExistsError):
        adapter.write_whole(encoder, folder, tmp_path / "out")


@pytest.mark.models
def test_the_folder_for_others_embeds_as_kiji_does(tmp_path: Path) -> None:
    texts = ["港の市場が開いた。", "The school on the hill closed in March."]
    ours = np.array(Embedder().passages(texts))
    theirs = np.array(Embedder(str(adapter.whole(tmp_path / "whole"))).passages(texts))
    alone = np.array(Embedder(str(shipped("encoder"))).passages(texts))
    assert (ours * theirs).sum(1) == pytest.approx(1, abs=1e-4)
    assert (ours * alone).sum(1) != pytest.approx(1, abs=1e-2)
