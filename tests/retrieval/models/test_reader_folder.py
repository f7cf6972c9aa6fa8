import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

import retrieval.models
from retrieval.models import shipped
from retrieval.models.reader_folder import dequantised, write
from retrieval.models.reader_tokens import MAX_TOKENS, SPLIT, tokenizer

READER = Path(retrieval.models.__file__).parent / "reader"
PAIRS = [
    ("誰が会談した?", "外相会談\n大臣は9月3日、首相と会談した。雨のため空港は閉じた。"),
    ("When did the meeting open?", "会議は2024年に東京で開かれた。"),
    ("なぜ閉じた?", "大雨のため、空港は夕方から閉じられた。" * 6),
]


def logits(reader: Path, encoder: Path, ids: torch.Tensor) -> np.ndarray:
    """The logits of an exported reader."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        reader / "model.onnx", options, providers=["CPUExecutionProvider"]
    )
    words = load_file(encoder / "model.safetensors")["embeddings.word_embeddings.weight"].float()
    feed = {"words": words[ids].numpy(), "mask": np.ones(ids.shape, np.int64)}
    (found,) = session.run(None, feed)
    return np.asarray(found)


def read(model: Any, given: Any) -> np.ndarray:
    """The logits of the Hugging Face folder."""
    with torch.no_grad():
        output = model.eval()(**given)
    return torch.stack([output.start_logits, output.end_logits], -1).numpy()


def in_bytes(_: torch.nn.Module, given: tuple[torch.Tensor]) -> torch.Tensor:
    """What DynamicQuantizeLinear leaves of a product's activations."""
    low, high = given[0].min().clamp(max=0), given[0].max().clamp(min=0)
    scale = (high - low) / 255
    zero = (-low / scale).round()
    return (((given[0] / scale).round() + zero).clamp(0, 255) - zero) * scale


def compare(reader: Path, encoder: Path, folder: Path, *, exact: float, plain: float) -> None:
    """The Hugging Face folder reads as the ONNX file does.

    On average a text's logits agree to `exact` where the layers' activations are rounded
    as the file has it, and to `plain` where they are fp32.
    """
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    write(reader, encoder, folder)
    tokens = AutoTokenizer.from_pretrained(folder)
    model, loading = AutoModelForQuestionAnswering.from_pretrained(
        folder, attn_implementation="eager", output_loading_info=True
    )
    assert not any(loading.values())
    layers = [m for m in model.bert.encoder.modules() if isinstance(m, torch.nn.Linear)]
    for question, text in PAIRS:
        given = tokens(question, text, return_tensors="pt")
        assert given["input_ids"][0].tolist() == tokenizer(encoder).encode(question, text).ids
        theirs = logits(reader, encoder, given["input_ids"])
        difference = np.abs(read(model, given) - theirs)
        assert difference.mean() < plain
        hooks = [layer.register_forward_pre_hook(in_bytes) for layer in layers]
        difference = np.abs(read(model, given) - theirs)
        assert difference.mean() < exact
        for hook in hooks:
            hook.remove()


def test_int8_becomes_a_weight() -> None:
    matrix = np.array([[127, -127], [1, 0], [-128, 2]], dtype=np.int8)
    scales, zeros = np.array([0.5, 2.0], np.float32), np.array([0, 3], np.int8)
    weight = dequantised(matrix, scales, zeros)
    assert weight.tolist() == [[63.5, 0.5, -64.0], [-260.0, -6.0, -2.0]]


def test_making_is_explained_without_its_packages() -> None:
    command = [sys.executable, "-m", "retrieval.models.make_reader", "folder", "--help"]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "--reader" in said.stdout


@pytest.fixture
def small_encoder(tmp_path: Path) -> Path:
    """An encoder of two layers, 32 wide, with the shipped tokenizer and random weights."""
    from transformers import BertConfig, BertModel

    folder = tmp_path / "encoder"
    folder.mkdir()
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (folder / name).write_bytes((shipped("encoder") / name).read_bytes())
    config = json.loads((shipped("encoder") / "config.json").read_text("utf-8")) | {
        "hidden_size": 32,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "intermediate_size": 96,
        "initializer_range": 0.3,
    }
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    torch.manual_seed(3)
    model = BertModel(BertConfig.from_pretrained(folder), add_pooling_layer=False)
    for name, weight in model.named_parameters():
        # Trained ones are never alike; the exporter would write alike ones once.
        if weight.dim() == 1:
            torch.nn.init.normal_(weight, float(name.endswith("weight")), 0.1)
    save_file(
        {name: tensor.half() for name, tensor in model.state_dict().items()},
        folder / "model.safetensors",
        metadata={"format": "pt"},
    )
    return folder


def test_exported_small_reader_comes_back(small_encoder: Path, tmp_path: Path) -> None:
    for package in ("onnx", "onnx_ir"):
        pytest.importorskip(package, reason="of the extra `models`")
    from retrieval.models.reader_export import export

    reader = tmp_path / "reader"
    reader.mkdir()
    head = {"qa_outputs.weight": torch.randn(2, 32), "qa_outputs.bias": torch.randn(2)}
    save_file(head, tmp_path / "trained.safetensors")
    export(tmp_path / "trained.safetensors", small_encoder, reader / "model.onnx")
    settings = {"split": SPLIT, "max_tokens": MAX_TOKENS}
    (reader / "reader.json").write_text(json.dumps(settings), encoding="utf-8")
    compare(reader, small_encoder, tmp_path / "folder", exact=1e-4, plain=0.3)


@pytest.mark.models
@pytest.mark.skipif(not (READER / "model.onnx").exists(), reason="no reader is shipped here")
def test_shipped_reader_comes_out_as_a_hugging_face_folder(tmp_path: Path) -> None:
    pytest.importorskip("onnx", reason="of the extra `models`")
    # Over twelve layers one activation that rounds the other way is felt in all logits.
    compare(shipped("reader"), shipped("encoder"), tmp_path, exact=0.4, plain=0.5)


@pytest.mark.skipif(not (READER / "reader.json").exists(), reason="no reader is shipped here")
def test_shipped_reader_reads_as_it_was_trained() -> None:
    settings = json.loads((READER / "reader.json").read_text("utf-8"))
    assert (settings["split"], settings["max_tokens"]) == (SPLIT, MAX_TOKENS)
