import io
import json
import os
import time
import unicodedata
from datetime import date

import pytest

from retrieval.errors import LoadError
from retrieval.load import LoadLimits, load
from tests.retrieval.load.makers import pdf

TODAY = date(2026, 1, 10)
TEXT = "灯台の百年\n\n岬の灯台は2025年9月27日に務めを終えた。\n"


def _one(source, **options):
    (article,) = load(str(source), today=TODAY, **options)
    return article


def _error(source, **options):
    with pytest.raises(LoadError) as caught:
        list(load(str(source), today=TODAY, **options))
    return caught.value


def test_a_text_file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode("utf-8-sig").replace(b"\n", b"\r\n"))
    article = _one(path)
    assert article.id == article.source == path.resolve().as_posix()
    assert article.text == TEXT.strip()
    assert (article.title, article.date, article.date_inferred) == (
        "灯台の百年",
        "2025-09-27",
        True,
    )


def test_the_same_article_in_every_encoding_is_the_same_text(tmp_path):
    texts = set()
    for codec in ("utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16", "utf-16-be"):
        path = tmp_path / f"{codec}.txt"
        path.write_bytes(TEXT.encode(codec))
        texts.add(_one(path).text)
    assert texts == {TEXT.strip()}


def test_an_inferred_title_is_put_before_the_text(tmp_path):
    path = tmp_path / "0123456789abcdef.txt"
    path.write_text("岬の灯台が務めを終えた。町の人は別れを惜しんだ。", "utf-8")
    article = _one(path)
    assert article.title == "岬の灯台が務めを終えた"
    assert article.text == f"{article.title}\n\n岬の灯台が務めを終えた。町の人は別れを惜しんだ。"


