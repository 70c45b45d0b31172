"""The virtual Twilio against the bare application: what a call costs, and what a thousand at once take."""

import io
import time
import tracemalloc
from collections.abc import Callable
from urllib.parse import urlencode
from wsgiref.types import WSGIEnvironment

from flask import Flask, request
from twilio.twiml.voice_response import Gather, VoiceResponse

from ivr.harness import Exchange

__all__ = ["run"]

CALLS = 1000
ROUNDS = 3
PARAMS = {
    "CallSid": "CA" + "0" * 32,
    "AccountSid": "AC" + "0" * 32,
    "From": "+12025550101",
    "To": "+12025550100",
    "CallStatus": "ringing",
    "ApiVersion": "2010-04-01",
    "Direction": "inbound",
    "Caller": "+12025550101",
    "Called": "+12025550100",
}


def run() -> None:
    """Print the ratios."""
    app = _menu()
    bare = min(_seconds(lambda: _requests(app)) for _ in range(ROUNDS))
    told = min(_seconds(lambda: _post(app, "/told", PARAMS)) for _ in range(ROUNDS))
    call = min(_calls(app) for _ in range(ROUNDS))
    own = (call - bare - told) / bare
    print(f"harness's own cost of a call of two webhooks: {own:.2f} of the bare application's (the aim: 1.00 at most)")
    print(f"whole calls a second on one core: {1 / call:.0f}")
    exchange = Exchange()
    print(f"{CALLS} scripted calls: {_timed(lambda: _scripted(exchange, app)):.2f} s (the aim: under 10 s)")
    _crowd()


def _menu() -> Flask:
    app = Flask(__name__)

    @app.post("/voice")
    def voice() -> str:
        response = VoiceResponse()
        gather = Gather(num_digits=1, action="/menu")
        gather.say("For sales, press one.")
        response.append(gather)
        return str(response)

    @app.post("/menu")
    def menu() -> str:
        response = VoiceResponse()
        response.say(f"You pressed {request.form['Digits']}.")
        response.hangup()
        return str(response)

    @app.post("/told")
    def told() -> str:
        return ""

    return app


def _requests(app: Flask) -> None:
    _post(app, "/voice", PARAMS)
    _post(app, "/menu", {**PARAMS, "Digits": "1"})


def _post(app: Flask, path: str, params: dict[str, str]) -> None:
    body = urlencode(params).encode()
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": "POST",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "wsgi.input": io.BytesIO(body),
        "wsgi.url_scheme": "http",
    }
    b"".join(app(environ, _start))


def _start(status: str, headers: list[tuple[str, str]], exc_info: object = None, /) -> Callable[[bytes], object]:
    return io.BytesIO().write


def _seconds(work: Callable[[], None]) -> float:
    def often() -> None:
        for _ in range(CALLS):
            work()

    return _timed(often) / CALLS


def _timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _calls(app: Flask) -> float:
    exchange = Exchange()

    def work() -> None:
        exchange.call(app, url="/voice", status_callback="/told").press("1")

    return _seconds(work)


def _scripted(exchange: Exchange, app: Flask) -> None:
    for _ in range(CALLS):
        exchange.call(app, url="/voice").follow("press 1; hang up")


def _crowd() -> None:
    """A thousand calls at once: a third in a queue, a third in conferences, a third at a question."""
    app = Flask(__name__)

    @app.post("/queue")
    def queue() -> str:
        return '<Response><Enqueue waitUrl="/wait">support</Enqueue></Response>'

    @app.post("/wait")
    def wait() -> str:
        return "<Response><Say>Please hold</Say><Pause length='20'/></Response>"

    @app.post("/room/<name>")
    def room(name: str) -> str:
        return f"<Response><Dial><Conference>{name}</Conference></Dial></Response>"

    @app.post("/ask")
    def ask() -> str:
        return "<Response><Gather timeout='600'><Say>What now?</Say></Gather></Response>"

    tracemalloc.start()
    exchange = Exchange()
    for number in range(CALLS):
        url = ("/queue", f"/room/{number // 9}", "/ask")[number % 3]
        call = exchange.call(app, url=url, listen_for=0)
    call.listen(60)
    live = sum(not each.ended for each in exchange.calls)
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"{live} calls at once, a minute of them, in queues and conferences: {used / CALLS / 1e6:.3f} MB a call")
