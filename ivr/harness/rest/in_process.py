"""The first door: `twilio.rest.Client` in this process reaches the exchange instead of Twilio.

Needs the `responses` library. Requests to other hosts go where they always went.
"""

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import parse_qsl, urlsplit

import responses
from requests import PreparedRequest

from ivr.harness.exchange import Exchange
from ivr.harness.rest.in_process_async import async_rest_in_process
from ivr.harness.rest.messages import RestRequest
from ivr.harness.rest.service import Rest

__all__ = ["register", "rest_in_process"]

TWILIO = re.compile(r"https?://([\w-]+\.)*twilio\.com(?=[:/?]|$)")
OTHERS = re.compile(r"https?://(?!([\w-]+\.)*twilio\.com([:/?]|$))")


@contextmanager
def rest_in_process(exchange: Exchange, *, api_keys: Mapping[str, str] | None = None) -> Iterator[Rest]:
    """Inside, nothing reaches Twilio: `Client(exchange.account_sid, exchange.auth_token)` talks to the exchange."""
    rest = Rest(exchange, api_keys=api_keys)
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock, async_rest_in_process(rest):
        register(mock, rest)
        yield rest


def register(mock: responses.RequestsMock, rest: Rest) -> None:
    """Let a `responses` mock of one's own answer for Twilio."""

    def answer(request: PreparedRequest) -> tuple[int, dict[str, str], bytes]:
        response = rest.answer(_read(request))
        return response.status, {"Content-Type": response.content_type, **dict(response.headers)}, response.body

    for method in ("GET", "POST", "DELETE"):
        mock.add_callback(method, TWILIO, callback=answer, content_type=None)
    mock.add_passthru(OTHERS)


def _read(request: PreparedRequest) -> RestRequest:
    url = urlsplit(request.url or "")
    body = request.body or ""
    form = body if isinstance(body, str) else body.decode()
    user, password = credentials(request.headers.get("Authorization", ""))
    return RestRequest(
        method=request.method or "GET",
        path=url.path,
        fields=tuple(parse_qsl(url.query, keep_blank_values=True) + parse_qsl(form, keep_blank_values=True)),
        user=user,
        password=password,
    )


def credentials(header: str) -> tuple[str | None, str | None]:
    """The name and password of Basic auth."""
    kind, _, encoded = header.partition(" ")
    if kind.lower() != "basic":
        return None, None
    try:
        user, _, password = b64decode(encoded).decode().partition(":")
    except (Error, UnicodeDecodeError):
        return None, None
    return user, password
