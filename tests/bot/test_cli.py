"""The commands, in this process, with a fake chain and library but real loading."""

from __future__ import annotations

import io
import json

import pytest

import bot.opening
from bot.cli.entry import run
from tests.fakes.kiji import ARTICLE, FakeKiji, FakeLibrary, FakeOpening, answer, refusal

ASK_KEYS = [
    "id", "question", "answer", "short", "answered", "intent", "engine", "seconds",
    "claims", "citations",
]  # fmt: skip


@pytest.fixture
def opening(monkeypatch, store):
    fake = FakeOpening(kiji=FakeKiji(), library=FakeLibrary(ARTICLE))
    monkeypatch.setattr(bot.opening, "Opening", fake)
    return fake


@pytest.fixture
def kiji(opening, store, capsys, monkeypatch):
    """Runs one command line; gives status, stdout, stderr."""

    def call(*arguments: str, stdin: bytes = b"", **environ: str):
        reader = io.TextIOWrapper(io.BytesIO(stdin), "utf-8", errors="replace")
        monkeypatch.setattr("sys.stdin", reader)
        status = run(arguments, {"KIJI_STORE": str(store), **environ})
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call


def jsonl(*records: object) -> bytes:
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records).encode()


def test_ask_json_is_the_contract(kiji, opening):
    opening.fake_kiji.enqueue(answer("いつですか"))
    status, out, err = kiji("ask", "いつですか", "--json")
    assert (status, err) == (0, "")
    assert out.count("\n") == 1
    record = json.loads(out)
    assert list(record) == [*ASK_KEYS, "date"]
    assert record["claims"] == [{"text": "9月20日から21日までです。", "citations": [0]}]
    (citation,) = record["citations"]
    assert list(citation) == ["article", "title", "source", "quote", "start", "end"]
    assert ARTICLE.text[citation["start"] : citation["end"]] == citation["quote"]
    assert record["date"] == "2025-09-20/2025-09-21"
    assert "いつですか" in out


def test_a_refusal_has_empty_fields_and_status_0(kiji, opening):
    opening.fake_kiji.enqueue(refusal())
    status, out, _ = kiji("ask", "誰が", "--json")
    record = json.loads(out)
    assert status == 0
    assert list(record) == ASK_KEYS
    assert (record["answered"], record["short"]) == (False, "")
    assert record["claims"] == record["citations"] == []


def test_ask_plain_is_text_with_its_quote(kiji, opening):
    opening.fake_kiji.enqueue(answer())
    status, out, _ = kiji("ask", "いつ", "ですか")
    assert status == 0
    assert out.splitlines()[0] == "9月20日から21日までです。[1]"
    assert "図書館は9月20日から21日まで休館する。" in out
    assert opening.fake_kiji.asked[0][0] == "いつ ですか"


def test_a_batch_is_answered_in_order_with_its_history(kiji, opening):
    opening.fake_kiji.enqueue(answer("甲"), refusal("乙"))
    lines = jsonl(
        {"id": "a", "question": "甲"},
        {"id": 7, "question": "乙", "history": [{"question": "前", "answer": "答"}]},
    )
    status, out, err = kiji("ask", "--batch", "-", "--json", stdin=lines)
    assert (status, err) == (0, "")
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["a", 7]
    (turn,) = opening.fake_kiji.asked[1][1]
    assert (turn.question, turn.answer) == ("前", "答")


@pytest.mark.parametrize(
    "bad",
    [
        b"{not json\n",
        b"[1]\n",
        b"\xff\xfe\n",
        jsonl({"id": "x"}),
        jsonl({"id": "x", "question": 5}),
        jsonl({"id": [], "question": "q"}),
        jsonl({"id": "x", "question": "q", "history": {"question": "q"}}),
        jsonl({"id": "x", "question": "q", "history": [{"question": "q"}]}),
        b"[" * 100_000 + b"\n",
    ],
)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_bad_line_is_named_and_the_others_are_answered(kiji, opening, bad, lang, tmp_path):
    opening.fake_kiji.enqueue(answer("甲"), answer("乙"))
    file = tmp_path / "questions.jsonl"
    file.write_bytes(jsonl({"question": "甲"}) + b"\n" + bad + jsonl({"question": "乙"}))
    status, out, err = kiji("ask", "--batch", str(file), "--json", KIJI_LANG=lang)
    assert status == 1
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["1", "4"]
    assert err.count("\n") == 1
    assert err.startswith("Line 3:" if lang == "en" else "3行目：")


def test_a_batch_file_with_a_byte_order_mark_is_read(kiji, opening, tmp_path):
    opening.fake_kiji.enqueue(answer("甲"))
    file = tmp_path / "q.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + jsonl({"id": "1", "question": "甲"}))
    assert kiji("ask", "--batch", str(file), "--json")[0] == 0


def test_a_batch_that_is_not_there_is_told(kiji):
    status, out, err = kiji("ask", "--batch", "nowhere.jsonl", "--json")
    assert (status, out) == (1, "")
    assert "nowhere.jsonl" in err


def test_plain_batch_answers_stand_apart(kiji, opening):
    opening.fake_kiji.enqueue(refusal("甲"), refusal("乙"))
    lines = jsonl({"question": "甲"}, {"question": "乙"})
    _, out, _ = kiji("ask", "--batch", "-", stdin=lines)
    assert out == f"{refusal().text}\n\n{refusal().text}\n"


