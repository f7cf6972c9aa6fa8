"""Spans on the wire: OTLP over HTTP to a collector on loopback, its protobuf read back."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time

import pytest

from tests.bot.spans import CLOSED, EMBEDDED, KEY, QUESTION
from tests.fakes.recorder import Recorder

try:
    INSTALLED = importlib.util.find_spec("opentelemetry.exporter.otlp.proto.http") is not None
except ModuleNotFoundError:
    INSTALLED = False

needs_otel = pytest.mark.skipif(not INSTALLED, reason="needs pip install -e '.[otel]'")


def run(endpoint: str) -> float:
    """Run the program with its spans sent to `endpoint`; gives the seconds that it took."""
    mine = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LANGSMITH_", "LANGCHAIN_", "KIJI_", "OTEL_"))
    }
    mine |= {
        "OTEL_EXPORTER_OTLP_ENDPOINT": endpoint,
        "OTEL_EXPORTER_OTLP_HEADERS": "x-of-the-collector=token",
        "OTEL_EXPORTER_OTLP_TIMEOUT": "60",
        "OTEL_SERVICE_NAME": "kiji-of-the-test",
        "OPENAI_API_KEY": KEY,
    }
    began = time.monotonic()
    subprocess.run([sys.executable, "-m", "tests.bot.spans"], env=mine, check=True, timeout=120)
    return time.monotonic() - began


@pytest.fixture(scope="module")
def received():
    """The requests that a collector gets, of one run."""
    with Recorder(reply=b"") as collector:
        run(collector.url)
    return collector.requests


@pytest.fixture(scope="module")
def spans(received):
    """Every span that was sent, and the attributes of what sent them."""
    from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

    resources = [
        resource
        for request in received
        for resource in ExportTraceServiceRequest.FromString(request.body).resource_spans
    ]
    sender = {a.key: a.value.string_value for r in resources for a in r.resource.attributes}
    return [s for r in resources for scope in r.scope_spans for s in scope.spans], sender


def attributes(span) -> dict[str, object]:
    return {a.key: getattr(a.value, a.value.WhichOneof("value")) for a in span.attributes}


@needs_otel
def test_a_collector_gets_the_spans_though_the_process_leaves_at_once(received, spans):
    found, sender = spans
    assert {request.path for request in received} == {"/v1/traces"}
    assert received[0].headers["content-type"] == "application/x-protobuf"
    assert received[0].headers["x-of-the-collector"] == "token"
    assert sender["service.name"] == "kiji-of-the-test"
    answers = [span for span in found if span.name == "kiji.answer"]
    assert len(answers) == 3
    parts = sorted(span.name for span in found if span.parent_span_id == answers[1].span_id)
    assert parts == ["kiji.read", "kiji.search", "kiji.write"]
    for span in found:
        assert span.end_time_unix_nano >= span.start_time_unix_nano > 0


@needs_otel
def test_spans_say_what_came_of_each_answer(spans):
    written, fallen_back, stopped = (s for s in spans[0] if s.name == "kiji.answer")
    said = attributes(written)
    assert said["kiji.engine"] == said["kiji.model"] == "fake:model"
    assert (said["kiji.answered"], said["kiji.intent"]) == (True, "who")
    assert (said["kiji.kept"], said["kiji.dropped"], said["kiji.calls"]) == (1, 0, 1)
    assert said["kiji.output_tokens"] > 0
    assert said["kiji.seconds"] >= said["kiji.search_seconds"] >= 0
    said = attributes(fallen_back)
    assert (said["kiji.engine"], said["kiji.fallback"]) == ("embedded", "key")
    assert attributes(stopped) == {"kiji.stopped": True}


@needs_otel
def test_no_word_of_a_question_an_article_an_answer_or_a_key_is_sent(received):
    sent = b"".join(request.body for request in received)
    assert b"kiji.answer" in sent
    for words in (QUESTION, CLOSED[2], EMBEDDED, KEY, "Lowell", "lighthouse", "town"):
        assert words.encode() not in sent


@needs_otel
def test_a_collector_that_is_down_holds_up_the_end_for_seconds_only():
    # The exporter alone would go on trying for the minute that it is given.
    assert run("http://127.0.0.1:9") < 30
