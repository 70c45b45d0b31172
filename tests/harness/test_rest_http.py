"""REST over HTTP, for applications in other processes: a call, and what its webhook does meanwhile."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from socket import create_connection
from threading import Event, Thread
from urllib.parse import urlsplit
from wsgiref.types import WSGIApplication

import pytest
import requests
from werkzeug.serving import make_server

from ivr.harness import Answers, Exchange
from ivr.harness.rest.server import keep_time, serve_rest
from tests.harness.documents import MakeApp

AGENT, US = "+14155550101", "+12025550100"


@contextmanager
def served(app: WSGIApplication) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def api(twilio: Exchange) -> Iterator[str]:
    with serve_rest(twilio) as url:
        yield f"{url}/2010-04-01/Accounts/{twilio.account_sid}"


def test_an_app_elsewhere_uses_rest_inside_its_webhook(twilio: Exchange, api: str, make_app: MakeApp) -> None:
    def voice(params: object) -> str:
        form = {"To": AGENT, "From": US, "Body": "Somebody calls"}
        sent = requests.post(f"{api}/Messages.json", data=form, auth=(twilio.account_sid, twilio.auth_token), timeout=5)
        return f"<Say>{sent.json()['status']}</Say>"

    with served(make_app(voice)) as url:
        assert twilio.call(f"{url}/voice").heard == ("queued",)


def test_time_passes_only_while_there_is_something_to_hear(twilio: Exchange, api: str, make_app: MakeApp) -> None:
    asked = Event()

    def voice(params: object) -> str:
        asked.set()
        return "<Say>Hello</Say><Gather timeout='600'/>"

    twilio.far_end(AGENT, Answers(script="wait 2"))
    signed_in = (twilio.account_sid, twilio.auth_token)
    stop = Event()
    clock = Thread(target=keep_time, args=(twilio, stop), kwargs={"real_time": False})
    with served(make_app(voice)) as url:
        clock.start()
        form = {"To": AGENT, "From": US, "Url": f"{url}/voice"}
        placed = requests.post(f"{api}/Calls.json", data=form, auth=signed_in, timeout=5)
        assert (placed.status_code, placed.json()["status"]) == (201, "queued")
        assert asked.wait(5)
        stop.set()
        clock.join()
    live = requests.get(f"{api}/Calls/{placed.json()['sid']}.json", auth=signed_in, timeout=5).json()
    assert live["status"] == "in-progress"


def test_no_sign_in_and_no_such_thing(api: str) -> None:
    refused = requests.get(f"{api}/Calls.json", timeout=5)
    assert (refused.status_code, refused.json()["code"]) == (401, 20003)
    assert refused.headers["WWW-Authenticate"].startswith("Basic")


def test_who_has_asked_at_the_end_gets_an_answer(twilio: Exchange) -> None:
    """As an application does that sends a request without waiting for it, and answers the webhook."""
    with ExitStack() as serving:
        port = urlsplit(serving.enter_context(serve_rest(twilio))).port
        assert port is not None
        with twilio.timeline.turn:  # so that no request is answered yet
            asked = [create_connection(("127.0.0.1", port), timeout=5) for _ in range(3)]
            for each in asked:
                each.sendall(b"GET /2010-04-01/Accounts.json HTTP/1.1\r\nHost: localhost\r\n\r\n")
        serving.close()
    for each in asked:
        with each, each.makefile("rb") as answer:
            assert answer.readline().split()[1] == b"401"