def test_search_json_is_the_contract(kiji):
    status, out, _ = kiji("search", "休館", "-k", "3", "--json")
    record = json.loads(out)
    assert status == 0
    assert list(record) == ["id", "hits"]
    (hit,) = record["hits"]
    assert list(hit)[:6] == ["article", "title", "start", "end", "text", "score"]
    assert ARTICLE.text[hit["start"] : hit["end"]] == hit["text"]


def test_search_batch(kiji):
    lines = jsonl({"id": "a", "question": "休館"}, {"id": "b", "question": "工事"})
    status, out, _ = kiji("search", "--batch", "-", "--json", stdin=lines)
    assert status == 0
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["a", "b"]


def test_search_plain_says_why(kiji):
    _, out, _ = kiji("search", "休館")
    assert "rank 1 (cosine 0.910)" in out


def test_index_several_sources_and_name_what_is_missing(kiji, opening, tmp_path):
    file = tmp_path / "記事.jsonl"
    file.write_bytes(
        jsonl(
            {"id": "x", "title": "題", "text": "題\n本文がここにあります。", "date": "2025-01-01"}
        )
    )
    status, out, err = kiji("index", str(tmp_path / "no.txt"), str(file))
    assert status == 1
    assert out == "Added 1, replaced 0, unchanged 0 (articles); embedded 2 passages.\n"
    assert err.count("\n") == 1
    assert "no.txt" in err
    assert "x" in opening.fake_library.held
    assert opening.fake_library.closed


def test_articles_lists_and_shows(kiji):
    assert "湖畔図書館が臨時休館" in kiji("articles")[1]
    assert json.loads(kiji("articles", "library", "--json")[1])["text"] == ARTICLE.text
    assert json.loads(kiji("articles", "--json")[1])["passages"] == 2
    assert ARTICLE.text in kiji("articles", "library")[1]


def test_an_empty_list_is_said_beside_the_results(kiji, opening):
    opening.fake_library.held.clear()
    status, out, err = kiji("articles")
    assert (status, out) == (0, "")
    assert "kiji index" in err


def test_remove(kiji, opening):
    status, out, err = kiji("remove", "nothing", "library")
    assert status == 1
    assert out == "Removed library.\n"
    assert "nothing" in err
    assert opening.fake_library.held == {}


def test_reindex(kiji):
    assert kiji("reindex") == (0, "Indexed 1 article(s) again.\n", "")


@pytest.mark.parametrize("command", ["ask", "search"])
def test_an_empty_collection_is_an_error_that_says_what_to_do(kiji, opening, command):
    opening.fake_library.held.clear()
    status, out, err = kiji(command, "いつ", "--collection", "nosuch")
    assert (status, out) == (1, "")
    assert "nosuch" in err
    assert "kiji index" in err


def test_a_wrong_setting_is_one_sentence(kiji):
    status, out, err = kiji("ask", "いつ", KIJI_LANGUAGE="ja")
    assert (status, out) == (1, "")
    assert err.count("\n") == 1
    assert "KIJI_LANGUAGE" in err


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_bug_is_one_sentence_with_an_id_and_its_trace_in_the_log(kiji, opening, store, lang):
    opening.fake_kiji.enqueue(RuntimeError("internal detail"))
    status, out, err = kiji("ask", "いつ", "--json", KIJI_LANG=lang)
    assert (status, out) == (1, "")
    assert err.count("\n") == 1
    assert "internal detail" not in err
    log = (store / "kiji.log").read_text("utf-8")
    bug = log.split("bug ")[1].split()[0]
    assert bug in err
    assert "RuntimeError: internal detail" in log


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["nosuch"], "nosuch"),
        (["ask"], "QUESTION"),
        (["ask", "x", "--batch", "y"], "--batch"),
        (["ask", "--nosuch"], "--nosuch"),
        (["search", "x", "-k", "0"], "1"),
        (["search", "x", "-k", "ten"], "-k"),
        (["search", "x", "-k"], "-k"),
        (["version", "more"], "version"),
        (["remove"], "ID"),
        (["index"], "PATH"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_wrong_usage_is_status_2_and_one_line(kiji, arguments, named, lang):
    status, out, err = kiji(*arguments, KIJI_LANG=lang)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert named in err
    assert "--help" in err


def test_no_command_shows_the_help_on_stderr(kiji):
    status, out, err = kiji()
    assert (status, out) == (2, "")
    assert "index" in err


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_help_is_there_in_both_languages(kiji, lang):
    _, out, _ = kiji("--help", KIJI_LANG=lang)
    for name in [
        "index",
        "ask",
        "chat",
        "search",
        "articles",
        "remove",
        "reindex",
        "eval",
        "doctor",
        "version",
    ]:
        assert name in out
        status, help_, err = kiji(name, "--help", KIJI_LANG=lang)
        assert (status, err) == (0, "")
        assert ("使い方" in help_) == (lang == "ja")


def test_chat_refuses_an_article_from_where_its_questions_come(kiji):
    status, _, err = kiji("chat", "-")
    assert status == 1
    assert "kiji index -" in err


def test_doctor_says_what_is_well_and_what_is_wrong(kiji, opening, monkeypatch):
    status, out, _ = kiji("doctor", **{"KIJI_CHROMA_TOKEN": "tell-no-one"})
    assert status == 0
    assert "1 article(s), 2 passages" in out
    assert "tell-no-one" not in out

    def broken():
        raise RuntimeError("broken")

    monkeypatch.setattr(opening.fake_kiji, "warm_up", broken)
    status, out, _ = kiji("doctor")
    assert status == 1
    assert "[WRONG] models:" in out


def test_version(kiji):
    status, out, _ = kiji("version")
    assert status == 0
    assert out.startswith("kiji 0.")
