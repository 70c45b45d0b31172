"""Spans: one for each request of Twilio's, with nothing in it that was keyed or said."""

import subprocess
import sys

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from ivr.errors import SettingsError
from tests.conftest import TUESDAY_MORNING
from tests.webhooks.conftest import Sender
from webhooks import create_app
from webhooks.tracing import ENDPOINT, by_environment, traced, untraced

CARD = "4929123412341234"


@pytest.fixture
def spans(sender: Sender) -> InMemorySpanExporter:
    """What the line that `sender` calls has traced."""
    kept, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    sender.app = create_app(
        sender.settings, centre=sender.centre, clock=lambda: TUESDAY_MORNING, traced=traced(provider)
    )
    return kept


def test_every_request_leaves_a_span_that_names_its_call(sender: Sender, spans: InMemorySpanExporter) -> None:
    sender.post("/voice/incoming")
    sender.post("/voice/turn/0", Digits=CARD, SpeechResult=CARD)
    sender.post("/voice/status", CallStatus="completed")
    told = [(span.name, dict(span.attributes or {})) for span in spans.get_finished_spans()]
    assert told == [
        (
            f"POST /voice/{route}",
            {"http.route": route, "http.response.status_code": status, "ivr.call": sender.call_sid},
        )
        for route, status in (("incoming", 200), ("answered", 200), ("status", 204))
    ]


def test_a_refused_request_names_no_call(sender: Sender, spans: InMemorySpanExporter) -> None:
    sender.post("/voice/incoming")
    sender.forge("/voice/turn/0", {"Digits": CARD}, CARD)
    refused = spans.get_finished_spans()[-1]
    assert dict(refused.attributes or {}) == {"http.route": "answered", "http.response.status_code": 403}
    assert CARD not in refused.to_json()


def test_it_is_off_unless_there_is_somewhere_to_send_it_to() -> None:
    assert by_environment({}) is untraced
    assert by_environment({ENDPOINT: "http://127.0.0.1:1"}) is not untraced


def test_off_nothing_of_it_is_imported() -> None:
    asks = "import sys, webhooks.app; sys.exit(any(name.startswith('opentelemetry') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", asks], check=False).returncode == 0


def test_without_its_packages_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    with pytest.raises(SettingsError, match=r"ivr-trainer\[otel\]"):
        by_environment({ENDPOINT: "http://127.0.0.1:4318"})
