import io
import json
from datetime import date

import pytest

from retrieval.errors import LoadError
from retrieval.load.limits import LoadLimits
from retrieval.load.records import looks_like_record, read_records

TODAY = date(2026, 1, 10)
LIMITS = LoadLimits()


def _read(*records, encoding="utf-8", limits=LIMITS):
    lines = [r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records]
    stream = io.BytesIO("\n".join(lines).encode(encoding))
    return list(read_records(stream, "a.jsonl", limits, TODAY))


def test_a_full_record():
    (article,) = _read(
        {
            "id": "n1",
            "title": "灯台の百年",
            "text": "岬の灯台が務めを終えた。",
            "date": "2025/9/27",
            "source": "港新聞",
            "author": "山本一郎",
            "tags": ["港"],
        }
    )
    assert (article.id, article.source, article.author) == ("n1", "港新聞", "山本一郎")
    assert (article.date, article.date_inferred) == ("2025-09-27", False)
    assert article.text == "灯台の百年\n\n岬の灯台が務めを終えた。"


def test_a_title_that_the_text_begins_with_is_not_doubled():
    (article,) = _read({"id": 7, "title": "灯台 の百年", "text": "灯台の百年\n岬の灯台。"})
    assert article.id == "7"
    assert article.text == "灯台 の百年\n岬の灯台。"


def test_a_missing_date_is_inferred_and_marked():
    (article,) = _read({"id": "a", "text": "灯台は2025年9月27日に灯を消した。", "date": None})
    assert (article.date, article.date_inferred) == ("2025-09-27", True)


def test_ids_are_made_where_they_are_missing():
    text = "岬の灯台が務めを終えた。"
    records = [{"text": text, "source": "https://example.org/1"}] * 2 + [{"text": text}]
    assert [a.id for a in _read(*records)] == ["https://example.org/1", "a.jsonl#2", "a.jsonl#3"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932", "euc_jp", "utf-16", "utf-16-le"])
def test_other_encodings(encoding):
    records = [{"id": str(i), "title": f"灯台{i}", "text": f"第{i}灯台の話。"} for i in range(3)]
    articles = _read(*records, encoding=encoding)
    assert [a.title for a in articles] == ["灯台0", "灯台1", "灯台2"]


def test_blank_lines_are_passed_over_and_counted():
    with pytest.raises(LoadError) as caught:
        _read({"id": "a", "text": "灯台。"}, "", "  ", "{")
    assert (caught.value.key, caught.value.details["line"]) == ("load.record_json", 4)


def test_half_of_a_surrogate_pair_does_not_reach_the_store():
    (article,) = _read('{"id": "a", "text": "灯台 \\ud83d の話。"}')
    assert article.text.encode("utf-8")


@pytest.mark.parametrize(
    ("record", "key"),
    [
        ("[1, 2]", "load.record_json"),
        ("{" * 3000, "load.record_json"),
        ("[" * 200_000, "load.record_json"),
        ({"id": "b"}, "load.record_text"),
        ({"id": "b", "text": " \n "}, "load.record_text"),
        ({"id": "b", "text": ["灯台"]}, "load.record_text"),
        ({"id": "b", "text": "灯台。", "title": 3}, "load.record_field"),
        ({"id": ["b"], "text": "灯台。"}, "load.record_field"),
        ({"id": "b", "text": "灯台。", "date": "去年"}, "load.record_date"),
        ({"id": "b", "text": "灯台。", "date": "2025-02-30"}, "load.record_date"),
        ({"id": "a", "text": "灯台。"}, "load.record_twice"),
    ],
)
def test_a_bad_record_is_named_by_its_line(record, key):
    with pytest.raises(LoadError) as caught:
        _read({"id": "a", "text": "灯台。"}, record)
    assert caught.value.key == key
    assert caught.value.details["line"] == 2
    assert caught.value.details["source"] == "a.jsonl"


def test_records_before_a_bad_one_were_given_already():
    stream = io.BytesIO('{"id": "a", "text": "灯台。"}\n{'.encode())
    records = read_records(stream, "a.jsonl", LoadLimits(), TODAY)
    assert next(records).id == "a"
    with pytest.raises(LoadError):
        next(records)


def test_the_limit_holds_for_each_record_not_for_the_stream():
    limits = LoadLimits(max_bytes=200)
    many = [{"id": str(i), "text": "灯台の話。"} for i in range(50)]
    assert len(_read(*many, limits=limits)) == 50
    with pytest.raises(LoadError) as caught:
        _read(many[0], {"id": "b", "text": "灯" * 100}, limits=limits)
    assert (caught.value.key, caught.value.details["line"]) == ("load.record_large", 2)


def test_an_empty_stream_is_told():
    with pytest.raises(LoadError) as caught:
        _read("\n\n")
    assert caught.value.key == "load.empty"


def test_what_looks_like_a_record():
    assert looks_like_record(b'\xef\xbb\xbf{"text": "x"}\n')
    assert not looks_like_record(b'{"other": 1}')
    assert not looks_like_record("灯台".encode("cp932"))
