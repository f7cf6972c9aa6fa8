"""Spans of an answer, on OpenTelemetry's own SDK with an exporter in memory."""

from __future__ import annotations

import sys

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from bot import telemetry
from prompts.catalogue import say
from retrieval.errors import SettingsError
from tests.bot.llm.support import TOWN, Talk, hits_of
from tests.fakes.model import plain

CLOSED = (
    1,
    "Mayor Edith Lowell closed the lighthouse",
    "Mayor Edith Lowell closed the lighthouse.",
)


@pytest.fixture
def exported():
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    telemetry.use(provider.get_tracer("test"))
    yield exporter
    telemetry.use(None)


def test_an_answer_is_one_span_with_its_parts_and_none_of_its_words(monkeypatch, exported):
    talk = Talk(monkeypatch, hits_of(TOWN))
    talk.model.enqueue(plain(CLOSED))
    talk.ask("Who closed the lighthouse?")
    spans = {span.name: span for span in exported.get_finished_spans()}
    assert set(spans) == {"kiji.answer", "kiji.search", "kiji.write"}
    whole = spans["kiji.answer"]
    assert whole.attributes["kiji.engine"] == "fake:model"
    assert whole.attributes["kiji.kept"] == 1
    assert spans["kiji.write"].parent.span_id == whole.context.span_id
    assert "Lowell" not in str([span.to_json() for span in spans.values()])


def test_an_answer_that_is_stopped_closes_its_spans(monkeypatch, exported):
    talk = Talk(monkeypatch, hits_of(TOWN), seconds=0.01)
    talk.model.enqueue(plain(CLOSED) * 20)
    events = talk.kiji.answer("Who closed the lighthouse?")
    for _ in range(3):
        next(events)
    events.close()
    spans = {span.name: span for span in exported.get_finished_spans()}
    assert spans["kiji.answer"].attributes["kiji.stopped"] is True
    assert "kiji.write" in spans


def test_nothing_is_set_up_unless_the_environment_asks(monkeypatch):
    telemetry.start({})
    assert telemetry._tracer is None
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with pytest.raises(SettingsError) as caught:
        telemetry.start({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"})
    assert "[otel]" in say("en", caught.value.key, **caught.value.details)
