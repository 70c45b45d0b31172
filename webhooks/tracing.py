"""Traces, for those who collect them: a span for each request that Twilio made, by OpenTelemetry.

Off unless OTEL_EXPORTER_OTLP_ENDPOINT is set, and then nothing of it is imported. A span says which route, which call
and which status: nothing that was keyed or said. It is sent in the background, and lost rather than waited for.
"""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response

from ivr.errors import SettingsError
from webhooks.logs import call_at_hand

__all__ = ["ENDPOINT", "Traced", "View", "by_environment", "traced", "untraced"]

ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
"""https://opentelemetry.io/docs/specs/otel/protocol/exporter/; the exporter reads it, and its headers, by itself."""

View = Callable[..., Response]
Traced = Callable[[str, View], View]
"""Takes a route's name and what answers it; gives what answers it and leaves a span."""


def untraced(route: str, view: View) -> View:
    """No spans."""
    return view


def by_environment(environ: Mapping[str, str]) -> Traced:
    """What the environment asks for. Raises SettingsError where the packages for it are not there."""
    if not environ.get(ENDPOINT, "").strip():
        return untraced
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        raise SettingsError(
            [f"{ENDPOINT} is set, which needs OpenTelemetry: pip install 'ivr-trainer[otel]'"]
        ) from None
    name = environ.get("OTEL_SERVICE_NAME", "").strip() or "ivr"
    provider = TracerProvider(resource=Resource.create({"service.name": name}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return traced(provider)


def traced(provider: Any) -> Traced:
    """Spans of an OpenTelemetry TracerProvider."""
    tracer = provider.get_tracer("ivr")

    def wrap(route: str, view: View) -> View:
        def through(**values: Any) -> Response:
            with tracer.start_as_current_span(f"POST /voice/{route}", record_exception=False) as span:
                response = view(**values)
                span.set_attribute("http.route", route)
                span.set_attribute("http.response.status_code", response.status_code)
                call = call_at_hand()
                if call is not None:
                    span.set_attribute("ivr.call", call)
            return response

        return through

    return wrap
