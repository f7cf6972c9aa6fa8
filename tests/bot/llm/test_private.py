"""What is private is neither sent to an outside model nor traced; LangSmith's client is real."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bot.llm.model import ModelOptions
from bot.llm.writer import make_writer
from bot.opening import Opening
from bot.settings import Settings
from bot.values import Scope
from tests.bot.llm.support import TOWN, Talk, hits_of
from tests.fakes.model import plain
from tests.fakes.openai_server import OpenAIServer, Serve
from tests.fakes.recorder import Recorder

REWRITTEN = "When did Edith Lowell close the lighthouse?"
INVENTED = (1, "Mayor Edith Lowell resigned in anger", "Mayor Edith Lowell resigned.")
CLOSED = (
    1,
    "Mayor Edith Lowell closed the lighthouse on 3 March 2025",
    "Edith Lowell closed the lighthouse on 3 March 2025.",
)
# Of the rewriting, the answer, the repair, and the passages that were sent.
WORDS = (REWRITTEN, INVENTED[1], CLOSED[2], "Keeper Samuel Finch", "When did she do that?")


def traced(langsmith: Recorder, *kept: str, switch: str = "LANGSMITH_TRACING") -> str:
    """What LangSmith was sent while one answer of three calls was made in a process of its own."""
    mine = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LANGSMITH_", "LANGCHAIN_", "KIJI_", "OTEL_"))
    }
    with OpenAIServer() as model:
        model.queue.extend(
            [Serve(REWRITTEN), Serve(plain(INVENTED)), Serve(plain(CLOSED)), Serve("NONE")]
        )
        done = subprocess.run(
            [sys.executable, "-m", "tests.bot.llm.traced", model.url, *kept],
            env=mine
            | {
                switch: "true",
                "LANGSMITH_ENDPOINT": langsmith.url,
                "LANGSMITH_API_KEY": "lsv2-of-nobody",
                "LANGSMITH_DISABLE_RUN_COMPRESSION": "true",
            },
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.stdout.strip() == "openai:tiny 3", done.stdout + done.stderr
        assert len(model.requests) == 3
    return b"".join(request.body for request in langsmith.requests).decode("utf-8", "replace")


@pytest.fixture
def langsmith():
    with Recorder() as recorder:
        yield recorder


def test_langsmith_hears_of_an_answer_that_is_not_private(langsmith):
    sent = traced(langsmith, "open")
    assert any("/runs" in request.path for request in langsmith.requests)
    for words in WORDS:
        assert words in sent


@pytest.mark.parametrize(
    ("kept", "switch"),
    [
        ("scope", "LANGSMITH_TRACING"),
        ("scope", "LANGCHAIN_TRACING_V2"),
        ("collection", "LANGSMITH_TRACING"),
    ],
)
def test_langsmith_hears_nothing_of_a_private_answer(langsmith, kept, switch):
    assert traced(langsmith, kept, switch=switch) == ""
    assert langsmith.requests == []


def test_a_program_around_kiji_that_traces_all_hears_no_private_call(langsmith):
    assert traced(langsmith, "scope", "around") == ""


# --- no outside model -------------------------------------------------------------


@pytest.fixture
def elsewhere(monkeypatch):
    """A chain whose model is one outside, by its address, though its server is ours."""
    with OpenAIServer() as server:
        talk = Talk(monkeypatch, hits_of(TOWN), embedded="Visitors may return in June.")
        options = ModelOptions("openai:tiny", url=server.url, format="plain")
        talk.kiji.writer = make_writer(options)
        talk.kiji.writer.outside = True
        yield talk, server


def test_a_private_scope_asks_no_outside_model_over_http(elsewhere):
    talk, server = elsewhere
    assert talk.ask("Who closed the lighthouse?", scope=Scope(private=True)).engine == "embedded"
    assert server.requests == []
    server.queue.append(Serve(plain(CLOSED)))
    assert talk.ask("Who closed the lighthouse?").engine == "openai:tiny"


@pytest.mark.parametrize(
    ("collection", "url", "written"),
    [
        ("hr", "", False),
        ("hr", "https://api.example.com/v1", False),
        ("hr", "http://127.0.0.1:8080/v1", True),
        ("news", "https://api.example.com/v1", True),
    ],
)
def test_a_private_collection_has_a_writer_only_on_this_machine(collection, url, written):
    given = {"KIJI_MODEL": "openai:tiny", "KIJI_MODEL_URL": url, "KIJI_MODEL_KEY": "k"}
    given |= {"KIJI_COLLECTION": collection, "KIJI_PRIVATE_COLLECTIONS": "hr, board"}
    writer = Opening(Settings.load(given)).writer()
    assert (writer is not None) is written
    if writer is not None:
        assert writer.meter().private is (collection == "hr")
        assert writer.meter(private=True).private


def test_a_private_slack_channel_is_a_private_scope():
    settings = Settings.load({"KIJI_SLACK_PRIVATE_CHANNELS": "C0HR, C0BOARD"})
    assert settings.is_private_channel("C0HR")
    assert settings.is_private_channel("C0BOARD")
    assert not settings.is_private_channel("C0NEWS")


def test_options_can_not_send_a_local_models_calls_elsewhere():
    options = ModelOptions(
        "openai:tiny",
        url="http://127.0.0.1:9/v1",
        key="k",
        options='{"base_url": "https://api.example.com/v1"}',
    )
    assert not options.outside
    assert make_writer(options).model.openai_api_base == options.url  # type: ignore[attr-defined]
