"""Every LoadError has its sentence, with exactly the details that it is raised with."""

import ast
import subprocess
import sys
from pathlib import Path

import retrieval.load
from prompts.catalogue import catalogue, placeholders

ROOM = Path(retrieval.load.__file__).parent


def _raised() -> dict[str, set[frozenset[str]]]:
    found: dict[str, set[frozenset[str]]] = {}
    for file in sorted(ROOM.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "LoadError":
                names = frozenset(str(k.arg) for k in node.keywords)
                keys = [
                    c.value
                    for c in ast.walk(node.args[0])
                    if isinstance(c, ast.Constant) and isinstance(c.value, str)
                ]
                if not keys:  # the folder's key is chosen before
                    keys = ["load.empty_folder", "load.nothing_in_folder"]
                for key in keys:
                    found.setdefault(key, set()).add(names)
    return found


def test_each_error_fills_its_sentence_and_no_sentence_is_idle():
    raised = _raised()
    for language, sentences in catalogue().items():
        told = {key: text for key, text in sentences.items() if key.startswith("load.")}
        assert told.keys() == raised.keys(), language
        for key, text in told.items():
            for names in raised[key]:
                assert placeholders(text) <= names, key


def test_importing_the_room_imports_nothing_heavy():
    heavy = {"trafilatura", "lxml", "pypdf", "docx", "charset_normalizer", "yaml", "ssl"}
    code = f"import sys, retrieval.load; print({heavy} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
