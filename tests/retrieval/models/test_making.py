import json
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from retrieval.models import conversion, e5s1, vocabulary
from retrieval.models.make_encoder import cut_tokenizer, read_texts
from tests.retrieval.models import container as tiny

PIECES = [
    ("<s>", 0.0),
    ("<pad>", 0.0),
    ("</s>", 0.0),
    ("<unk>", 0.0),
    ("привет", -2.0),
    ("▁記者", -3.0),
    ("▁", -4.0),
    ("記", -6.0),
    ("者", -7.0),
    ("▁news", -8.0),
    ("<mask>", 0.0),
]


def test_container_gives_back_what_was_written(tmp_path: Path) -> None:
    written = tiny.write(tmp_path / "model.bin", PIECES)
    container = e5s1.read(tmp_path / "model.bin")
    assert [piece for piece, _ in container.pieces] == [piece for piece, _ in PIECES]
    assert [score for _, score in container.pieces] == [score for _, score in PIECES]
    assert container.normalised == {"Ａ": "A", "\u200b": ""}
    assert container.shape.feed_forward == tiny.FEED_FORWARD
    for name, tensor in written.items():
        np.testing.assert_array_equal(container.tensor(name, *tensor.shape), tensor)


def test_other_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    tiny.write(path, PIECES)
    path.write_bytes(b"GGUF" + path.read_bytes()[4:])
    with pytest.raises(e5s1.FormatError):
        e5s1.read(path)


def test_file_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    tiny.write(path, PIECES)
    path.write_bytes(path.read_bytes()[:120])
    with pytest.raises(e5s1.FormatError):
        e5s1.read(path)


def test_weights_keep_their_values_under_the_names_of_bert(tmp_path: Path) -> None:
    written = tiny.write(tmp_path / "model.bin", PIECES)
    weights = conversion.weights(e5s1.read(tmp_path / "model.bin"))
    np.testing.assert_array_equal(weights[conversion.WORDS], written["emb.word"])
    for ours, theirs in (
        ("encoder.layer.0.attention.self.value.weight", "l0.v.w"),
        ("encoder.layer.0.attention.output.LayerNorm.bias", "l0.aln.b"),
        ("encoder.layer.0.intermediate.dense.weight", "l0.fi.w"),
        ("encoder.layer.0.output.dense.bias", "l0.fo.b"),
    ):
        np.testing.assert_array_equal(weights[ours], written[theirs])


@pytest.mark.parametrize(
    ("piece", "stays"),
    [
        ("я", True),
        ("▁a", True),
        ("①", True),
        ("記", True),
        ("▁記者", True),
        ("ための", True),
        ("news", False),
        ("привет", False),
        ("们的", False),  # simplified Chinese, outside JIS X 0213
        ("한", False),
    ],
)
def test_what_stays_however_rare(piece: str, stays: bool) -> None:
    assert vocabulary.must_stay(piece) is stays


def test_the_rest_is_kept_by_use() -> None:
    pieces = ["<s>", "news", "記", "привет", "ing", "tion"]
    use = np.array([0.0, 5.0, 0.0, 1.0, 7.0, 0.0])
    assert vocabulary.choose(pieces, {"<s>"}, use, 4) == [0, 1, 2, 4]
    assert vocabulary.choose(pieces, {"<s>"}, use, 9) == [0, 1, 2, 3, 4], "never used, not kept"
    with pytest.raises(ValueError, match="must stay"):
        vocabulary.choose(pieces, {"<s>"}, use, 1)


@pytest.fixture
def shipped_tokenizer() -> Tokenizer:
    from retrieval.models import shipped

    return Tokenizer.from_file(str(shipped("encoder") / "tokenizer.json"))


def test_cut_tokenizer_cuts_the_same_words_the_same_way(shipped_tokenizer: Tokenizer) -> None:
    text = "北京の記者会見で、外相が newspaper に語った。"
    before = shipped_tokenizer.encode(text)
    specials = [
        shipped_tokenizer.token_to_id(s) for s in ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
    ]
    kept = sorted({*specials, *before.ids})
    cut = cut_tokenizer(json.loads(shipped_tokenizer.to_str()), kept)
    after = Tokenizer.from_str(json.dumps(cut)).encode(text)
    assert after.tokens == before.tokens
    assert [kept[i] for i in after.ids] == before.ids


def test_use_counts_pieces_per_million(shipped_tokenizer: Tokenizer) -> None:
    use = vocabulary.use_in_texts(shipped_tokenizer, ["記者", "記者と記者"])
    assert use.sum() == pytest.approx(1e6)
    assert use.argmax() in shipped_tokenizer.encode("記者", add_special_tokens=False).ids


def test_texts_are_titles_with_text_or_questions(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text('{"title": "題", "text": "本文"}\n{"question": "誰が？"}\n', encoding="utf-8")
    assert list(read_texts(path)) == ["題\n本文", "誰が？"]


@pytest.mark.models
def test_encoder_ranks_what_answers_first() -> None:
    from sentence_transformers import SentenceTransformer

    from retrieval.models import shipped

    model = SentenceTransformer(str(shipped("encoder")), device="cpu")
    passages = [
        "市長は来年度の予算案を市議会に提出した。",
        "台風の接近により、航空各社は便の欠航を決めた。",
        "図書館は老朽化のため、来月から改修工事に入る。",
    ]
    questions = [
        "Who handed in next year's budget?",
        "飛行機が飛ばなかったのはなぜ？",
        "本を借りられなくなるのはいつから？",
    ]
    scores = (
        model.encode(questions, prompt_name="query")
        @ model.encode(passages, prompt_name="passage").T
    )
    assert scores.argmax(axis=1).tolist() == [0, 1, 2]
    assert model.max_seq_length == 512
    np.testing.assert_allclose(np.linalg.norm(model.encode(passages), axis=1), 1, atol=1e-5)
