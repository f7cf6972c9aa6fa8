"""Each provider's package over real HTTP, against a server on loopback that speaks as it does.

A package that is not installed skips its own tests; `pip install -e '.[anthropic,google,ollama]'
-c constraints.txt` brings them all.
"""

from __future__ import annotations

import gc
import importlib.util
import json
import logging
import socket
import time
from dataclasses import dataclass, field

import pytest

from bot.llm.model import EXTRAS, ModelOptions
from bot.llm.probe import probe
from bot.llm.writer import make_writer
from bot.values import ClaimEvent
from prompts.catalogue import say
from tests.bot.llm.support import TOWN, Talk, hits_of
from tests.fakes.anthropic_server import AnthropicServer
from tests.fakes.google_server import GoogleServer
from tests.fakes.model import plain, tokens
from tests.fakes.model_server import INPUT_TOKENS, ModelServer, Serve
from tests.fakes.ollama_server import OllamaServer
from tests.fakes.openai_server import OpenAIServer

KEY = "sk-do-not-show-1234567890"
WHO = "Who closed the lighthouse?"
CLOSED = (
    1,
    "Mayor Edith Lowell closed the lighthouse",
    "Mayor Edith Lowell closed the lighthouse.",
)
COST = (1, "Repairs will cost £2.5 million.", "Repairs will cost £2.5 million.")
CLAIMS = json.dumps(
    {"claims": [{"quotes": [{"passage": 1, "quote": CLOSED[1]}], "claim": CLOSED[2]}]}
)


@dataclass(frozen=True)
class Provider:
    """A model's name, the server that speaks as its provider, and what differs between them."""

    name: str
    server: type[ModelServer]
    path: str
    key: str = KEY  # as it comes with a request
    refused: int = 401  # the status of a wrong key
    # How a 429 says when to come again; None where the package does not pass that on.
    wait: dict[str, str] | None = field(default_factory=lambda: {"Retry-After": "0.4"})


PROVIDERS = (
    Provider("openai:tiny", OpenAIServer, "/v1/chat/completions", f"Bearer {KEY}"),
    Provider("anthropic:claude-test", AnthropicServer, "/v1/messages", f"Bearer {KEY}"),
    Provider(
        "google_genai:gemini-test",
        GoogleServer,
        "/v1beta/models/gemini-test:streamGenerateContent",
        refused=400,
        wait={"retry-delay": "0.4s"},
    ),
    # A server of one's own: the package sends no key.
    Provider("ollama:tiny", OllamaServer, "/api/chat", "", wait=None),
)


@pytest.fixture(params=PROVIDERS, ids=lambda provider: provider.name.partition(":")[0])
def provider(request):
    package = f"langchain_{request.param.name.partition(':')[0]}"
    if importlib.util.find_spec(package) is None:
        extra = EXTRAS[request.param.name.partition(":")[0]]
        pytest.skip(f"{package} is not installed: pip install -e '.[{extra}]'")
    return request.param


@pytest.fixture
def server(provider):
    with provider.server() as made:
        yield made
    # What a failure still holds is let go of here, not in some later test.
    gc.collect()


@pytest.fixture
def talk(monkeypatch, provider, server):
    def make(*replies, **options):
        server.queue.extend(replies)
        made = Talk(monkeypatch, hits_of(TOWN), embedded="Visitors may return in June.")
        given = {"name": provider.name, "url": server.url, "key": KEY, "format": "plain"}
        made.kiji.writer = make_writer(ModelOptions(**given | options))
        return made

    return make


def test_an_answer_is_shown_and_its_tokens_are_counted(talk, server, provider):
    text = plain(CLOSED, COST)
    answer = talk(Serve(text)).ask(WHO)
    assert (answer.engine, answer.note) == (provider.name, "")
    assert [claim.text for claim in answer.claims] == [CLOSED[2], COST[2]]
    assert answer.writing is not None
    assert answer.writing.calls == len(server.requests) == 1
    assert (answer.writing.input_tokens, answer.writing.output_tokens) == (
        INPUT_TOKENS,
        len(tokens(text)),
    )
    assert server.paths[0].partition("?")[0] == provider.path
    assert server.keys == [provider.key]


def test_what_is_sent_is_the_question_and_the_passages(talk, server):
    talk(Serve(plain(CLOSED))).ask(WHO)
    sent = json.dumps(server.requests[0], ensure_ascii=False)
    assert WHO in sent
    assert "Keeper Samuel Finch" in sent


def test_structured_output_is_read_as_it_is_written(talk, server, provider):
    t = talk(Serve(CLAIMS), format="json")
    answer = t.ask(WHO)
    assert (answer.engine, answer.text, answer.note) == (provider.name, CLOSED[2], "")
    # The schema went along, in the provider's own way.
    assert "Claims that answer the question" in json.dumps(server.requests[0])
    assert answer.writing is not None
    assert answer.writing.output_tokens == len(tokens(CLAIMS))


