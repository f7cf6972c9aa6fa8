"""kiji beside what a user would pick instead: `python -m tests.bench side_by_side FOLDER …`.

Every system is a process of its own in an environment of its own (tests/bench/peers/,
one file each), and gets the same articles, questions, encoder, reader's weights and
cores, one system after the other. For each set and system:

1. the articles are indexed but for those kept back (articles a second), and the
   questions about what was kept back are asked: each must be refused;
2. the rest is indexed, and the index is measured on disk;
3. a new process answers its first question (cold start, index on disk), then all of
   them, each timed (warm); its peak memory is what it used for asking alone.

Writes side_by_side.json, .md and report.html into `--out`, after every system; what
an earlier run found for other sets, and for other systems on as many articles and
questions, is kept. `--limit N` takes N questions
of a set, evenly; `--articles M` the articles of those questions and others up to M.

`--with-model` measures kiji and three frameworks with the language model that KIJI_MODEL,
KIJI_MODEL_URL and KIJI_MODEL_KEY name (any OpenAI-compatible server): the same steps, and
how many claims of their answers nothing bears out. Their answer is the model's whole reply.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.evaluate import Outcome, Shown
from bot.evaluate import Question as Asked
from bot.evaluate.evaluation import evaluation, result
from bot.evaluate.metrics import holds, rank
from bot.evaluate.outcome import stands
from bot.evaluate.report import page
from retrieval.load import load
from retrieval.models import adapter, shipped
from retrieval.values import Article, Language
from tests.bench.data import SETS, Question, corpus_file, evenly, questions
from tests.bench.environments import PEERS, folder, python
from tests.bench.heldout import fewer, parts
from tests.bench.processes import ROOT, SystemProcess
from tests.bench.support import refuses, unsupported
from tests.bench.table import markdown

# The names they have in print, by their file in tests/bench/peers/.
SYSTEMS = {
    "kiji_embedded": "kiji",
    "haystack_reader": "Haystack",
    "txtai_extractive": "txtai",
    "best_sentence": "best sentence",
    "langchain_quickstart": "LangChain",
    "llama_index_chroma": "LlamaIndex",
    "bm25": "BM25",
}
MODEL_SYSTEMS = {
    "kiji_model": "kiji",
    "haystack_rag": "Haystack",
    "langchain_rag": "LangChain",
    "llama_index_rag": "LlamaIndex",
}


class Course:
    """One set, laid out once, that every system goes through."""

    def __init__(self, data: Path, name: str, limit: int, articles: int, work: Path) -> None:
        self.name = name
        self.asked = evenly(questions(data, name), limit)
        every = fewer(list(load(str(corpus_file(data, name)))), self.asked, articles)
        self.texts = {article.id: article for article in every}
        split = parts(every, self.asked)
        self.unanswerable = split.unanswerable
        self.count = len(split.first)
        self.work = work / name
        self.work.mkdir(parents=True, exist_ok=True)
        self.files = [self.work / "first.jsonl", self.work / "second.jsonl"]
        for file, some in zip(self.files, (split.first, split.second), strict=True):
            _write_articles(file, some)

    def run(self, system: str, encoder: Path, reader: Path) -> dict[str, Any]:
        """Measure one system; gives its result."""
        index = self.work / system
        shutil.rmtree(index, ignore_errors=True)
        index.mkdir()
        log = self.work / f"{system}.log"
        with SystemProcess(system, index, encoder, reader, log) as process:
            seconds = process.call(index=str(self.files[0]))["seconds"]
            # So that no answer's seconds hold the loading of a model.
            process.call(ask=self.asked[0].text)
            outcomes = [self._ask(process, each, ()) for each in self.unanswerable]
            process.call(index=str(self.files[1]))
        disk = sum(file.stat().st_size for file in index.rglob("*") if file.is_file())
        with SystemProcess(system, index, encoder, reader, log) as process:
            process.call(ask=self.asked[0].text)
            cold = process.clock()
            outcomes += [self._ask(process, each, each.answers) for each in self.asked]
            memory = process.call(end="")["memory_mb"]
        costs = {
            "index_rate": round(self.count / seconds, 2),
            "cold_start": round(cold, 2),
            "memory_mb": round(memory, 1),
            "disk_mb": round(disk / 1e6, 1),
        }
        if system in MODEL_SYSTEMS:
            costs |= self._claims(outcomes)
        made = result(_name(system), self.name, outcomes, costs)
        return made | {"articles": len(self.texts)}

    def _claims(self, outcomes: Sequence[Outcome]) -> dict[str, float]:
        """What is told of answers in a model's own words: those right in it, those unsupported."""
        answered = [each for each in outcomes if each.answered]
        asked = [each for each in outcomes if each.question.answers]
        right = sum(holds(each.text, each.question.answers) for each in asked)
        wrong = sum(
            unsupported(each.text, [self.texts[quote.article] for quote in each.quotes])
            for each in answered
        )
        return {
            "holding": round(right / max(1, len(asked)), 4),
            "unsupported": round(100 * wrong / max(1, len(answered)), 1),
        }

    def _ask(
        self, process: SystemProcess, question: Question, accepted: tuple[str, ...]
    ) -> Outcome:
        said = process.call(ask=question.text)
        found = process.call(find=question.text)
        right = question.right if accepted else frozenset()
        asked = Asked(question.id, question.text, accepted, right, question.qtype)
        short = said["short"]
        if short and refuses(short):
            short = ""
        return Outcome(
            question=asked,
            short=short,
            text=short or "",
            quotes=tuple(self._shown(*quote) for quote in said["quotes"]),
            seconds=said["seconds"],
            rank=rank(found["articles"], right),
            kind=question.qtype,
            best=found["unrefused"],
        )

    def _shown(self, name: str, words: str) -> Shown:
        article = self.texts.get(name)
        text = article.text if article else None
        return Shown(name, article.title if article else "", words, stands(words, text))


