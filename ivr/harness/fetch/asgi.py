"""An ASGI application called in this process: FastAPI, Starlette, Quart and the like, without a server."""

import traceback
from urllib.parse import unquote, urlsplit

from ivr.harness.fetch.asgi_server import AsgiApplication, Message, server_of
from ivr.harness.fetch.http import LARGEST_BODY, Request, Response

__all__ = ["AsgiApp", "AsgiApplication"]

CRASHED = 500


class AsgiApp:
    """Calls the application once a request, all in one event loop, which is the one it was started in.

    An exception of its own becomes a 500 that carries the traceback.
    """

    def __init__(self, application: AsgiApplication) -> None:
        self._application = application

    def answer(self, request: Request) -> Response:
        """See `App`."""
        exchange = _Exchange(request)
        try:
            server_of(self._application).run(lambda state: exchange.run(self._application, state))
        except Exception:
            return Response(status=CRASHED, crash=traceback.format_exc())
        return Response(status=exchange.status, headers=exchange.headers, body=bytes(exchange.body[: LARGEST_BODY + 1]))


class _Exchange:
    """One request, and what is sent for it: https://asgi.readthedocs.io/en/latest/specs/www.html."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._asked = False
        self.status = CRASHED
        self.headers: tuple[tuple[str, str], ...] = ()
        self.body = bytearray()

    async def run(self, application: AsgiApplication, state: Message) -> None:
        await application({**self._scope(), "state": state}, self._receive, self._send)

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
