import subprocess
import sys
from pathlib import Path

import pytest

from prompts.catalogue import say
from retrieval.errors import ModelError
from retrieval.models import checksum, shipped


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "1_Pooling").mkdir()
    (tmp_path / "weights.bin").write_bytes(b"\x00\x01")
    (tmp_path / "1_Pooling" / "config.json").write_text("{}")
    (tmp_path / "README.md").write_text("card")
    return tmp_path


def test_measured_folder_verifies(folder: Path) -> None:
    sums = checksum.measure(folder)
    assert sorted(sums) == ["1_Pooling/config.json", "weights.bin"]
    checksum.verify(folder, sums)


def test_card_may_change(folder: Path) -> None:
    sums = checksum.measure(folder)
    (folder / "README.md").write_text("a better card")
    checksum.verify(folder, sums)


def test_one_changed_byte_is_refused(folder: Path) -> None:
    sums = checksum.measure(folder)
    (folder / "weights.bin").write_bytes(b"\x00\x02")
    with pytest.raises(ModelError) as caught:
        checksum.verify(folder, sums)
    assert caught.value.key == "models.damaged"
    assert caught.value.details == {"file": str(folder / "weights.bin")}


def test_missing_file_is_refused(folder: Path) -> None:
    sums = checksum.measure(folder)
    (folder / "1_Pooling" / "config.json").unlink()
    with pytest.raises(ModelError) as caught:
        checksum.verify(folder, sums)
    assert caught.value.key == "models.missing"
    assert caught.value.details == {"file": str(folder / "1_Pooling" / "config.json")}


def test_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        checksum.verify(tmp_path / "gone", {"weights.bin": "00"})
    assert caught.value.key == "models.missing"


def test_extra_file_is_refused(folder: Path) -> None:
    sums = checksum.measure(folder)
    (folder / "adapter_config.json").write_text("{}")
    with pytest.raises(ModelError) as caught:
        checksum.verify(folder, sums)
    assert caught.value.key == "models.extra"
    assert caught.value.details == {"file": str(folder / "adapter_config.json")}


def test_unknown_model_is_refused() -> None:
    with pytest.raises(ModelError) as caught:
        shipped("oracle")
    assert caught.value.key == "models.unknown"


@pytest.mark.parametrize("key", ["damaged", "missing", "extra"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_sentences_name_the_file(language: str, key: str) -> None:
    assert "weights.bin" in say(language, f"models.{key}", file="weights.bin")


def test_every_recorded_model_is_shipped_whole() -> None:
    for name in checksum.recorded():
        assert shipped(name).is_dir()


def test_checked_once_per_process(monkeypatch: pytest.MonkeyPatch) -> None:
    first = shipped("encoder")
    monkeypatch.setattr(checksum, "verify", lambda *_: pytest.fail("checked twice"))
    assert shipped("encoder") is first


def test_finding_a_model_imports_no_framework() -> None:
    code = (
        "import sys; from retrieval.models import shipped; shipped('encoder');"
        "sys.exit(bool({'torch', 'numpy', 'transformers'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
