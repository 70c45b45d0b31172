"""Requests of every kind at every route, signed and unsigned: each is answered as it should be, and nothing breaks.

`make fuzz` tries a hundred thousand.
"""

import logging
import os
from dataclasses import dataclass, replace
from io import BytesIO
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator
from werkzeug.test import TestResponse

from ivr.flow.centre import ContactCentre
from ivr.harness import AUTH_TOKEN
from ivr.stores.memory import MemoryCalls
from tests.conftest import TUESDAY_MORNING
from tests.webhooks.conftest import PUBLIC_URL
from webhooks import Settings, create_app
from webhooks.fields import SHAPES
from webhooks.rates import Rates
from webhooks.settings import Credentials, Limits

REQUESTS = int(os.environ.get("IVR_FUZZ_REQUESTS", "600"))
VOICE = (
    "/voice/incoming",
    "/voice/status",
    "/voice/fallback",
    "/voice/turn/0",
    "/voice/turn/1",
    "/voice/turn/999999999",
)
OPEN = ("/healthz", "/readyz", "/voice/hold.wav")
REFUSED = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed"}
REFUSED |= {413: "Request Entity Too Large", 429: "Too Many Requests"}
ACCOUNT = "AC" + "0" * 32
GATEWAY = {"REMOTE_ADDR": "203.0.113.9"}

anything = st.text(max_size=40)
digits = st.text("0123456789*#wA ", max_size=140)
words = st.sampled_from(
    ("representative", "lost card", "378282246310005", "yes", "two one two", "<Response/>", "' OR 1=1", "\x00")
)
names = st.one_of(st.sampled_from(sorted(SHAPES)), st.text(max_size=12))
values = st.one_of(
    anything, digits, words, st.sampled_from(("completed", "in-progress", "1", "0.9", "nan", "-1", "x" * 5000))
)


paths = st.sampled_from((*VOICE * 4, *OPEN, "/metrics", "/", "/voice", "")).flatmap(
    lambda path: st.just(path) if path else st.text("/voice.%2e\x7f", max_size=12)
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request; `signed` says that its signature is right."""

    method: str
    path: str
    body: bytes
    headers: dict[str, str]
    signed: bool


@st.composite
def forms(draw: st.DrawFn) -> dict[str, str]:
    """What Twilio sends, with some of it left out, changed, or more beside it."""
    usual = {
        "AccountSid": ACCOUNT,
        "CallSid": f"CA{draw(st.integers(0, 9)):032x}",
        "CallStatus": draw(st.sampled_from(("ringing", "in-progress", "completed", "busy", "?"))),
        "From": "+12125550101",
        "To": "+18005282122",
    }
    left = {name: value for name, value in usual.items() if draw(st.integers(0, 19))}
    return {**left, **draw(st.dictionaries(names, values, max_size=4))}


@st.composite
def requests(draw: st.DrawFn) -> Asked:
    path = draw(paths)
    path = "/" + path.lstrip("/")
    query = draw(st.sampled_from(("", "", "?apologies=1", "?apologies=x", "?a=%00&b=<script>", "?378282246310005")))
    fields = draw(forms())
    body = urlencode(fields, errors="surrogatepass").encode()
    kind = draw(st.sampled_from(("signed", "signed", "forged", "unsigned", "raw")))
    headers = {
        "Content-Type": draw(st.sampled_from(("application/x-www-form-urlencoded",) * 4 + ("application/json", "")))
    }
    if kind == "raw":
        body = draw(st.binary(max_size=200))
    if kind in ("signed", "forged"):
        try:
            headers["X-Twilio-Signature"] = RequestValidator(AUTH_TOKEN).compute_signature(
                PUBLIC_URL + path + query, fields
            )
        except UnicodeError:
            kind = "unsigned"
    if kind == "forged":
        fields |= {"Digits": fields.get("Digits", "") + "1"}
        body = urlencode(fields, errors="surrogatepass").encode()
    method = draw(st.sampled_from(("POST",) * 16 + ("GET", "PUT", "HEAD", "OPTIONS", "DELETE", "BREW")))
    return Asked(method=method, path=path + query, body=body, headers=headers, signed=kind == "signed")


@dataclass(kw_only=True)
class Line:
    """The line, and what it keeps and logs."""

    store: MemoryCalls
    log: pytest.LogCaptureFixture
    client: object

    def ask(self, asked: Asked) -> TestResponse:
        return self.client.open(  # type: ignore[attr-defined, no-any-return]
            asked.path,
            method=asked.method,
            input_stream=BytesIO(asked.body),
            headers=asked.headers,
            content_length=len(asked.body),
            environ_base=GATEWAY,
        )


@pytest.fixture
def fuzzed(settings: Settings, small: ContactCentre, caplog: pytest.LogCaptureFixture) -> Line:
    caplog.set_level(logging.DEBUG)
    unlimited = Limits(rates=Rates(calls_per_caller=None, refusals_per_address=None))
    mine = replace(settings, limits=unlimited, credentials=Credentials(account_sid=ACCOUNT, auth_token=AUTH_TOKEN))
    store = MemoryCalls()
    app = create_app(mine, centre=small, store=store, clock=lambda: TUESDAY_MORNING)
    return Line(store=store, log=caplog, client=app.test_client())


@settings(
    max_examples=REQUESTS,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(asked=requests())
def test_every_request_is_answered_as_it_should_be(fuzzed: Line, asked: Asked) -> None:
    fuzzed.log.clear()
    known = len(fuzzed.store)
    answer = fuzzed.ask(asked)
    event(f"{'signed' if asked.signed else 'not signed'}: {answer.status_code}")
    path = asked.path.partition("?")[0]
    if answer.status_code in REFUSED:
        expected = f"{answer.status_code} {REFUSED[answer.status_code]}\n"
        assert answer.text == ("" if asked.method == "HEAD" else expected)
        assert len(fuzzed.store) == known
    else:
        assert answer.status_code in (200, 204), answer.status
        assert path in OPEN or asked.method == "OPTIONS" or (asked.signed and path.startswith("/voice/"))
    assert b"Traceback" not in answer.data
    broken = [
        line for line in fuzzed.log.records if line.levelno >= logging.ERROR and "could not go on" not in str(line.msg)
    ]
    assert broken == []
