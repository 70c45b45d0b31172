"""Requests as Twilio makes them: signed, with cookies, through redirects."""

from urllib.parse import parse_qsl

import pytest
from twilio.request_validator import RequestValidator

from ivr.harness import Exchange
from ivr.harness.events import Failed
from ivr.harness.fetch.http import Method
from tests.harness.documents import Answer, MakeApp
from tests.harness.proofs import rule

TOKEN = "secret"


def redirect(to: str, status: str = "302 Found") -> Answer:
    return Answer(status=status, headers=(("Location", to),))


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "public_url", ["https://ivr.example.com", "http://localhost:5000", "https://ivr.example.com/x/"]
)
@rule("Signature", "GET signs the whole URL, as the application sees it from outside", "usage/security")
def test_the_official_validator_agrees(twilio: Exchange, make_app: MakeApp, method: str, public_url: str) -> None:
    app = make_app("<Hangup/>")
    call = twilio.call(
        app,
        url="/voice?a=b%20c",
        method="GET" if method == "GET" else "POST",
        auth_token=TOKEN,
        public_url=public_url,
        from_="client:joë",
    )
    request = call.requests[0]
    assert request.url.startswith(public_url.removesuffix("/x/") + "/voice?a=b%20c")
    form = dict(request.params) if method == "POST" else {}
    assert RequestValidator(TOKEN).validate(request.url, form, request.headers["X-Twilio-Signature"])


def test_what_the_application_sees_of_it(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app("<Hangup/>")
    twilio.call(app, url="/voice?a=1", public_url="https://ivr.example.com:8443")
    environ = app.environs[0]
    seen = {name: environ[name] for name in ("HTTP_HOST", "SERVER_PORT", "wsgi.url_scheme", "HTTP_USER_AGENT")}
    assert seen == {
        "HTTP_HOST": "ivr.example.com:8443",
        "SERVER_PORT": "8443",
        "wsgi.url_scheme": "https",
        "HTTP_USER_AGENT": "TwilioProxy/1.1",
    }
    assert environ["CONTENT_TYPE"] == "application/x-www-form-urlencoded; charset=UTF-8"


@pytest.mark.parametrize("method", ["GET", "POST"])
@rule("Fetching", "POST sends the parameters as a form, GET in the query", "voice/twiml")
def test_the_parameters_by_get_and_by_post(twilio: Exchange, make_app: MakeApp, method: Method) -> None:
    app = make_app("<Hangup/>")
    call = twilio.call(app, url="/voice?a=1", method=method)
    query = dict(parse_qsl(app.environs[0]["QUERY_STRING"]))
    assert (query["a"], query.get("CallSid")) == ("1", call.sid if method == "GET" else None)
    assert (app.asked[0][0], app.asked[0][2]["CallSid"]) == (method, call.sid)
    assert (app.environs[0]["CONTENT_LENGTH"] or "0") == "0" or method == "POST"


@rule("Fetching", "each request has an idempotency token of its own", "usage/webhooks/webhooks-connection-overrides")
def test_each_request_has_its_own_idempotency_token(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app("<Redirect>/next</Redirect>", next="<Hangup/>"), url="/voice")
    assert len({request.headers["I-Twilio-Idempotency-Token"] for request in call.requests}) == 2


@pytest.mark.parametrize(
    ("status", "method", "keeps"),
    [
        pytest.param("301 Moved", "GET", False, id="301 becomes GET"),
        pytest.param("302 Found", "GET", False, id="302 becomes GET"),
        pytest.param("303 See Other", "GET", False, id="303 becomes GET"),
        pytest.param("307 Temporary Redirect", "POST", True, id="307 stays POST"),
        pytest.param("308 Permanent Redirect", "POST", True, id="308 stays POST"),
    ],
)
@rule("Fetching", "HTTP redirects: 307 and 308 keep the method and its form, others become GET", "voice/twiml")
def test_http_redirects(twilio: Exchange, make_app: MakeApp, status: str, method: str, keeps: bool) -> None:
    app = make_app(redirect("moved?x=1", status), moved='<Gather numDigits="1" action=""/>')
    call = twilio.call(app, url="/voice")
    asked, path, params = app.asked[1]
    assert (asked, path, "CallSid" in params) == (method, "/moved", keeps)
    assert [request.status for request in call.requests] == [int(status[:3]), 200]


@pytest.mark.parametrize("status", ["302 Found", "307 Temporary Redirect"])
def test_a_get_is_redirected_to_the_location_as_it_is(twilio: Exchange, make_app: MakeApp, status: str) -> None:
    app = make_app(redirect("/moved?x=1", status), moved="<Hangup/>")
    twilio.call(app, url="/voice", method="GET")
    assert app.asked[1] == ("GET", "/moved", {"x": "1"})


@rule("Fetching", "relative URLs start from where the redirects led", "voice/twiml")
def test_relative_urls_start_from_where_the_redirects_led(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(redirect("/moved"), moved="<Redirect/>")
    twilio.call(app, url="/voice")
    assert app.paths[:3] == ["/voice", "/moved", "/moved"]


@rule("Fetching", "more than ten redirects are too many: 11215", "api/errors/11215")
def test_redirects_in_a_circle(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app(redirect("/voice"))
    call = twilio.call(app, url="/voice")
    assert (call.warnings[0].code, len(app.paths)) == (11215, 11)


@rule("Fetching", "cookies come back within the call, and in no other", "voice/twiml")
def test_cookies_come_back_in_the_same_call_only(twilio: Exchange, make_app: MakeApp) -> None:
    def voice(params: object) -> Answer:
        body = "<Response><Redirect>/next</Redirect></Response>"
        return Answer(body=body, headers=(("Content-Type", "text/xml"), ("Set-Cookie", "seen=1; Path=/; HttpOnly")))

    app = make_app(voice, next="<Hangup/>")
    for _ in range(2):
        twilio.call(app, url="/voice")
    assert [environ.get("HTTP_COOKIE") for environ in app.environs] == [None, "seen=1", None, "seen=1"]


@rule("Fetching", "what is no URL of the web is 11100", "api/errors/11100")
def test_a_bad_url(twilio: Exchange, make_app: MakeApp) -> None:
    call = twilio.call(make_app("<Redirect>mailto:someone</Redirect>"), url="/voice")
    assert call.warnings[0].code == 11100


@pytest.mark.parametrize(("status", "hints"), [("403 Forbidden", True), ("401 Unauthorized", True), ("500 Oh", False)])
def test_who_refuses_a_request_may_have_checked_its_signature(
    twilio: Exchange, make_app: MakeApp, status: str, hints: bool
) -> None:
    call = twilio.call(make_app(Answer(status=status)), url="/voice").should_warn(11200)
    (problem,) = [event.text for event in call.transcript if isinstance(event, Failed)]
    assert problem.startswith(f"http://localhost/voice answered with status {status[:3]}")
    assert ("--auth-token" in problem, "--public-url" in problem) == (hints, hints)
