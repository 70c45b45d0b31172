"""A REST request and its response, and what is refused, in Twilio's words.

https://www.twilio.com/docs/usage/twilios-response
"""

import json
from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from ivr.errors import HarnessError
from ivr.frozen import frozen
from ivr.harness.fetch.http import Method

__all__ = [
    "Json",
    "NotAllowed",
    "Problem",
    "RestRequest",
    "RestResponse",
    "answered",
    "method_of",
    "not_found",
    "rfc2822",
    "url_of",
]

NO_URL = 21205

RestMethod: TypeAlias = Literal["GET", "POST", "DELETE"]
Json: TypeAlias = dict[str, object]


@frozen
class RestRequest:
    """A request: `path` from `/2010-04-01` on; `fields` are those of the form, or of the query of a GET."""

    method: str
    path: str
    fields: tuple[tuple[str, str], ...] = ()
    user: str | None = None
    password: str | None = None

    def get(self, name: str) -> str | None:
        """The field, or None when it is missing or empty."""
        return next((value for given, value in self.fields if given == name and value), None)

    def every(self, name: str) -> tuple[str, ...]:
        """Every value of a field that may be repeated."""
        return tuple(value for given, value in self.fields if given == name and value)

    def whole(self, name: str, default: int) -> int:
        """The field as a whole number; raises Problem (20001)."""
        text = self.get(name)
        if text is None:
            return default
        if not text.isdecimal():
            raise Problem(400, 20001, f"Parameter {name} is not a whole number: {text}")
        return int(text)

    def flag(self, name: str) -> bool | None:
        """The field as true or false, or None when it is missing."""
        text = self.get(name)
        return None if text is None else text.lower() == "true"


@frozen
class RestResponse:
    """What is answered."""

    status: int
    body: bytes = b""
    content_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()


class Problem(HarnessError):
    """A request is refused, with Twilio's code: https://www.twilio.com/docs/api/errors."""

    def __init__(self, status: int, code: int, text: str) -> None:
        self.status = status
        self.code = code
        self.text = text
        super().__init__(f"{code}: {text}")

    @property
    def response(self) -> RestResponse:
        """Twilio's error JSON."""
        more_info = f"https://www.twilio.com/docs/errors/{self.code}"
        told: Json = {"code": self.code, "message": self.text, "more_info": more_info, "status": self.status}
        headers = (("WWW-Authenticate", 'Basic realm="Twilio API"'),) if self.status == 401 else ()
        return RestResponse(status=self.status, body=json.dumps(told).encode(), headers=headers)


class NotAllowed(Problem):
    """The resource exists and cannot do that."""

    def __init__(self) -> None:
        super().__init__(405, 20004, "Method not allowed")


def not_found(path: str) -> Problem:
    """What Twilio says of a resource that is not there."""
    return Problem(404, 20404, f"The requested resource {path} was not found")


def answered(value: Mapping[str, object], status: int = 200) -> RestResponse:
    """JSON."""
    return RestResponse(status=status, body=json.dumps(value).encode())


def rfc2822(moment: datetime | None) -> str | None:
    """A date as the API of 2010 writes it."""
    return None if moment is None else format_datetime(moment)


def url_of(request: RestRequest, name: str) -> str:
    """An absolute URL; raises Problem."""
    url = request.get(name)
    if url is None:
        raise Problem(400, NO_URL, "Url parameter is required.")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Problem(400, NO_URL, f"Url is not a valid URL: {url}")
    return url


def method_of(request: RestRequest, name: str) -> Method:
    """GET or, by default, POST."""
    return "GET" if (request.get(name) or "").upper() == "GET" else "POST"
