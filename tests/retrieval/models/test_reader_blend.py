from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
save_file = pytest.importorskip("safetensors.torch").save_file
load_file = pytest.importorskip("safetensors.torch").load_file


def test_blend_is_the_weighted_mean_of_each_weight(tmp_path: Path) -> None:
    from retrieval.models.reader_train import blended

    save_file({"a": torch.ones(2, 3), "b": torch.tensor([4.0])}, tmp_path / "one")
    save_file({"a": torch.zeros(2, 3), "b": torch.tensor([-6.0])}, tmp_path / "other")
    blended(tmp_path / "one", tmp_path / "other", 0.7, tmp_path / "out")
    mean = load_file(tmp_path / "out")
    torch.testing.assert_close(mean["a"], torch.full((2, 3), 0.7))
    torch.testing.assert_close(mean["b"], torch.tensor([1.0]))


def test_readers_of_two_forms_are_not_blended(tmp_path: Path) -> None:
    from retrieval.models.reader_train import blended

    save_file({"a": torch.ones(2)}, tmp_path / "one")
    save_file({"a": torch.ones(3)}, tmp_path / "other")
    with pytest.raises(ValueError, match="different names or shapes"):
        blended(tmp_path / "one", tmp_path / "other", 0.5, tmp_path / "out")
    assert not (tmp_path / "out").exists()
