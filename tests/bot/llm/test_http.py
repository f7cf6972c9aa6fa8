"""The real path: init_chat_model, langchain-openai and HTTP, against a server on loopback."""

from __future__ import annotations

import json
import logging
import socket
import time

import pytest

from bot.cli.entry import run
from bot.llm.model import ModelOptions
from bot.llm.probe import probe
from bot.llm.writer import make_writer
from bot.values import ClaimEvent
from prompts.catalogue import say
from tests.bot.llm.support import TOWN, Talk, hits_of
from tests.fakes.kiji import ARTICLE, FakeKiji, FakeLibrary
from tests.fakes.model import plain
from tests.fakes.openai_server import OpenAIServer, Serve

KEY = "sk-do-not-show-1234567890"
WHO = "Who closed the lighthouse?"
CLOSED = (
    1,
    "Mayor Edith Lowell closed the lighthouse",
    "Mayor Edith Lowell closed the lighthouse.",
)


@pytest.fixture
def server():
    with OpenAIServer() as made:
        yield made


@pytest.fixture
def talk(monkeypatch, server):
    def make(*replies, **options):
        server.queue.extend(replies)
        made = Talk(monkeypatch, hits_of(TOWN), embedded="Visitors may return in June.")
        given = {"name": "openai:tiny", "url": server.url, "key": KEY, "format": "plain"}
        made.kiji.writer = make_writer(ModelOptions(**given | options))
        return made

    return make


def test_an_answer_over_http(talk, server):
    answer = talk(Serve(plain(CLOSED))).ask(WHO)
    assert (answer.engine, answer.text) == ("openai:tiny", CLOSED[2])
    assert answer.writing is not None
    assert (answer.writing.input_tokens, answer.writing.calls) == (100, 1)
    assert server.requests[0]["stream"] is True
    assert server.keys == [f"Bearer {KEY}"]


def test_structured_output_over_http(talk, server):
    reply = {"claims": [{"quotes": [{"passage": 1, "quote": CLOSED[1]}], "claim": CLOSED[2]}]}
    answer = talk(Serve(json.dumps(reply)), format="json").ask(WHO)
    assert (answer.engine, answer.text) == ("openai:tiny", CLOSED[2])
    assert server.requests[0]["response_format"]["type"] == "json_schema"


def test_429_is_tried_again_after_what_the_server_says(talk, server):
    started = time.monotonic()
    answer = talk(Serve(status=429, headers={"Retry-After": "0.3"}), Serve(plain(CLOSED))).ask(WHO)
    assert answer.text == CLOSED[2]
    assert time.monotonic() - started >= 0.3
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Serve(status=401, error=f"Incorrect API key provided: {KEY}"), "key"),
        (Serve(status=404, error="The model `tiny` does not exist"), "no_model"),
        (Serve(status=500, error="boom"), "server"),
        (Serve(plain(CLOSED), before=5), "first_token_timeout"),
    ],
)
def test_a_failure_is_told_in_one_line_and_the_key_in_none(talk, reply, kind, caplog):
    with caplog.at_level(logging.DEBUG, "bot"):
        answer = talk(reply, retries=0, first_token_timeout=0.3).ask(WHO)
    assert answer.engine == "embedded"
    assert answer.note == say("en", f"llm.fallback.{kind}", model="openai:tiny")
    assert KEY not in f"{answer!r}{answer.note}{caplog.text}"


def test_a_server_that_is_not_there(talk):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    answer = talk(url=f"http://127.0.0.1:{port}/v1", retries=0).ask(WHO)
    assert answer.note == say("en", "llm.fallback.unreachable", model="openai:tiny")


def test_a_connection_that_breaks_in_the_middle(talk):
    answer = talk(Serve(plain(CLOSED) + "QUOTE 1: Repairs", cut=True)).ask(WHO)
    assert (answer.engine, answer.text) == ("openai:tiny", CLOSED[2])
    assert answer.note == say("en", "llm.fallback.partly", model="openai:tiny")