def test_nothing_is_lost_but_control_characters(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("灯台まつり🎆\n\n\x001万人が\x07集まった👨‍👩‍👧。か\u3099んばれ。", "utf-8")
    article = _one(path)
    assert article.text == "灯台まつり🎆\n\n1万人が集まった👨‍👩‍👧。がんばれ。"
    assert unicodedata.is_normalized("NFC", article.text)


def test_a_relative_path_and_an_absolute_one_give_one_id(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert _one("a.txt").id == _one("./a.txt").id == _one(tmp_path / "a.txt").id


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("a.txt", b"", "load.empty"),
        ("a.txt", b" \n\n", "load.empty"),
        ("a.txt", b"\x01\x02", "load.binary_file"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00", "load.binary_file"),
        ("a.md", b"---\ntitle: x\n---\n", "load.empty"),
        ("a.csv", b"a,b", "load.unsupported_type"),
        ("a", b"text", "load.unsupported_type"),
        ("a.docx", b"PK", "load.damaged_word"),
        ("a.pdf", b"PDF", "load.damaged_pdf"),
        ("a.jsonl", b"", "load.empty"),
    ],
)
def test_bad_files(tmp_path, name, data, key):
    path = tmp_path / name
    path.write_bytes(data)
    error = _error(path)
    assert error.key == key
    assert error.details["source"] == path.resolve().as_posix()


def test_missing_pipes_and_odd_names(tmp_path):
    assert _error(tmp_path / "none.txt").key == "load.missing_file"
    assert _error(tmp_path / "a\0b.txt").key == "load.unreadable"
    assert _error(tmp_path / ("x" * 300 + ".txt")).key == "load.unreadable"
    os.mkfifo(tmp_path / "pipe.txt")
    assert _error(tmp_path / "pipe.txt").key == "load.not_a_file"


def test_a_file_name_in_another_encoding_can_be_stored_and_shown(tmp_path):
    path = os.fsencode(tmp_path) + "/灯台.txt".encode("cp932")
    with open(path, "wb") as file:  # noqa: PTH123 - a name of bytes
        file.write(TEXT.encode())
    (article,) = load(str(tmp_path), today=TODAY)
    assert article.id.encode("utf-8")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    path.chmod(0)
    assert _error(path).key == "load.no_permission"


def test_fifty_megabytes_are_refused_unread_with_both_sizes(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    error = _error(path)
    assert error.key == "load.too_large"
    assert (error.details["size"], error.details["limit"]) == ("50.0 MB", "20.0 MB")


@pytest.mark.parametrize(
    "text",
    [
        "灯台の話。\n" * 200_000,
        " " * 3_000_000 + "x",
        "（写真" * 500_000,
        "「2025年" * 500_000,
        "a" * 3_000_000,
    ],
    ids=["lines", "spaces", "captions", "openings", "one word"],
)
def test_time_grows_with_length_alone(tmp_path, text):
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    begun = time.monotonic()
    assert _one(path).text
    assert time.monotonic() - begun < 5


def test_a_large_jsonl_streams(tmp_path):
    path = tmp_path / "a.jsonl"
    record = {"title": "灯台", "text": "岬の灯台。" * 200}
    lines = [json.dumps(record | {"id": str(i)}, ensure_ascii=False) for i in range(1000)]
    path.write_text("\n".join(lines), "utf-8")
    limits = LoadLimits(max_bytes=10_000)
    assert path.stat().st_size > 100 * limits.max_bytes
    assert sum(1 for _ in load(str(path), limits)) == 1000


def test_a_folder_in_sorted_order_with_what_was_skipped(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("b/2.txt", "a.md", "c.txt", ".hidden/x.txt", "b/.secret.txt"):
        (tmp_path / name).write_text(TEXT, "utf-8")
    (tmp_path / "b" / "1.bin").write_bytes(b"x")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "b" / "up").symlink_to(tmp_path)
    skipped = []
    articles = list(
        load(str(tmp_path), on_skip=lambda path, error: skipped.append((path.name, error.key)))
    )
    assert [a.id.removeprefix(f"{tmp_path.resolve().as_posix()}/") for a in articles] == [
        "a.md",
        "b/2.txt",
        "c.txt",
    ]
    assert skipped == [("1.bin", "load.unsupported_type"), ("empty.txt", "load.empty")]


def test_folders_with_nothing_to_read(tmp_path):
    assert _error(tmp_path).key == "load.empty_folder"
    (tmp_path / "a.bin").write_bytes(b"x")
    assert _error(tmp_path, on_skip=lambda path, error: None).key == "load.nothing_in_folder"


def test_without_a_callback_the_skipped_are_logged(tmp_path, caplog):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b.bin").write_bytes(b"x")
    assert len(list(load(str(tmp_path)))) == 1
    assert "b.bin" in caplog.text


def test_standard_input_as_text_has_an_id_by_its_content():
    first, again, other = (
        _one("-", stdin=io.BytesIO(text.encode("cp932"))) for text in (TEXT, TEXT, TEXT + "追記。")
    )
    assert first.id == again.id != other.id
    assert first.id.startswith("stdin:")
    assert first.text == TEXT.strip()


def test_standard_input_tells_kinds_apart():
    records = "".join(f'{{"id": "{i}", "text": "灯台{i}の話。"}}\n' for i in range(3))
    stdin = io.BytesIO(records.encode())
    assert [a.id for a in load("-", stdin=stdin, today=TODAY)] == ["0", "1", "2"]
    front = b"---\ntitle: \xe6\xb8\xaf\n---\n\xe6\x9c\xac\xe6\x96\x87\xe3\x80\x82"
    assert _one("-", stdin=io.BytesIO(front)).title == "港"
    assert (
        _one("-", stdin=io.BytesIO(pdf("灯台の百年\n\n灯台が務めを終えた。"))).title == "灯台の百年"
    )


def test_standard_input_empty_or_too_large():
    assert _error("-", stdin=io.BytesIO()).key == "load.empty"
    stdin = io.BytesIO(b"a" * 101)
    assert _error("-", stdin=stdin, limits=LoadLimits(max_bytes=100)).key == "load.stdin_large"


def test_other_schemes_are_refused():
    assert _error("ftp://example.org/a.txt").key == "load.url_scheme"
    assert _error("file:///etc/hostname").key == "load.url_scheme"
