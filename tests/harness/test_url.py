"""An application reached over HTTP, on this machine."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socket import create_server
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.types import WSGIApplication

import pytest
from flask import Flask, request
from twilio.request_validator import RequestValidator
from werkzeug.middleware.proxy_fix import ProxyFix

from ivr.harness import AUTH_TOKEN, Exchange, Refused
from tests.harness.documents import Answer, MakeApp
from tests.harness.proofs import rule


class Quiet(WSGIRequestHandler):
    """Logs nothing."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(app: WSGIApplication) -> Iterator[str]:
    """The URL of an application that is served until the end of the block."""
    with make_server("127.0.0.1", 0, app, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_a_call_by_url(twilio: Exchange, make_app: MakeApp) -> None:
    def voice(params: object) -> Answer:
        body = '<Response><Gather numDigits="1" action="/next"/></Response>'
        return Answer(body=body, headers=(("Content-Type", "text/xml"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")))

    app = make_app(voice, next="<Say>Thanks</Say>")
    with served(app) as url:
        call = twilio.call(f"{url}/voice").press("1")
    assert call.heard == ("Thanks",)
    assert app.environs[1]["HTTP_COOKIE"] == "a=1; b=2"
    signature = app.environs[1]["HTTP_X_TWILIO_SIGNATURE"]
    assert RequestValidator(AUTH_TOKEN).validate(f"{url}/next", app.asked[1][2], signature)


def test_the_application_may_believe_to_be_elsewhere(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app("<Redirect>https://ivr.example.com/next</Redirect>", next="<Say>Here</Say>")
    with served(app) as url:
        call = twilio.call(f"{url}/voice", public_url="https://ivr.example.com")
    assert call.heard == ("Here",)
    assert [environ["HTTP_HOST"] for environ in app.environs] == ["ivr.example.com"] * 2
    assert call.requests[0].url == "https://ivr.example.com/voice"


@rule("Fetching", "more than 64 kB is 11750, and is not read", "api/errors/11750")
def test_a_large_answer_is_not_read_to_its_end(twilio: Exchange, make_app: MakeApp) -> None:
    with served(make_app(Answer(body="x" * 1_000_000))) as url:
        call = twilio.call(f"{url}/voice")
    assert call.warnings[0].code == 11750


@rule("Fetching", "where no connection is made it is asked once again: 11202", "api/errors/11202")
def test_nothing_listens(twilio: Exchange) -> None:
    with create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    call = twilio.call(f"http://127.0.0.1:{port}/voice")
    # One retry by default, and only where no connection was made.
    assert [request.status for request in call.requests] == [None, None]
    assert call.warnings[0].code == 11202


@pytest.mark.parametrize("url", ["ftp://localhost/voice", "nonsense"])
def test_not_a_url(twilio: Exchange, url: str) -> None:
    with pytest.raises(Refused, match="11100"):
        twilio.call(url)


def test_an_application_behind_a_tunnel_knows_its_public_url(twilio: Exchange) -> None:
    app = Flask("behind a tunnel")
    app.wsgi_app = ProxyFix(app.wsgi_app, x_host=1)  # type: ignore[method-assign]

    @app.post("/voice")
    def voice() -> str:
        signature = request.headers["X-Twilio-Signature"]
        right = RequestValidator(AUTH_TOKEN).validate(request.url, request.form, signature)
        return f"<Response><Say>{request.url} {right}</Say></Response>"

    with served(app) as url:
        assert twilio.call(f"{url}/voice", public_url="https://a.example.com").heard == (
            "https://a.example.com/voice True",
        )
        assert twilio.call(f"{url}/voice").heard == (f"{url}/voice True",)
