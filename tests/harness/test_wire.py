"""URLs as they are requested: what is not allowed in one, and logins."""

import pytest
from twilio.request_validator import RequestValidator

from ivr.harness import AUTH_TOKEN, Exchange
from ivr.harness.fetch.wire import login_of, on_the_wire, without_login
from ivr.harness.telling import transcript_of
from tests.harness.documents import Answer, Documents, MakeApp
from tests.harness.proofs import rule

BASIC = "Basic dXNlcjpzM2NyZXQ="  # user:s3cret
TWIML = (("Content-Type", "text/xml"),)


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://h/a?x=1&y=%20+b#rc=2", "http://h/a?x=1&y=%20+b#rc=2"),
        ("http://h/ünï cödé", "http://h/%C3%BCn%C3%AF%20c%C3%B6d%C3%A9"),
        ("http://h/?q='\"|{}", "http://h/?q='%22%7C%7B%7D"),
        ("http://h/?p=100%", "http://h/?p=100%25"),
        ("http://[h/ü", "http://[h/ü"),
    ],
)
def test_what_is_not_allowed_in_a_url_is_percent_encoded(url: str, asked: str) -> None:
    assert on_the_wire(url) == asked


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_requested_is_what_is_signed(twilio: Exchange, make_app: MakeApp, method: str) -> None:
    app = make_app(f"<Redirect method='{method}'>/é?x=José &amp; co&amp;y=日本</Redirect>", **{"é": "<Say>Here</Say>"})
    app.pages = {**app.pages, "/Ã©": "<Say>Here</Say>"}  # WSGI's PATH_INFO is Latin-1
    call = twilio.call(app, url="/voice").should_hear("here")
    asked = call.requests[1]
    assert asked.url.startswith("http://localhost/%C3%A9?x=Jos%C3%A9%20&%20co&y=%E6%97%A5%E6%9C%AC")
    form = {} if method == "GET" else asked.params
    assert RequestValidator(AUTH_TOKEN).validate(asked.url, form, asked.headers["X-Twilio-Signature"])


def test_the_login_of_a_url() -> None:
    assert login_of("http://user:s3cret@localhost/voice") == BASIC
    assert without_login("http://user:s3cret@localhost/voice?a=b@c") == "http://localhost/voice?a=b@c"
    assert login_of("http://localhost/voice?a=b@c") is None


def guarded(login: str = BASIC) -> Documents:
    """Three pages that ask for a login."""
    app = Documents(pages={})

    def page(body: str) -> Answer:
        if app.environs[-1].get("HTTP_AUTHORIZATION") == login:
            return Answer(body=f"<Response>{body}</Response>")
        return Answer(status="401 Unauthorized", headers=(*TWIML, ("WWW-Authenticate", 'Basic realm="calls"')))

    app.pages = {
        "/voice": lambda _: page("<Redirect>next</Redirect>"),
        "/next": lambda _: page("<Redirect>http://localhost/last</Redirect>"),
        "/last": lambda _: page("<Say>Inside</Say>"),
    }
    return app


@rule("Fetching", "a URL's login is sent once asked for, and for the rest of the call", "usage/security")
def test_a_login_is_asked_for_first_and_then_kept(twilio: Exchange) -> None:
    app = guarded()
    call = twilio.call(app, url="http://user:s3cret@localhost/voice").should_hear("inside").should_not_warn()
    sent = [(environ["PATH_INFO"], environ.get("HTTP_AUTHORIZATION")) for environ in app.environs]
    assert sent == [("/voice", None), ("/voice", BASIC), ("/next", BASIC), ("/last", BASIC)]
    assert "s3cret" not in transcript_of(call.transcript)


def test_a_wrong_login_is_sent_once(twilio: Exchange) -> None:
    app = guarded("Basic other")
    call = twilio.call(app, url="http://user:s3cret@localhost/voice").should_warn(11200)
    assert app.paths == ["/voice", "/voice"]
    assert "s3cret" not in call.warnings[0].text


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("(202) 555-0199", "+12025550199"),
        ("12025550199", "+12025550199"),
        ("client:ann", "client:ann"),
        ("anonymous", "anonymous"),
    ],
)
def test_numbers_are_told_as_twilio_writes_them(twilio: Exchange, make_app: MakeApp, given: str, told: str) -> None:
    app = make_app("<Hangup/>")
    call = twilio.call(app, url="/voice", from_=given, to=given)
    params = app.params("/voice")
    assert (params["From"], params["Caller"], params["To"], call.from_) == (told,) * 4
