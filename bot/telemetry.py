"""OpenTelemetry spans of each answer, where the environment asks for them; else nothing at all.

Spans carry times and counts, never a question, an article or an answer.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from retrieval.errors import SettingsError

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span, Tracer

_ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
Attribute = str | int | float | bool

# How long the end of a run waits for a collector, in seconds.
_FINISHING = 3.0

_tracer: Tracer | None = None
_provider: TracerProvider | None = None


def asked_for(environ: Mapping[str, str]) -> bool:
    """Whether OpenTelemetry's own variables say where spans are to go."""
    return any(environ.get(name) for name in _ENDPOINTS)


def start(environ: Mapping[str, str]) -> None:
    """Send spans where OpenTelemetry's own variables say; does nothing where none is set.

    Raises SettingsError when they are set and the extra `otel` is not installed.
    """
    global _provider  # noqa: PLW0603 - one for the process, as OpenTelemetry's own is
    if _tracer is not None or not asked_for(environ):
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        raise SettingsError("llm.missing_otel") from None
    provider = TracerProvider(
        resource=Resource.create({"service.name": environ.get("OTEL_SERVICE_NAME", "kiji")})
    )
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    _provider = provider
    use(provider.get_tracer("kiji"))


def finish() -> None:
    """Send the spans that still wait, and LangSmith's runs; for ends that skip `atexit`.

    Gives up after a few seconds: a collector that is down holds nobody up.
    """
    sending = threading.Thread(target=_flush, daemon=True)
    sending.start()
    sending.join(_FINISHING)


def _flush() -> None:
    if _provider is not None:
        _provider.force_flush()
    if "langchain_core.tracers.langchain" in sys.modules:
        from langchain_core.tracers.langchain import wait_for_all_tracers

        wait_for_all_tracers()


def use(tracer: Tracer | None) -> None:
    """Make spans with this tracer from now on; None: make none."""
    global _tracer  # noqa: PLW0603 - one for the process, as OpenTelemetry's own is
    _tracer = tracer


class Trace:
    """The span of one answer and its parts. Not tied to a context: answers are iterators."""

    def __init__(self, name: str) -> None:
        self._span: Span | None = _tracer.start_span(name) if _tracer else None

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """A span inside this one, for the time of a `with` block."""
        if self._span is None or _tracer is None:
            yield
            return
        from opentelemetry.trace import set_span_in_context

        span = _tracer.start_span(name, context=set_span_in_context(self._span))
        try:
            yield
        finally:
            span.end()

    def end(self, attributes: Mapping[str, Attribute | None]) -> None:
        """Close the span with what came of it; a second call does nothing."""
        if self._span is not None:
            for name, value in attributes.items():
                if value is not None:
                    self._span.set_attribute(f"kiji.{name}", value)
            self._span.end()
            self._span = None
