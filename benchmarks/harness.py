"""The virtual Twilio against the bare application: what a call costs, and what a thousand at once take."""

import io
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from itertools import count
from urllib.parse import urlsplit
from wsgiref.types import WSGIEnvironment

from flask import Flask, request
from twilio.twiml.voice_response import Gather, VoiceResponse
from werkzeug.wsgi import ClosingIterator

from benchmarks.timing import medians
from ivr.harness import Call, Exchange
from ivr.harness.fetch.http import Request

__all__ = ["run"]

CALLS = 1000
ROUNDS = 150
REPEATS = 10


def run() -> None:
    """Print the ratios."""
    app = _menu(lambda: "")
    exchange = Exchange()
    took = _measured(app, exchange)
    print(f"the bare application, its two webhooks: {took['bare']:.3f} ms; the status callback: {took['told']:.3f} ms")
    print(f"harness's own cost of a call: {_own(took)} (the aim: 0.85)")
    unseen = _own(_measured(_personal_menu(), Exchange()))
    print(f"the same with documents that no call has had before: {unseen} (the aim: 1.00)")
    print(f"whole calls a second on one core: {1000 / took['call']:.0f} (the aim: 1000)")
    print(f"{CALLS} scripted calls: {_timed(lambda: _scripted(exchange, app)):.2f} s (the aim: under 10 s)")
    _crowd()


def _measured(app: Flask, exchange: Exchange) -> dict[str, float]:
    """Milliseconds of a call, and of the application's part in it: its two webhooks, and the status callback."""
    *asked, told = [_received(noted.request) for noted in _call(exchange, app).requests]
    return medians(
        {
            "bare": partial(_answer, app, asked),
            "told": partial(_answer, app, [told]),
            "call": partial(_whole, exchange, app),
        },
        rounds=ROUNDS,
        repeats=REPEATS,
    )


def _own(took: dict[str, float]) -> str:
    """What a call costs beyond its application, which answers the status callback too."""
    own = took["call"] - took["bare"] - took["told"]
    return f"{own:.3f} ms, {own / took['bare']:.2f} of the two webhooks"


def _menu(greeting: Callable[[], str]) -> Flask:
    """An application of two webhooks; the greeting is what each says before all else."""
    app = Flask(__name__)

    @app.post("/voice")
    def voice() -> str:
        response = VoiceResponse()
        gather = Gather(num_digits=1, action="/menu")
        gather.say(f"{greeting()}For sales, press one.")
        response.append(gather)
        return str(response)

    @app.post("/menu")
    def menu() -> str:
        response = VoiceResponse()
        response.say(f"{greeting()}You pressed {request.form['Digits']}.")
        response.hangup()
        return str(response)

    @app.post("/told")
    def told() -> str:
        return ""

    return app


def _personal_menu() -> Flask:
    """No two of its documents are the same."""
    number = count(1)
    return _menu(lambda: f"You are caller {next(number)}. ")


def _call(exchange: Exchange, app: Flask) -> Call:
    """Two webhooks and the status callback of the end."""
    return exchange.call(app, url="/voice", status_callback="/told").press("1")


def _whole(exchange: Exchange, app: Flask) -> None:
    _call(exchange, app)


def _answer(app: Flask, requests: list[tuple[WSGIEnvironment, bytes]]) -> None:
    """The application's part alone: the very requests of a call, put to it as a WSGI server would."""
    for environ, form in requests:
        body = app({**environ, "wsgi.input": io.BytesIO(form)}, _start)
        b"".join(body)
        if isinstance(body, ClosingIterator):
            body.close()


def _received(asked: Request) -> tuple[WSGIEnvironment, bytes]:
    """What a server makes of a request; its body apart, since that can be read once only."""
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in asked.headers.items()}
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": asked.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": urlsplit(asked.url).path,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "CONTENT_LENGTH": str(len(asked.body)),
        "CONTENT_TYPE": headers.pop("HTTP_CONTENT_TYPE"),
        "wsgi.url_scheme": "http",
        **headers,
    }
    return environ, asked.body


def _start(status: str, headers: list[tuple[str, str]], exc_info: object = None, /) -> Callable[[bytes], object]:
    return io.BytesIO().write


def _timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


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