def test_closing_the_iterator_hangs_up(talk, server):
    t = talk(Serve(plain(CLOSED) + plain(CLOSED) * 100, each=0.01))
    events = t.kiji.answer(WHO)
    for event in events:
        if isinstance(event, ClaimEvent):
            break
    events.close()
    end = time.monotonic() + 3
    while not server.gone and time.monotonic() < end:
        time.sleep(0.02)
    assert server.gone == 1


def test_the_writer_shows_no_key(talk):
    writer = make_writer(ModelOptions("openai:tiny", url="http://127.0.0.1:9/v1", key=KEY))
    assert KEY not in f"{writer.options!r} {writer.model!r} {writer.model}"


# --- kiji doctor ------------------------------------------------------------------


@pytest.fixture
def doctor(monkeypatch, server, store, capsys):
    """Runs `kiji doctor` with everything but the model faked."""

    def call(*replies, **environ):
        import bot.opening

        server.queue.extend(replies)
        monkeypatch.setattr(bot.opening.Opening, "library", lambda self: FakeLibrary(ARTICLE))
        monkeypatch.setattr(bot.opening.Opening, "kiji", lambda self, library: FakeKiji())
        given = {
            "KIJI_STORE": str(store),
            "KIJI_MODEL": "openai:tiny",
            "KIJI_MODEL_URL": server.url,
            "KIJI_MODEL_KEY": KEY,
        }
        status = run(["doctor"], given | environ)
        out = capsys.readouterr()
        assert KEY not in out.out + out.err
        (line,) = [
            line for line in out.out.splitlines() if "openai:tiny" in line and "model:" in line
        ]
        return status, line

    return call


def test_doctor_makes_one_tiny_call_and_says_what_it_found(doctor, server):
    status, line = doctor(Serve("ok"))
    assert status == 0
    assert "reachable, key accepted, model found; first token after 0." in line
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Serve(status=401, error=f"bad key {KEY}"), "does not accept the key"),
        (Serve(status=404), "has no model"),
        (Serve(status=429), "429"),
        (Serve(status=503), "5xx"),
    ],
)
def test_doctor_says_what_is_wrong(doctor, server, reply, told):
    status, line = doctor(reply)
    assert status == 1
    assert line.startswith("[WRONG]")
    assert told in line
    assert len(server.requests) == 1


def test_doctor_blames_only_the_language_model_for_its_missing_key(monkeypatch, store, capsys):
    import bot.opening

    def kiji(self, library):
        self.writer()
        return FakeKiji()

    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setattr(bot.opening.Opening, "library", lambda self: FakeLibrary(ARTICLE))
    monkeypatch.setattr(bot.opening.Opening, "kiji", kiji)
    given = {"KIJI_STORE": str(store), "KIJI_MODEL": "openai:tiny", "KIJI_LANG": "en"}
    assert run(["doctor"], given) == 1
    wrong = [line for line in capsys.readouterr().out.splitlines() if line.startswith("[WRONG]")]
    (told,) = [line for line in wrong if "model" in line]
    assert "OPENAI_API_KEY" in told


def test_doctor_asks_no_outside_model_about_a_private_collection(doctor, server):
    status, line = doctor(
        KIJI_MODEL_URL="https://api.example.com/v1", KIJI_PRIVATE_COLLECTIONS="default"
    )
    assert status == 0
    assert "private" in line
    assert server.requests == []


def test_a_probe_has_a_sentence_for_every_way_it_ends():
    from bot.llm.failure import Kind

    ends = set(Kind) - {Kind.MALFORMED, Kind.NOT_THERE, Kind.NOT_BORNE_OUT}
    for language in ("ja", "en"):
        for kind in ends:
            assert say(language, f"llm.probe.{kind}", model="m:x", place="host", seconds="1")


def test_a_probe_that_goes_well_has_a_time(server):
    server.queue.append(Serve("ok", before=0.1))
    found = probe(make_writer(ModelOptions("openai:tiny", url=server.url)))
    assert found.failed == ""
    assert found.first_token is not None
    assert found.first_token >= 0.1
