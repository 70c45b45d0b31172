"""Fixtures for pytest: a virtual Twilio, and a phone to call applications with.

Loaded by its entry point in any project where this package is installed. A project's own fixtures of the
same names win.
"""

from collections.abc import Generator

import pytest

from ivr.harness import Exchange, Phone, Unmet
from ivr.harness.telling import transcript_of

__all__ = ["phone", "pytest_runtest_makereport", "twilio"]


@pytest.fixture
def twilio() -> Exchange:
    """A virtual Twilio: say here who answers the numbers that the application dials."""
    return Exchange()


@pytest.fixture
def phone(twilio: Exchange) -> Phone:
    """The caller's phone: `phone.call(app, "/voice").press("1").should_hear("thank you")`."""
    return Phone(twilio)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the transcripts of a failed test's calls, unless the failure shows one itself."""
    report = yield
    shows_itself = call.excinfo is not None and call.excinfo.errisinstance(Unmet)
    held = getattr(item, "funcargs", {}).get("phone")
    if report.failed and isinstance(held, Phone) and not shows_itself:
        for each in held.calls:
            report.sections.append((f"Call from {each.from_} to {each.to}", transcript_of(each.transcript)))
    return report
