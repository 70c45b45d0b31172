"""The pytest plugin, in a project that has nothing of ours but the installed package."""

import pytest

APP = """
def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/xml")])
    if environ["PATH_INFO"] == "/menu":
        raise RuntimeError("the menu is broken")
    return [b"<Response><Gather numDigits='1' action='/menu'><Say>Press one</Say></Gather></Response>"]
"""


def run(pytester: pytest.Pytester, test: str, app: str = APP) -> pytest.RunResult:
    pytester.makepyfile(app + test)
    return pytester.runpytest_inprocess("-p", "no:cacheprovider")


def test_a_call(pytester: pytest.Pytester) -> None:
    test = """
def test_it(phone, twilio):
    call = phone.call(app)
    assert phone.heard == ("Press one",)
    call.should_hear("press ONE").should_be_asked()
    phone.hang_up().should_end("completed")
    assert phone.exchange is twilio
"""
    pytester.makepyfile(APP + test)
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)


def test_a_matcher_that_fails_shows_the_transcript_and_the_crash(pytester: pytest.Pytester) -> None:
    result = run(pytester, "\ndef test_it(phone):\n    phone.call(app).press('1').should_hear('thank you')\n")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            '*expected: just heard "thank you"*',
            "*heard since: *application error*",
            "*LINE  Press one*",
            "*YOU   press 1*",
            "*POST http://localhost/menu Digits=1*",
            "*RuntimeError: the menu is broken*",
        ]
    )
    assert "matchers.py" not in result.stdout.str()


def test_a_plain_assert_that_fails_shows_the_transcript(pytester: pytest.Pytester) -> None:
    result = run(pytester, "\ndef test_it(phone):\n    assert phone.call(app).ended\n")
    result.stdout.fnmatch_lines(["*Call from +12025550101 to +12025550100 (inbound)*", "*LINE  Press one*"])


def test_no_call_yet(pytester: pytest.Pytester) -> None:
    result = run(pytester, "\ndef test_it(phone):\n    phone.press('1')\n")
    result.stdout.fnmatch_lines(["*the phone has not called anybody*"])


def test_a_project_may_have_a_fixture_of_the_same_name(pytester: pytest.Pytester) -> None:
    pytester.makeconftest("import pytest\n@pytest.fixture\ndef twilio():\n    return 'mine'\n")
    run(pytester, "\ndef test_it(twilio):\n    assert twilio == 'mine'\n").assert_outcomes(passed=1)


def test_the_shared_key_of_the_environment_signs(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWILIO_SHARED_KEY", "key_1=secret")
    test = """
def test_it(phone):
    signed_by = phone.call(app).requests[0].headers["X-Twilio-Webhooks-Signature-Settings"]
    assert signed_by == "key=key_1,algorithm=HMAC_SHA256"
"""
    run(pytester, test).assert_outcomes(passed=1)


REST = """
import os, pytest
from twilio.rest import Client

def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/xml")])
    client = Client(os.environ["TWILIO_ACCOUNT_SID"], os.environ["TWILIO_AUTH_TOKEN"])
    if "BASE" in os.environ:
        client.api.base_url = os.environ["BASE"]
    sent = client.messages.create(to="+14155550101", from_="+12025550100", body="Somebody calls")
    return [f"<Response><Say>{sent.status}</Say><Dial>+14155550101</Dial></Response>".encode()]
"""


def test_rest_by_both_doors_with_the_account_of_the_environment(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", f"AC{7:032}")
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "secret")
    test = """
def test_in_process(phone, twilio_client):
    phone.call(app).should_hear("queued")
    assert [message.body for message in twilio_client.messages.list()] == ["Somebody calls"]

def test_over_http(phone, twilio, twilio_api, monkeypatch):
    monkeypatch.setenv("BASE", twilio_api)
    phone.call(app).should_hear("queued")
    assert len(twilio.texts.kept) == 1

def test_which_fails(phone, twilio_client):
    call = phone.call(app)
    call.should_hear("queued")
    call.dialled[0].should_hear("nothing of the kind")
"""
    result = run(pytester, test, REST)
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["*Call from +12025550101 to +12025550100 (inbound)*", "*LINE  queued*"])
    assert result.stdout.str().count("LINE  queued") == 1
