"""Fixtures for pytest: a virtual Twilio, a phone to call applications with, and REST by both of its doors.

Loaded by its entry point in any project where this package is installed. A project's own fixtures of the
same names win.
"""

import os
from collections.abc import Generator, Iterator

import pytest
from twilio.rest import Client

from ivr.harness import AUTH_TOKEN, Call, Exchange, Phone, Unmet
from ivr.harness.signature import parse_shared_key
from ivr.harness.telling import transcript_of

__all__ = ["phone", "pytest_runtest_makereport", "twilio", "twilio_api", "twilio_client"]

MOST_TRANSCRIPTS = 10


@pytest.fixture
def twilio() -> Exchange:
    """A virtual Twilio: say here who answers the numbers that the application dials.

    Its account is the one the application is configured with, by TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN. With
    TWILIO_SHARED_KEY (ID=SECRET) its requests are signed by SHA-256.
    """
    shared_key = os.environ.get("TWILIO_SHARED_KEY")
    return Exchange(
        account_sid=os.environ.get("TWILIO_ACCOUNT_SID"),
        auth_token=os.environ.get("TWILIO_AUTH_TOKEN", AUTH_TOKEN),
        shared_key=parse_shared_key(shared_key) if shared_key else None,
    )


@pytest.fixture
def phone(twilio: Exchange) -> Phone:
    """The caller's phone: `phone.call(app, "/voice").press("1").should_hear("thank you")`."""
    return Phone(twilio)


@pytest.fixture
def twilio_client(twilio: Exchange) -> Iterator[Client]:
    """A `twilio.rest.Client` of the virtual Twilio; every other one in this process reaches it too, during the test."""
    try:
        from ivr.harness.rest.in_process import rest_in_process
    except ModuleNotFoundError as missing:
        pytest.fail(f"twilio_client needs the library {missing.name}: pip install {missing.name}", pytrace=False)
    with rest_in_process(twilio):
        yield Client(twilio.account_sid, twilio.auth_token)


@pytest.fixture
def twilio_api(twilio: Exchange) -> Iterator[str]:
    """The URL of the virtual Twilio's REST API, for applications in other processes."""
    from ivr.harness.rest.server import serve_rest

    with serve_rest(twilio) as url:
        yield url


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the transcripts of a failed test's calls, but for the one that the failure shows itself."""
    report = yield
    if report.failed:
        shown = call.excinfo.value.transcript if call.excinfo and isinstance(call.excinfo.value, Unmet) else None
        for each in _calls(getattr(item, "funcargs", {}))[:MOST_TRANSCRIPTS]:
            transcript = transcript_of(each.transcript)
            if transcript != shown:
                report.sections.append((f"Call from {each.from_} to {each.to} ({each.direction})", transcript))
    return report


def _calls(fixtures: dict[str, object]) -> tuple[Call, ...]:
    """Every call of the test, in the order they were made."""
    phone, twilio = fixtures.get("phone"), fixtures.get("twilio")
    if isinstance(phone, Phone):
        return phone.exchange.calls
    return twilio.calls if isinstance(twilio, Exchange) else ()
