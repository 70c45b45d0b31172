"""An application somewhere else, reached over HTTP by its URL."""

from time import monotonic
from urllib.parse import SplitResult, urlsplit, urlunsplit

import requests
import urllib3
from requests import exceptions

from ivr.harness.errors import Unreachable
from ivr.harness.fetch.connection import Connection
from ivr.harness.fetch.deadline import TimedAdapter, deadline
from ivr.harness.fetch.http import BAD_URL, LARGEST_BODY, Request, Response

__all__ = ["UrlApp"]

TCP_TIMEOUT, REFUSED, TOTAL_TIMEOUT, NO_CONNECTION = 11201, 11202, 11203, 11205
PROTOCOL, BAD_HOST, TLS = 11206, 11210, 11220


class UrlApp:
    """Sends requests to `origin`, whatever host their own URL names: that one is what Twilio would call and sign."""

    def __init__(self, origin: str) -> None:
        self._origin = urlsplit(origin)
        self._session = requests.Session()
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, TimedAdapter())
        self._session.trust_env = False  # no proxy and no netrc: the requests go to the application and nowhere else

    def answer(self, request: Request) -> Response:
        """See `App`."""
        asked, allowed = urlsplit(request.url), request.connection
        url = urlunsplit((self._origin.scheme, self._origin.netloc, asked.path or "/", asked.query, ""))
        headers = {**request.headers, **_forwarded(asked, self._origin)}
        self._session.cookies.clear()  # the call keeps its own
        try:
            with (
                deadline(monotonic() + allowed.total / 1000),
                self._session.request(
                    request.method,
                    url,
                    data=request.body or None,
                    headers=headers,
                    timeout=(min(allowed.connect, allowed.total) / 1000, min(allowed.read, allowed.total) / 1000),
                    allow_redirects=False,
                    stream=True,
                ) as answered,
            ):
                return Response(
                    status=answered.status_code,
                    headers=_headers(answered),
                    body=_read(answered),
                    ms=round(answered.elapsed.total_seconds() * 1000),
                )
        except exceptions.RequestException as problem:
            raise _unreachable(problem, url, allowed) from problem


def _forwarded(asked: SplitResult, origin: SplitResult) -> dict[str, str]:
    """Under another URL than its own, the application is told as a tunnel or proxy would tell it."""
    host = asked.netloc.rpartition("@")[2]
    if (asked.scheme, host) == (origin.scheme, origin.netloc.rpartition("@")[2]):
        return {"Host": host}
    return {"Host": host, "X-Forwarded-Host": host, "X-Forwarded-Proto": asked.scheme}


def _headers(answered: requests.Response) -> tuple[tuple[str, str], ...]:
    """Every header, a repeated one (Set-Cookie) as often as it came."""
    return tuple((str(name), str(value)) for name, value in answered.raw.headers.items())


def _read(answered: requests.Response) -> bytes:
    """The body, up to a byte more than Twilio takes."""
    body = bytearray()
    try:
        while chunk := answered.raw.read1(8192, decode_content=True):
            body += chunk
            if len(body) > LARGEST_BODY:
                break
    except urllib3.exceptions.ReadTimeoutError as problem:
        raise exceptions.ReadTimeout(str(problem)) from problem
    except urllib3.exceptions.ProtocolError as problem:
        raise exceptions.ChunkedEncodingError(str(problem)) from problem
    except urllib3.exceptions.DecodeError as problem:
        raise exceptions.ContentDecodingError(str(problem)) from problem
    return bytes(body[: LARGEST_BODY + 1])


def _unreachable(problem: exceptions.RequestException, url: str, allowed: Connection) -> Unreachable:
    """Twilio's code for why no answer came: https://www.twilio.com/docs/api/errors."""
    match problem:
        case exceptions.ConnectTimeout():
            return Unreachable(TCP_TIMEOUT, f"nothing at {url} took the connection within {allowed.connect} ms")
        case exceptions.Timeout():
            return Unreachable(TOTAL_TIMEOUT, f"{url} did not answer within {min(allowed.read, allowed.total)} ms")
        case exceptions.SSLError():
            return Unreachable(TLS, f"no TLS connection to {url}: {_why_no_tls(str(problem))}")
        case exceptions.ContentDecodingError():
            return Unreachable(PROTOCOL, f"the answer of {url} is not packed as its Content-Encoding says")
        case exceptions.ChunkedEncodingError():
            return Unreachable(PROTOCOL, f"{url} broke off its answer")
        case exceptions.ConnectionError() if "NameResolutionError" in str(problem):
            return Unreachable(BAD_HOST, f"there is no host of the name in {url}")
        case exceptions.ConnectionError() if "Connection refused" in str(problem):
            return Unreachable(REFUSED, f"nothing listens at {url}")
        case exceptions.ConnectionError() if "RemoteDisconnected" in str(problem) or "reset by peer" in str(problem):
            return Unreachable(NO_CONNECTION, f"{url} closed the connection without an answer")
        case exceptions.ConnectionError():
            return Unreachable(NO_CONNECTION, f"what {url} answered is not HTTP: {_innermost(problem)}")
        case _:
            return Unreachable(BAD_URL, f"{url} cannot be requested: {problem}")


def _why_no_tls(told: str) -> str:
    if "CERTIFICATE_VERIFY_FAILED" not in told:
        return "where the server speaks plain HTTP, as behind a tunnel, give its https address as the public URL"
    reason = told.partition("certificate verify failed: ")[2].partition(" (_ssl")[0]
    return f"its certificate is refused ({reason}); serve plain HTTP here, and give its https address as the public URL"


def _innermost(problem: BaseException) -> str:
    """What the first of nested errors says, without those that wrap it."""
    while problem.__context__ is not None:
        problem = problem.__context__
    return str(problem)
