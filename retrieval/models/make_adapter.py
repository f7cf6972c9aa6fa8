"""Tune the shipped encoder for questions to passages; what changes is kept as a small adapter.

    python -m retrieval.models.make_adapter pairs READER_DATA TRIPLES.jsonl [--count N]
    python -m retrieval.models.make_adapter train TRIPLES.jsonl OUT [--rank N]
    python -m retrieval.models.make_adapter folder OUT     the encoder with it, for others

READER_DATA is what `make_reader data` wrote. Sentence-transformers' trainer with its
MultipleNegativesRankingLoss (in-batch negatives and a mined one), LoRA (Hu et al. 2022) on
all linear layers, embeddings as they are: the reader shares them. Needs the extra `models`.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from retrieval.embed import Embedder
from retrieval.models import adapter, shipped
from retrieval.models.encoder_pairs import Passages, triples
from retrieval.models.reader_data import Dataset, records

# e5 was trained with a temperature of .01; its cosines lie close together.
_SCALE = 100.0
# Tokens of a passage that are trained on; few have more, and a batch is as wide as its longest.
_LONGEST = 144
_LINEAR = ["query", "key", "value", "attention.output.dense", "intermediate.dense", "output.dense"]


def pairs(given: argparse.Namespace) -> None:
    """Write the triples, mined with the encoder as it is without an adapter."""
    import torch

    data, encoder = Dataset.load(given.data), Embedder(str(shipped("encoder")))
    passages = Passages.of(data.contexts)
    print(f"{len(passages.texts):,} passages", flush=True)
    with torch.autocast("cpu", dtype=torch.bfloat16):  # near enough to mine with
        vectors = np.asarray(encoder.passages(passages.texts), dtype=np.float32)
    print("embedded", flush=True)
    with given.out.open("w", encoding="utf-8", newline="\n") as file:
        for triple in triples(data, passages, vectors, encoder, given.count):
            file.write(json.dumps(asdict(triple), ensure_ascii=False) + "\n")
    print(f"wrote {given.out}")


def train(given: argparse.Namespace) -> None:
    """Train the adapter: LoRA on every linear layer."""
    import torch
    from datasets import Dataset as Table
    from peft import LoraConfig, get_peft_model
    from sentence_transformers import (
        SentenceTransformer,
        SentenceTransformerTrainer,
        SentenceTransformerTrainingArguments,
    )
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss

    if given.threads:
        torch.set_num_threads(given.threads)
    model = SentenceTransformer(str(given.encoder or shipped("encoder")), device="cpu")
    model.max_seq_length = _LONGEST
    configuration = LoraConfig(r=given.rank, lora_alpha=2 * given.rank, target_modules=_LINEAR)
    # Not by the model's add_adapter: transformers 5.24 asks for a PEFT that is not out yet.
    tuned = get_peft_model(model[0].auto_model, configuration)
    model[0].auto_model = tuned
    table = Table.from_list(list(records(given.triples)))
    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(given.out),
        use_cpu=True,
        bf16=True,
        num_train_epochs=1,
        per_device_train_batch_size=given.batch,
        learning_rate=given.rate,
        warmup_steps=20,
        lr_scheduler_type="linear",
        prompts={"question": "query: ", "answering": "passage: ", "other": "passage: "},
        logging_steps=5,
        save_strategy="no",
        report_to="none",
        seed=given.seed,
    )
    trainer = SentenceTransformerTrainer(
        model=model,
        args=arguments,
        train_dataset=table,
        loss=MultipleNegativesRankingLoss(model, scale=_SCALE),
    )
    trainer.train()
    tuned.peft_config["default"].base_model_name_or_path = "encoder"
    tuned.half().save_pretrained(str(given.out / "final"))
    print(f"wrote {given.out / 'final'}")


def folder(given: argparse.Namespace) -> None:
    """Write the encoder with the adapter in it, as a folder that needs nothing of kiji."""
    adapter.write_whole(shipped("encoder"), given.adapter or shipped("adapter"), given.out)
    print(f"wrote {given.out}")


def main() -> None:
    """Make the adapter from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(required=True)

    command = commands.add_parser("pairs", help="mine questions, answering and other passages")
    command.set_defaults(run=pairs)
    command.add_argument("data", type=Path, help="what `make_reader data` wrote")
    command.add_argument("out", type=Path, help="the JSONL file to write")
    command.add_argument("--count", type=int, default=7100, help="questions (%(default)s)")

    command = commands.add_parser("train", help="train the adapter")
    command.set_defaults(run=train)
    command.add_argument("triples", type=Path, help="what `pairs` wrote")
    command.add_argument("out", type=Path, help="the result is OUT/final")
    command.add_argument("--encoder", type=Path, help="folder to start from (the shipped one)")
    command.add_argument("--rank", type=int, default=16, help="of the adapter (%(default)s)")
    command.add_argument("--batch", type=int, default=32, help="questions (%(default)s)")
    command.add_argument("--rate", type=float, default=3e-4, help="learning rate (%(default)s)")
    command.add_argument("--seed", type=int, default=1)
    command.add_argument("--threads", type=int, default=0, help="0: as torch chooses")

    command = commands.add_parser("folder", help="write the encoder with it, for others")
    command.set_defaults(run=folder)
    command.add_argument("out", type=Path, help="the folder to write")
    command.add_argument("--adapter", type=Path, help="folder of the adapter (the shipped one)")

    given = parser.parse_args()
    given.run(given)


if __name__ == "__main__":
    main()
