"""A request, its response, and whatever can turn one into the other."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, Protocol, TypeAlias
from urllib.parse import urljoin, urlsplit

from ivr.frozen import frozen
from ivr.harness.errors import Refused
from ivr.harness.fetch.connection import USUAL, Connection

__all__ = ["App", "Method", "Request", "Response", "joined", "origin_of"]

Method: TypeAlias = Literal["GET", "POST"]

BAD_URL = 11100
LARGEST_BODY = 64 * 1024  # a larger one is refused: https://www.twilio.com/docs/api/errors/11750


@frozen
class Request:
    """One HTTP request: `params` are Twilio's own, in `body` for a POST and in the query of `url` for a GET."""

    method: Method
    url: str
    params: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = b""
    connection: Connection = USUAL


@frozen
class Response:
    """What the application answered; `crash` is the traceback when an in-process application raised instead.

    `ms` is how many milliseconds the answer took to begin, measured over HTTP only.
    """

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    crash: str | None = None
    ms: int | None = None

    def header(self, name: str) -> str | None:
        """The first header of that name, in whatever case."""
        wanted = name.lower()
        for given, value in self.headers:
            if given.lower() == wanted:
                return value
        return None

    @property
    def text(self) -> str:
        """The body to read, with anything that is not UTF-8 replaced."""
        return self.body.decode("utf-8", "replace")


class App(Protocol):
    """A web application under test."""

    def answer(self, request: Request) -> Response:
        """Its response, read up to one byte more than LARGEST_BODY; raises Unreachable when there is none."""
        ...


@lru_cache(maxsize=256)
def origin_of(url: str) -> str:
    """`https://host:port` of a URL, with the port only where it is not the scheme's own; raises Refused (11100)."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as problem:
        raise Refused(BAD_URL, f"{url} is not a URL: {problem}") from problem
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused(BAD_URL, f"{url!r} is not an absolute http or https URL")
    usual = 443 if parts.scheme == "https" else 80
    return f"{parts.scheme}://{parts.hostname}" + ("" if port in (None, usual) else f":{port}")


@lru_cache(maxsize=256)
def joined(base: str, url: str) -> str:
    """A URL as a document at `base` means it."""
    return urljoin(base, url)
