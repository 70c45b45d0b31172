"""From document to document: answering, ending, going wrong, and the fallback."""

from collections.abc import Iterable
from typing import cast
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest

from ivr.errors import CallOver
from ivr.harness import Exchange
from ivr.harness.events import Answered, Ended, Failed
from tests.harness.documents import Answer, MakeApp, Page
from tests.harness.proofs import proves, rule


def codes(call_warnings: tuple[object, ...]) -> list[int]:
    return [event.code for event in call_warnings if hasattr(event, "code")]


@pytest.mark.parametrize(
    ("document", "status", "answered"),
    [
        pytest.param("<Reject/>", "no-answer", False, id="rejected"),
        pytest.param('<Reject reason="busy"/>', "busy", False, id="busy", marks=proves("Reject", "reason")),
        pytest.param('<Pause length="9"/><Reject/>', "no-answer", False, id="a pause first does not answer"),
        pytest.param("<Say>Hi</Say><Reject/>", "completed", True, id="too late to reject"),
        pytest.param("<Hangup/>", "completed", True, id="hang-up"),
        pytest.param(
            "<Hangup/><Gather/>", "completed", True, id="nothing comes after a hang-up", marks=proves("Hangup")
        ),
        pytest.param("<Say>Hi</Say>", "completed", True, id="the end of the document hangs up"),
        pytest.param("", "completed", False, id="an empty document"),
    ],
)
@rule("Running", "the end of the document hangs up; Reject and Pause first do not answer", "voice/twiml/reject")
def test_how_a_call_ends(twilio: Exchange, make_app: MakeApp, document: str, status: str, answered: bool) -> None:
    call = twilio.call(make_app(document), url="/voice")
    assert (call.ended, call.status) == (True, status)
    assert any(isinstance(event, Answered) for event in call.transcript) is answered


