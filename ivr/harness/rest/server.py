"""The second door: the same API over HTTP, for applications in other processes and languages."""

import os
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from socketserver import BaseServer
from threading import Event, Thread
from time import monotonic

from flask import Flask, Response, request
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from ivr.harness.errors import HarnessError
from ivr.harness.exchange import Exchange
from ivr.harness.rest.messages import RestRequest
from ivr.harness.rest.service import Rest

__all__ = ["keep_time", "rest_app", "serve_rest"]

TICK_SECONDS = 0.02
LAST_SECONDS = 0.05  # at the end, for requests that an application sent without waiting for their answers
LONGEST_REQUEST_SECONDS = 5.0


class _Quiet(WSGIRequestHandler):
    """Writes no line for each request: the terminal belongs to the call."""

    timeout = LONGEST_REQUEST_SECONDS

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


def rest_app(rest: Rest) -> Flask:
    """A WSGI application that answers as api.twilio.com does."""
    app = Flask("ivr.harness.rest")

    @app.route("/<path:path>", methods=["GET", "POST", "DELETE"])
    def answer(path: str) -> Response:
        auth = request.authorization
        given = rest.answer(
            RestRequest(
                method=request.method,
                path=request.path,
                fields=(*request.args.items(multi=True), *request.form.items(multi=True)),
                user=auth.username if auth else None,
                password=auth.password if auth else None,
            )
        )
        headers = [("Content-Type", given.content_type), *given.headers]
        return Response(given.body, status=given.status, headers=headers)

    return app


@contextmanager
def serve_rest(
    exchange: Exchange, *, host: str = "127.0.0.1", port: int = 0, api_keys: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Serve it from a thread of its own; gives its URL. Port 0 takes any that is free. Raises HarnessError."""
    app = rest_app(Rest(exchange, api_keys=api_keys))
    with _listening(host, port) as listener:
        port = listener.getsockname()[1]
        server = make_server(host, port, app, threaded=True, request_handler=_Quiet, fd=listener.fileno())
    server.daemon_threads = False  # type: ignore[attr-defined]  # closing it waits for the answers
    exchange.api_url = f"http://{host}:{port}"
    # Not the server's own serve_forever, which closes it at once.
    thread = Thread(target=partial(BaseServer.serve_forever, server, poll_interval=0.02), daemon=True)
    thread.start()
    try:
        yield exchange.api_url
    finally:
        server.shutdown()
        thread.join()
        _answer_the_rest(server)


def _listening(host: str, port: int) -> socket.socket:
    """Werkzeug would end the process where the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, UnicodeError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else "no such address"
        raise HarnessError(f"REST cannot be served on {host} port {port}: {reason}") from None


def _answer_the_rest(server: BaseWSGIServer) -> None:
    """Whoever has asked gets an answer: a connection that is cut off ends many an application."""
    server.timeout = LAST_SECONDS
    asked = True

    def nobody() -> None:
        nonlocal asked
        asked = False

    server.handle_timeout = nobody  # type: ignore[method-assign]
    while asked:
        server.handle_request()
    server.server_close()


def _nothing() -> None:
    pass


def keep_time(exchange: Exchange, stop: Event, *, real_time: bool, tell: Callable[[], None] = _nothing) -> None:
    """Let time pass until `stop` is set, and `tell` of what happened, again and again.

    In real time as it does; in virtual time at once, but only while somebody is to be heard or has something to do:
    a call that waits for its caller waits until REST acts on it.
    """
    began = monotonic()
    timeline = exchange.timeline
    while not stop.wait(TICK_SECONDS):
        tell()
        if real_time:
            timeline.run_until(round((monotonic() - began) * 1000))
            continue
        while not stop.is_set() and (exchange.restless or timeline.next_due == timeline.now):
            if not timeline.step():
                break
