import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def bench_folder() -> Path:
    """The benchmark data: KIJI_BENCH, or shared/bench beside the project."""
    named = os.environ.get("KIJI_BENCH")
    folder = Path(named) if named else ROOT.parent / "shared" / "bench"
    if not (folder / "wikinews_questions.jsonl").is_file():
        pytest.skip(f"no benchmark data in {folder}; set KIJI_BENCH to its folder")
    return folder
