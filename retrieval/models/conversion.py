"""From an E5S1 container to an ordinary sentence-transformers folder."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import (
    AddedToken,
    Regex,
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
)

from retrieval.models.e5s1 import Array, Container, Shape

WORDS = "embeddings.word_embeddings.weight"

# By layer: the container's name, BERT's name, and (rows, columns) by the fields of
# `Shape`; LayerNorm has no columns.
_LAYER = (
    ("q", "attention.self.query", ("hidden", "hidden")),
    ("k", "attention.self.key", ("hidden", "hidden")),
    ("v", "attention.self.value", ("hidden", "hidden")),
    ("ao", "attention.output.dense", ("hidden", "hidden")),
    ("aln", "attention.output.LayerNorm", ("hidden",)),
    ("fi", "intermediate.dense", ("feed_forward", "hidden")),
    ("fo", "output.dense", ("hidden", "feed_forward")),
    ("oln", "output.LayerNorm", ("hidden",)),
)


def weights(container: Container) -> dict[str, Array]:
    """The tensors by the names of transformers' BertModel, fp32."""
    shape, read = container.shape, container.tensor
    hidden = shape.hidden
    tensors = {
        WORDS: read("emb.word", shape.vocabulary, hidden),
        "embeddings.position_embeddings.weight": read("emb.pos", shape.positions, hidden),
        "embeddings.token_type_embeddings.weight": read("emb.type", shape.token_types, hidden),
        "embeddings.LayerNorm.weight": read("emb.ln.w", hidden),
        "embeddings.LayerNorm.bias": read("emb.ln.b", hidden),
        # Mean pooling never reads BERT's pooler, but BertModel warns when it is not there.
        "pooler.dense.weight": np.zeros((hidden, hidden), np.float32),
        "pooler.dense.bias": np.zeros(hidden, np.float32),
    }
    for layer in range(shape.layers):
        for short, name, sizes in _LAYER:
            full = f"encoder.layer.{layer}.{name}"
            rows, *columns = (getattr(shape, size) for size in sizes)
            tensors[f"{full}.weight"] = read(f"l{layer}.{short}.w", rows, *columns)
            tensors[f"{full}.bias"] = read(f"l{layer}.{short}.b", rows)
    return tensors


def tokenizer(container: Container) -> Tokenizer:
    """The XLM-RoBERTa tokenizer of multilingual-e5, with the container's pieces."""
    tokens = Tokenizer(
        models.Unigram(list(container.pieces), unk_id=container.unknown, byte_fallback=False)
    )
    tokens.normalizer = normalizers.Sequence(
        [normalizers.Precompiled(_nmt_nfkc()), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokens.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokens.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokens.add_special_tokens(
        [
            *(
                AddedToken(name, special=True, normalized=False)
                for name in ("<s>", "<pad>", "</s>", "<unk>")
            ),
            AddedToken("<mask>", special=True, normalized=False, lstrip=True),
        ]
    )
    tokens.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[(name, tokens.token_to_id(name)) for name in ("<s>", "</s>")],
    )
    return tokens


def write_settings(folder: Path, shape: Shape, vocabulary: int) -> None:
    """Write all of a sentence-transformers folder but the weights and the tokenizer."""
    for name, content in _settings(shape, vocabulary).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8", newline="\n")


def _nmt_nfkc() -> bytes:
    """SentencePiece's normalisation rules, which it gives only inside a trained model."""
    # Of the extra `models`: only making needs it.
    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2

    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["any few words will do", "for the rules are always the same"] * 20),
        model_writer=model,
        vocab_size=32,
        normalization_rule_name="nmt_nfkc",
        hard_vocab_limit=False,
        minloglevel=2,
    )
    parsed = sentencepiece_model_pb2.ModelProto()
    parsed.ParseFromString(model.getvalue())
    return bytes(parsed.normalizer_spec.precompiled_charsmap)


def _settings(shape: Shape, vocabulary: int) -> dict[str, Any]:
    modules = "sentence_transformers.base.modules"
    pooling = "sentence_transformers.sentence_transformer.modules.pooling.Pooling"
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.feed_forward,
            "hidden_act": "gelu",
            "vocab_size": vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.token_types,
            "layer_norm_eps": 1e-12,
            "pad_token_id": 0,
            "position_embedding_type": "absolute",
            "hidden_dropout_prob": 0.1,
            "attention_probs_dropout_prob": 0.1,
            "initializer_range": 0.02,
            # Computed in fp32 whatever is stored: processors are slow at fp16.
            "dtype": "float32",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{modules}.transformer.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": pooling},
            {
                "idx": 2,
                "name": "2",
                "path": "2_Normalize",
                "type": f"{modules}.normalize.Normalize",
            },
        ],
        "1_Pooling/config.json": {
            "embedding_dimension": shape.hidden,
            "pooling_mode": "mean",
            "include_prompt": True,
        },
        "2_Normalize/config.json": {
            "module_input_name": "sentence_embedding",
            "module_output_name": "sentence_embedding",
        },
        "sentence_bert_config.json": {
            "transformer_task": "feature-extraction",
            "modality_config": {
                "text": {"method": "forward", "method_output_name": "last_hidden_state"}
            },
            "module_output_name": "token_embeddings",
        },
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": {"query": "query: ", "passage": "passage: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": 512,
            "bos_token": "<s>",
            "eos_token": "</s>",
            "unk_token": "<unk>",
            "pad_token": "<pad>",
            "cls_token": "<s>",
            "sep_token": "</s>",
            "mask_token": "<mask>",
            "clean_up_tokenization_spaces": False,
        },
    }