def test_a_claim_is_shown_while_the_rest_is_still_coming(talk, server):
    t = talk(Serve(plain(CLOSED) + plain(COST) * 40, each=0.01))
    started = time.monotonic()
    events = t.kiji.answer(WHO)
    for event in events:
        if isinstance(event, ClaimEvent):
            break
    assert time.monotonic() - started < 2
    events.close()
    end = time.monotonic() + 3
    while not server.gone and time.monotonic() < end:
        time.sleep(0.02)
    assert server.gone == 1


def test_429_is_tried_again_after_what_the_server_says(talk, server, provider):
    if provider.wait is None:
        pytest.skip("the package passes no headers on")
    started = time.monotonic()
    answer = talk(
        Serve(status=429, error="slow down", headers=dict(provider.wait)), Serve(plain(CLOSED))
    ).ask(WHO)
    assert answer.text == CLOSED[2]
    assert 0.4 <= time.monotonic() - started < 5
    assert len(server.requests) == 2


def test_429_without_a_time_is_tried_again_and_then_told(talk, server, provider):
    answer = talk(*[Serve(status=429, error="slow down")] * 3, retries=1).ask(WHO)
    assert answer.note == say("en", "llm.fallback.busy", model=provider.name)
    assert len(server.requests) == 2


def test_a_wrong_key_is_told_as_one_and_shown_nowhere(talk, server, provider, caplog):
    with caplog.at_level(logging.DEBUG, "bot"):
        answer = talk(
            *[Serve(status=provider.refused, error=f"API key not valid: {KEY}")] * 3, retries=2
        ).ask(WHO)
    assert answer.engine == "embedded"
    assert answer.note == say("en", "llm.fallback.key", model=provider.name)
    assert KEY not in f"{answer!r}{caplog.text}"
    assert len(server.requests) == 1


@pytest.mark.parametrize(("status", "kind"), [(404, "no_model"), (500, "server")])
def test_a_failure_is_told_in_one_line(talk, server, provider, status, kind):
    answer = talk(*[Serve(status=status, error="no")] * 3, retries=0).ask(WHO)
    assert answer.note == say("en", f"llm.fallback.{kind}", model=provider.name)
    # Retries are kiji's: a package that had its own would have called again.
    assert len(server.requests) == 1


def test_a_stream_that_tells_an_error_is_tried_again(talk, server, provider):
    if provider.server is not AnthropicServer:
        pytest.skip("only Anthropic tells errors inside a stream that began well")
    overloaded = server.failed(Serve(status=529, error="Overloaded"))
    first = Serve(event=f"event: error\ndata: {json.dumps(overloaded)}\n\n", cut=True)
    answer = talk(first, Serve(plain(CLOSED))).ask(WHO)
    assert (answer.engine, answer.text) == (provider.name, CLOSED[2])
    answer = talk(first, retries=0).ask(WHO)
    assert answer.note == say("en", "llm.fallback.server", model=provider.name)


def test_a_slow_first_token_is_told(talk, provider):
    answer = talk(Serve(plain(CLOSED), before=3), retries=0, first_token_timeout=0.3).ask(WHO)
    assert answer.note == say("en", "llm.fallback.first_token_timeout", model=provider.name)


def test_a_connection_that_breaks_in_the_middle_leaves_what_stands(talk, provider):
    answer = talk(Serve(plain(CLOSED) + "QUOTE 1: Repairs", cut=True)).ask(WHO)
    assert (answer.engine, answer.text) == (provider.name, CLOSED[2])


def test_a_server_that_is_not_there(talk, provider):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    answer = talk(url=f"http://127.0.0.1:{port}", retries=0).ask(WHO)
    assert answer.note == say("en", "llm.fallback.unreachable", model=provider.name)


@pytest.fixture
def deaf():
    """The address of a socket whose backlog is full: it takes no connection and refuses none."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        callers = [socket.socket() for _ in range(8)]
        for caller in callers:
            caller.setblocking(False)
            caller.connect_ex(listening.getsockname())
        with socket.socket() as one_more:
            one_more.settimeout(0.3)
            try:
                one_more.connect(listening.getsockname())
            except TimeoutError:
                yield f"http://127.0.0.1:{listening.getsockname()[1]}"
            else:
                pytest.skip("this system's backlog takes any number of callers")
        for caller in callers:
            caller.close()


def test_a_connection_that_is_not_made_in_its_time_is_given_up(talk, provider, deaf):
    started = time.monotonic()
    answer = talk(url=deaf, retries=0, connect_timeout=0.5, first_token_timeout=8).ask(WHO)
    assert answer.note == say("en", "llm.fallback.connect_timeout", model=provider.name)
    assert time.monotonic() - started < 4


def test_a_probe_calls_once_and_has_a_time(server, provider):
    server.queue.append(Serve("ok"))
    found = probe(make_writer(ModelOptions(provider.name, url=server.url, key=KEY)))
    assert found.failed == ""
    assert found.first_token is not None
    assert len(server.requests) == 1


def test_a_writer_shows_no_key(provider):
    writer = make_writer(ModelOptions(provider.name, url="http://127.0.0.1:9", key=KEY))
    assert KEY not in f"{writer.options!r} {writer.model!r} {writer.model}"