@rule("Parameters", "CallStatus is ringing at first, in-progress later", "voice/twiml#request-parameters")
def test_the_first_request_is_ringing_and_later_ones_are_in_progress(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app("<Say>Hi</Say><Redirect>/next</Redirect>", next="<Hangup/>")
    twilio.call(app, url="/voice")
    assert [params["CallStatus"] for _, _, params in app.asked] == ["ringing", "in-progress"]


@rule("Parameters", "the parameters of every request", "voice/twiml#request-parameters")
def test_the_parameters_of_every_request(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app("<Redirect>/next</Redirect>", next="<Hangup/>")
    call = twilio.call(app, url="/voice", to="+1", from_="+2", params={"FromState": "CA"})
    shared = {
        "CallSid": call.sid,
        "AccountSid": twilio.account_sid,
        "From": "+2",
        "To": "+1",
        "Caller": "+2",
        "Called": "+1",
        "ApiVersion": "2010-04-01",
        "Direction": "inbound",
        "FromState": "CA",
    }
    assert all(params.items() >= shared.items() for _, _, params in app.asked)


@rule("Running", "what follows a Redirect is unreachable", "voice/twiml/redirect")
def test_what_follows_a_redirect_is_unreachable(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app("<Redirect>/next</Redirect><Say>Never</Say>", next="<Say>Here</Say>")
    assert twilio.call(app, url="/voice").heard == ("Here",)


@proves("Redirect", "method")
def test_a_redirect_by_get_relative_to_the_document(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app('<Redirect method="GET">next?x=1</Redirect>', next="<Hangup/>")
    twilio.call(app, url="/voice")
    method, path, params = app.asked[1]
    assert (method, path, params["x"]) == ("GET", "/next", "1")


def test_documents_that_run_in_a_circle_are_stopped(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app("<Redirect/>")
    call = twilio.call(app, url="/voice")
    assert (call.ended, len(app.paths), codes(call.warnings)) == (True, 100, [14106])


@rule("Running", "a call lasts four hours at most", "voice/api/call-resource")
def test_a_circle_that_takes_time_ends_with_the_longest_call(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app('<Pause length="1000"/><Redirect/>'), url="/voice")
    end = call.transcript[-1]
    assert isinstance(end, Ended)
    assert (end.at, end.reason) == (4 * 60 * 60, "the call reached its time limit")


MEGABYTE = 2**20
ENTITIES = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
# Size is judged before meaning (https://www.twilio.com/docs/api/errors/11750), then form (.../12100).
HOSTILE = [
    ("1 MB of words", f"<Response><Say>{'a ' * (MEGABYTE // 2)}</Say></Response>", 11750),
    ("1 MB deep", "<Say>" * (MEGABYTE // 5), 11750),
    ("1 MB of entities", f"{ENTITIES}<Response><Say>{'&b;' * (MEGABYTE // 3)}</Say></Response>", 11750),
    ("an entity bomb", f"{ENTITIES}<Response><Say>{'&b;' * 20_000}</Say></Response>", 12100),
    ("an external entity", f"{OUTSIDE}<Response><Say>&a;</Say></Response>", 12100),
    ("64 kB deep", f"<Response>{'<a>' * 9_000}{'</a>' * 9_000}</Response>", 12100),
]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        pytest.param(Answer(status="404 Not Found"), 11200, id="not found"),
        pytest.param(Answer(status="500 Oops"), 11200, id="an error"),
        pytest.param(Answer(body="<Response>", status="200 OK"), 12100, id="not XML"),
        pytest.param(Answer(body="<Reply/>"), 12102, id="another root"),
        pytest.param(Answer(body="x" * 65537), 11750, id="too large"),
        *(pytest.param(Answer(body=body), code, id=name) for name, body, code in HOSTILE),
        pytest.param(Answer(body="{}", headers=(("Content-Type", "application/json"),)), 12300, id="JSON"),
        pytest.param(Answer(body="<Response/>", headers=()), 12300, id="no type"),
    ],
)
@rule(
    "Fetching",
    "no success is 11200, another root 12102, another type 12300, more than 64 kB 11750; the caller hears an apology",
    "api/errors",
)
def test_a_document_that_cannot_be_had(twilio: Exchange, make_app: MakeApp, answer: Answer, code: int) -> None:
    call = twilio.call(make_app(answer), url="/voice")
    assert codes(call.warnings) == [code]
    assert call.heard == ("We are sorry, an application error has occurred. Goodbye.",)
    assert call.ended


@rule(
    "Fetching",
    "the fallback URL gets ErrorCode and ErrorUrl, and goes on with the call",
    "usage/security/availability-reliability",
)
def test_the_fallback_is_told_and_goes_on_with_the_call(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(Answer(status="500 Oops"), fallback='<Gather numDigits="1" action="/next"/>', next="<Hangup/>")
    twilio.call(app, url="/voice", fallback_url="/fallback").press("1")
    params = app.params("/fallback")
    assert (params["ErrorCode"], params["ErrorUrl"]) == ("11200", "http://localhost/voice")
    assert app.paths == ["/voice", "/fallback", "/next"]


@rule("Fetching", "a fallback that fails too ends the call", "usage/security/availability-reliability")
def test_a_fallback_that_fails_too_is_the_end(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(Answer(status="500 Oops"))
    call = twilio.call(app, url="/voice", fallback_url="/fallback")
    assert (codes(call.warnings), call.ended) == ([11200, 11200], True)


def test_an_application_that_raises_is_reported_with_its_traceback(twilio: Exchange, make_app: MakeApp) -> None:
    def broken(params: object) -> str:
        raise LookupError("no such caller")

    call = twilio.call(make_app(broken), url="/voice")
    assert "LookupError: no such caller" in str(call.warnings[0])
    assert "in broken" in (call.requests[0].crash or "")


def _exits(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    raise SystemExit(4)


def _speaks_text(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/xml")])
    return cast(Iterable[bytes], ["<Response/>"])


def _never_starts(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    return [b"<Response/>"]


@pytest.mark.parametrize(
    ("app", "told"),
    [
        (_exits, "SystemExit: 4"),
        (_speaks_text, "TypeError: a body is made of bytes, and this of str"),
        (_never_starts, "RuntimeError: the application answered without calling start_response"),
    ],
)
def test_an_application_that_is_no_good_wsgi(twilio: Exchange, app: WSGIApplication, told: str) -> None:
    (problem,) = twilio.call(app, url="/voice").should_end("completed").warnings
    assert problem.text == f"the application raised {told} at http://localhost/voice"


@pytest.mark.parametrize(
    ("page", "heard"),
    [
        pytest.param(Answer(body="Good morning", headers=(("Content-Type", "text/plain"),)), "Good morning", id="text"),
        pytest.param(
            Answer(body="<Response><Say>Hi</Say></Response>", headers=(("Content-Type", "text/plain"),)),
            "Hi",
            id="TwiML as text",
        ),
        pytest.param(
            Answer(body="<Response><Say>Hi</Say></Response>", headers=(("Content-Type", "text/html"),)),
            "Hi",
            id="TwiML as HTML",
        ),
        pytest.param(
            Answer(
                body="<Response><Say>¡Olé!</Say></Response>".encode("latin-1"),
                headers=(("Content-Type", "text/xml; charset=ISO-8859-1"),),
            ),
            "¡Olé!",
            id="another encoding",
        ),
    ],
)
@rule(
    "Fetching",
    "text/xml, application/xml, text/html and text/plain that parses are TwiML; other text/plain is read aloud",
    "api/errors/12300",
)
def test_content_types(twilio: Exchange, make_app: MakeApp, page: Page, heard: str) -> None:
    assert twilio.call(make_app(page), url="/voice").heard == (heard,)


@rule("Fetching", "audio as a document is played, and then the call ends", "voice/twiml")
def test_sound_is_played_and_then_it_is_over(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(Answer(body=b"RIFF", headers=(("Content-Type", "audio/x-wav"),)))
    call = twilio.call(app, url="/voice")
    assert (call.seconds, call.ended) == (3, True)


def test_another_host_is_not_requested(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app("<Redirect>https://example.com/voice</Redirect>"), url="/voice")
    failed = next(event for event in call.transcript if isinstance(event, Failed))
    assert (failed.code, "only the application's own places" in failed.text) == (11200, True)


@rule(
    "Callbacks",
    "the number is told at the end only, with duration, time and SequenceNumber",
    "voice/api/call-resource#statuscallback",
)
def test_the_number_is_told_at_the_end_only(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app('<Pause length="1"/><Say>Hi</Say><Pause length="61"/>', told=Answer(status="204 No Content"))
    twilio.call(app, url="/voice", status_callback="/told")
    params = app.params("/told")
    expected = {
        "CallStatus": "completed",
        "CallDuration": "62",  # from the answer, after the first pause; a begun second counts
        "Duration": "2",
        "SequenceNumber": "0",
        "CallbackSource": "call-progress-events",
        "Timestamp": "Mon, 05 Jan 2026 15:01:02 GMT",
    }
    assert params.items() >= expected.items()


@rule("Callbacks", "one that fails is a warning: 15003", "api/errors/15003")
def test_a_failing_callback_is_only_a_warning(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app("<Say>Hi</Say>"), url="/voice", status_callback="/nowhere")
    assert (call.status, codes(call.warnings)) == ("completed", [15003])


def test_a_call_that_is_over_takes_no_more(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app("<Hangup/>"), url="/voice")
    with pytest.raises(CallOver, match="is over"):
        call.press("1")


@rule("Running", "hung up before it is answered it is no-answer", "voice/api/call-resource#call-status-values")
def test_hanging_up_before_it_is_answered(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app('<Pause length="9"/><Say>Hi</Say>'), url="/voice", listen_for=3).hang_up()
    assert (call.status, call.seconds) == ("no-answer", 0)


def test_a_slow_circle_is_stopped_too(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app("<Pause/><Redirect/>")
    call = twilio.call(app, url="/voice")
    assert (call.ended, len(app.paths), codes(call.warnings)) == (True, 1000, [14106])
