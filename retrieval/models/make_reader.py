"""Make the shipped reader: data, training, the file that ships, and a folder for others.

    python -m retrieval.models.make_reader data BENCH_FOLDER JAMDICT_DB DATA
    python -m retrieval.models.make_reader train DATA ENCODER START_WEIGHTS TRAINED --steps 800
    python -m retrieval.models.make_reader blend TRAINED/final.safetensors START_WEIGHTS BLENDED
    python -m retrieval.models.make_reader export BLENDED reader/model.onnx
    python -m retrieval.models.make_reader folder HUGGING_FACE_FOLDER

Needs the extra `models`.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import replace
from pathlib import Path

from retrieval.models import shipped
from retrieval.models.reader_articles import with_articles
from retrieval.models.reader_data import Dataset, context_ids, question_ids, read_bench
from retrieval.models.reader_questions import with_questions

_WHYS, _WHYS_SEED, _GLOSS_SEED = 2200, 9, 2


def data(given: argparse.Namespace) -> None:
    """Write the training set: the bench's questions with neighbours, made ones, kiji's own."""
    from retrieval.models.reader_gloss import Glosser
    from retrieval.models.reader_neighbours import Neighbours
    from retrieval.models.reader_whys import whys

    bench = read_bench(given.bench)
    print(f"read {len(bench.contexts):,} contexts, {len(bench.questions):,} questions")
    glosser, draw = Glosser(given.jamdict), random.Random(_GLOSS_SEED)  # noqa: S311
    glossed = [replace(q, english=glosser.question(q.text, q.kind, draw)) for q in bench.questions]
    print("glossed")
    neighbours = Neighbours(bench.contexts)
    asked = [neighbours.given(question) for question in glossed]
    print("found neighbours")
    made = list(whys(bench.contexts))
    chosen = random.Random(_WHYS_SEED).sample(made, min(_WHYS, len(made)))  # noqa: S311
    print(f"made {len(made):,} why-questions, took {len(chosen):,}")
    made_up = Dataset(bench.contexts, (*asked, *chosen))
    own = with_questions(made_up, question_ids(given.bench))
    whole = with_articles(own, context_ids(given.bench))
    print(f"with kiji's own: {len(whole.contexts):,} contexts, {len(whole.questions):,} questions")
    whole.save(given.out)
    print(f"wrote {given.out}")


def train(given: argparse.Namespace) -> None:
    """Train, or go on with a training that was stopped."""
    import torch

    from retrieval.models.reader_train import Options, Trainer

    if given.threads:
        torch.set_num_threads(given.threads)
    options = Options(
        steps=given.steps,
        decay=given.decay,
        rate=given.rate,
        tokens=given.tokens,
        seed=given.seed,
        measured_every=given.every,
    )
    trainer = Trainer(Dataset.load(given.data), given.encoder, given.start, given.out, options)
    for line in trainer.run():
        print(line, flush=True)


def blend(given: argparse.Namespace) -> None:
    """Write the mean of two trained readers' weights (Wortsman et al., Model Soups, 2022)."""
    from retrieval.models.reader_train import blended

    blended(given.trained, given.start, given.share, given.out)
    print(f"wrote {given.out}")


def export(given: argparse.Namespace) -> None:
    """Write model.onnx."""
    from retrieval.models.reader_export import export as write

    write(given.checkpoint, given.encoder or shipped("encoder"), given.out)
    print(f"wrote {given.out}, {given.out.stat().st_size:,} bytes")


def folder(given: argparse.Namespace) -> None:
    """Write the Hugging Face folder."""
    from retrieval.models.reader_folder import write

    write(given.reader or shipped("reader"), given.encoder or shipped("encoder"), given.out)
    print(f"wrote {given.out}")


def main() -> None:
    """Make the reader from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(required=True)

    command = commands.add_parser("data", help="write the training set")
    command.set_defaults(run=data)
    command.add_argument("bench", type=Path, help="folder with jaquad_train_*.jsonl.gz")
    command.add_argument("jamdict", type=Path, help="jamdict.db of the package jamdict-data 1.5")
    command.add_argument("out", type=Path, help="the folder to write")

    command = commands.add_parser("train", help="train; run again, it goes on where it stopped")
    command.set_defaults(run=train)
    command.add_argument("data", type=Path, help="what `data` wrote")
    command.add_argument("encoder", type=Path, help="folder of the encoder")
    command.add_argument("start", type=Path, help="safetensors: bert.encoder.* and qa_outputs.*")
    command.add_argument("out", type=Path, help="folder of the checkpoint and the result")
    command.add_argument("--steps", type=int, default=800, help="all of them (%(default)s)")
    command.add_argument(
        "--decay",
        type=int,
        default=200,
        help="with a falling rate (%(default)s); a file OUT/decay with a number starts it at once",
    )
    command.add_argument("--rate", type=float, default=2e-4, help="learning rate (%(default)s)")
    command.add_argument("--tokens", type=int, default=6144, help="in a batch (%(default)s)")
    command.add_argument("--every", type=int, default=200, help="steps to a checkpoint")
    command.add_argument("--seed", type=int, default=1)
    command.add_argument("--threads", type=int, default=0, help="0: as torch chooses")

    command = commands.add_parser("blend", help="average two trained readers")
    command.set_defaults(run=blend)
    command.add_argument("trained", type=Path, help="final.safetensors")
    command.add_argument("start", type=Path, help="what its training started from")
    command.add_argument("out", type=Path, help="the safetensors to write")
    command.add_argument("--share", type=float, default=0.7, help="of the former (%(default)s)")

    command = commands.add_parser("export", help="write model.onnx")
    command.set_defaults(run=export)
    command.add_argument("checkpoint", type=Path, help="final.safetensors, or checkpoint.pt")
    command.add_argument("out", type=Path, help="the model.onnx to write")
    command.add_argument("--encoder", type=Path, help="folder of the encoder (the shipped one)")

    command = commands.add_parser("folder", help="write the reader as a Hugging Face folder")
    command.set_defaults(run=folder)
    command.add_argument("out", type=Path, help="the folder to write")
    command.add_argument("--reader", type=Path, help="folder of the reader (the shipped one)")
    command.add_argument("--encoder", type=Path, help="folder of the encoder (the shipped one)")

    given = parser.parse_args()
    given.run(given)


if __name__ == "__main__":
    main()
