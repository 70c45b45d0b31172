"""A WSGI application called in this process: no socket, no thread, no test client."""

import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from io import BytesIO
from types import TracebackType
from typing import TypeAlias
from urllib.parse import unquote_to_bytes, urlsplit
from wsgiref.types import WSGIApplication, WSGIEnvironment

from ivr.harness.fetch.http import LARGEST_BODY, Request, Response

__all__ = ["WsgiApp"]

ExcInfo: TypeAlias = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]

CRASHED = 500


class WsgiApp:
    """Calls the application as PEP 3333 says; an exception of its own becomes a 500 that carries the traceback."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def answer(self, request: Request) -> Response:
        """See `App`."""
        started = _Started()
        try:
            body = _read(self._application(_environ(request), started), started)
        except (Exception, SystemExit):  # which ends a server's worker, and should end no test
            return Response(status=CRASHED, crash=traceback.format_exc())
        return Response(status=started.status, headers=started.headers, body=body)


class _Started:
    """The `start_response` of one request; what a response began with, and the `write` few still use."""

    __slots__ = ("headers", "status", "written")

    def __init__(self) -> None:
        self.status = 0
        self.headers: tuple[tuple[str, str], ...] = ()
        self.written = bytearray()

    def __call__(
        self, status: str, headers: list[tuple[str, str]], exc_info: ExcInfo | None = None, /
    ) -> Callable[[bytes], object]:
        self.status = int(status.split(" ", 1)[0])
        self.headers = tuple(headers)
        return self.written.extend


def _read(chunks: Iterable[bytes], started: _Started) -> bytes:
    """The body, up to a byte more than Twilio takes, and the application told that it is over."""
    try:
        body = started.written
        for chunk in chunks:
            if not isinstance(chunk, bytes):
                raise TypeError(f"a body is made of bytes, and this of {type(chunk).__name__}")
            body += chunk
            if len(body) > LARGEST_BODY:
                del body[LARGEST_BODY + 1 :]
                break
    finally:
        close: Callable[[], object] | None = getattr(chunks, "close", None)
        if close is not None:
            close()
    if not started.status:
        raise RuntimeError("the application answered without calling start_response")
    return bytes(body)


def _environ(request: Request) -> WSGIEnvironment:
    body = request.body
    environ = {
        **_environ_of(request.url),
        "REQUEST_METHOD": request.method,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
    }
    environ.update(zip(_cgi_names(tuple(request.headers)), request.headers.values(), strict=True))
    return environ


@lru_cache(maxsize=256)
def _environ_of(asked: str) -> Mapping[str, object]:
    """What every request of that URL has; a call's documents are asked for again by the next call."""
    url = urlsplit(asked)
    secure = url.scheme == "https"
    return {
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(url.path or "/").decode("latin-1"),
        "QUERY_STRING": url.query,
        "SERVER_NAME": url.hostname or "",
        "SERVER_PORT": str(url.port or (443 if secure else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": url.netloc.rpartition("@")[2],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": url.scheme,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


@lru_cache(maxsize=256)
def _cgi_names(headers: tuple[str, ...]) -> tuple[str, ...]:
    named = ["HTTP_" + header.upper().replace("-", "_") for header in headers]
    return tuple("CONTENT_TYPE" if name == "HTTP_CONTENT_TYPE" else name for name in named)
