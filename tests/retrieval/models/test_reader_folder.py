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


def logits(model: Any, encoder: Path, ids: torch.Tensor, *, exact: bool) -> np.ndarray:
    """The logits of an exported reader; `exact`: with activations in fp32 instead of int8."""
    import onnxruntime

    for node in model.graph.node:
        for attribute in node.attribute:
            if exact and attribute.name == "accuracy_level":
                attribute.i = 1
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    words = load_file(encoder / "model.safetensors")["embeddings.word_embeddings.weight"].float()
    feed = {"words": words[ids].numpy(), "mask": np.ones(ids.shape, np.int64)}
    (found,) = session.run(None, feed)
    return np.asarray(found)


def compare(reader: Path, encoder: Path, folder: Path) -> None:
    """The Hugging Face folder reads as the ONNX file does."""
    import onnx
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    write(reader, encoder, folder)
    tokens = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForQuestionAnswering.from_pretrained(folder).eval()
    for question, text in PAIRS:
        given = tokens(question, text, return_tensors="pt")
        assert given["input_ids"][0].tolist() == tokenizer(encoder).encode(question, text).ids
        with torch.no_grad():
            output = model(**given)
        ours = torch.stack([output.start_logits, output.end_logits], -1).numpy()
        for exact, tolerance in ((True, 1e-3), (False, 0.5)):
            exported = onnx.load(reader / "model.onnx")
            theirs = logits(exported, encoder, given["input_ids"], exact=exact)
            np.testing.assert_allclose(ours, theirs, atol=tolerance, rtol=0)


def test_blocks_become_a_matrix() -> None:
    blocks = np.array([[[128, 129], [0, 255]], [[127, 128], [130, 9]]], dtype=np.uint8)
    scales = np.array([[0.5, 2.0], [1.0, 0.25]], dtype=np.float32)
    assert dequantised(blocks, scales, 3).tolist() == [[0.0, 0.5, -256.0], [-1.0, 0.0, 0.5]]


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
    compare(reader, small_encoder, tmp_path / "folder")


@pytest.mark.models
@pytest.mark.skipif(not (READER / "model.onnx").exists(), reason="no reader is shipped here")
def test_shipped_reader_comes_out_as_a_hugging_face_folder(tmp_path: Path) -> None:
    pytest.importorskip("onnx", reason="of the extra `models`")
    compare(shipped("reader"), shipped("encoder"), tmp_path)


@pytest.mark.skipif(not (READER / "reader.json").exists(), reason="no reader is shipped here")
def test_shipped_reader_reads_as_it_was_trained() -> None:
    settings = json.loads((READER / "reader.json").read_text("utf-8"))
    assert (settings["split"], settings["max_tokens"]) == (SPLIT, MAX_TOKENS)
