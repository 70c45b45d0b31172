"""An ASGI application called in this process: FastAPI, Starlette, Quart and the like, without a server."""

import asyncio
import traceback
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

from ivr.harness.fetch.http import LARGEST_BODY, Request, Response

__all__ = ["AsgiApp", "AsgiApplication"]

Message: TypeAlias = MutableMapping[str, object]
AsgiApplication: TypeAlias = Callable[
    [Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]
]

CRASHED = 500


class AsgiApp:
    """Calls the application once a request, each in an event loop of its own.

    An exception of its own becomes a 500 that carries the traceback. Startup and shutdown events are not sent.
    """

    def __init__(self, application: AsgiApplication) -> None:
        self._application = application

    def answer(self, request: Request) -> Response:
        """See `App`."""
        exchange = _Exchange(request)
        try:
            _run(exchange.run(self._application))
        except Exception:
            return Response(status=CRASHED, crash=traceback.format_exc())
        return Response(status=exchange.status, headers=exchange.headers, body=bytes(exchange.body[: LARGEST_BODY + 1]))


def _run(running: Coroutine[object, object, None]) -> None:
    """To its end, also from inside a test that is asynchronous itself, and so has a loop that waits for us."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(running)
    else:
        with ThreadPoolExecutor(max_workers=1) as beside:
            beside.submit(asyncio.run, running).result()


class _Exchange:
    """One request, and what is sent for it: https://asgi.readthedocs.io/en/latest/specs/www.html."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._asked = False
        self.status = CRASHED
        self.headers: tuple[tuple[str, str], ...] = ()
        self.body = bytearray()

    async def run(self, application: AsgiApplication) -> None:
        await application(self._scope(), self._receive, self._send)

    async def _receive(self) -> Message:
        if self._asked:
            return {"type": "http.disconnect"}
        self._asked = True
        return {"type": "http.request", "body": self._request.body, "more_body": False}

    async def _send(self, message: Message) -> None:
        match message:
            case {"type": "http.response.start", "status": int(status)}:
                self.status = status
                given = message.get("headers", ())
                assert isinstance(given, list | tuple)
                self.headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in given)
            case {"type": "http.response.body"}:
                body = message.get("body", b"")
                assert isinstance(body, bytes)
                self.body += body
            case _:
                pass

    def _scope(self) -> Message:
        url = urlsplit(self._request.url)
        host = url.netloc.rpartition("@")[2]
        headers = {"Host": host, "Content-Length": str(len(self._request.body)), **self._request.headers}
        path = url.path or "/"
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": self._request.method,
            "scheme": url.scheme,
            "path": unquote(path),
            "raw_path": path.encode("ascii", "replace"),
            "query_string": url.query.encode("ascii", "replace"),
            "root_path": "",
            "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()],
            "client": ("127.0.0.1", 0),
            "server": (url.hostname or "", url.port or (443 if url.scheme == "https" else 80)),
        }