def _write_articles(file: Path, articles: Sequence[Article]) -> None:
    records = ({"id": a.id, "title": a.title, "text": a.text} for a in articles)
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    file.write_text("".join(lines), "utf-8")


def _name(system: str) -> str:
    return (SYSTEMS | MODEL_SYSTEMS)[system]


def reader_folder(work: Path) -> Path:
    """The shipped reader's weights as every library loads them, written anew."""
    out = work / "reader"
    shutil.rmtree(out, ignore_errors=True)
    script = PEERS / "weights.py"
    subprocess.run(
        [python(script), script, shipped("reader"), shipped("encoder"), out],
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    return out


def write(out: Path, record: Mapping[str, Any]) -> str:
    """Write the three files; gives the Markdown."""
    out.mkdir(parents=True, exist_ok=True)
    table = markdown(record)
    (out / "side_by_side.json").write_text(
        json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )
    (out / "side_by_side.md").write_text(table, "utf-8")
    (out / "report.html").write_text(page(record, Language.JA), "utf-8")
    return table


def _earlier(out: Path) -> dict[tuple[str, str], dict[str, Any]]:
    file = out / "side_by_side.json"
    found = json.loads(file.read_text("utf-8"))["results"] if file.exists() else []
    return {(each["set"], each["system"]): each for each in found}


def _alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two results may stand in one table: of other sets, or of the same size."""
    sizes = [(each["articles"], each["figures"]["questions"]) for each in (one, other)]
    return one["set"] != other["set"] or sizes[0] == sizes[1]


def _ordered(found: Mapping[tuple[str, str], dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        found[name, system]
        for name in SETS
        for system in SYSTEMS.values()
        if (name, system) in found
    ]


def main(arguments: Sequence[str]) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench side_by_side", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sets", nargs="+", default=SETS, choices=SETS)
    parser.add_argument("--systems", nargs="+", choices=[*SYSTEMS, *MODEL_SYSTEMS])
    parser.add_argument("--with-model", action="store_true")
    parser.add_argument("--limit", type=int, default=0, metavar="N", help="questions of a set")
    parser.add_argument("--articles", type=int, default=0, metavar="M", help="articles of a set")
    parser.add_argument("--work", type=Path, default=folder() / "work")
    parser.add_argument("--out", type=Path, default=Path("bench"))
    options = parser.parse_args(arguments)
    if options.with_model and not os.environ.get("KIJI_MODEL"):
        parser.error("--with-model needs KIJI_MODEL, such as openai:NAME, and KIJI_MODEL_URL")
    systems = options.systems or list(MODEL_SYSTEMS if options.with_model else SYSTEMS)
    if set(systems) <= set(MODEL_SYSTEMS):
        options.out /= "with_model"
    options.work.mkdir(parents=True, exist_ok=True)
    encoder, reader = adapter.whole(options.work / "encoder"), reader_folder(options.work)
    found = _earlier(options.out)
    table = ""
    for name in options.sets:
        course = Course(options.folder, name, options.limit, options.articles, options.work)
        for system in systems:
            print(f"{name}: {_name(system)} …", flush=True)
            measured = course.run(system, encoder, reader)
            found = {key: one for key, one in found.items() if _alike(one, measured)}
            found[name, measured["system"]] = measured
            record = evaluation(datetime.now(UTC), _ordered(found))
            record["machine"] = f"{os.cpu_count()} cores, Python {platform.python_version()}"
            table = write(options.out, record)
    print(table)
