"""The first door for `create_async` and its like: what `twilio.http.async_http_client` asks, the exchange answers."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import parse_qsl, urlencode, urlsplit

from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.response import Response

from ivr.harness.rest.messages import RestRequest
from ivr.harness.rest.service import Rest

__all__ = ["async_rest_in_process"]

Fields = Mapping[str, object] | None


@contextmanager
def async_rest_in_process(rest: Rest) -> Iterator[None]:
    """Inside, none of these clients reaches Twilio, whenever it was made; other hosts are asked as ever."""
    usual = AsyncTwilioHttpClient.request

    async def request(
        client: AsyncTwilioHttpClient,
        method: str,
        url: str,
        params: Fields = None,
        data: Fields = None,
        headers: Fields = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        host = urlsplit(url).hostname or ""
        if host != "twilio.com" and not host.endswith(".twilio.com"):
            return await usual(client, method, url, params, data, headers, auth, timeout, allow_redirects)
        user, password = auth or (None, None)
        asked = RestRequest(
            method=method.upper(),
            path=urlsplit(url).path,
            fields=(*parse_qsl(urlsplit(url).query, keep_blank_values=True), *_pairs(params), *_pairs(data)),
            user=user,
            password=password,
        )
        answered = rest.answer(asked)
        return Response(answered.status, answered.body.decode(), dict(answered.headers))

    AsyncTwilioHttpClient.request = request
    try:
        yield
    finally:
        AsyncTwilioHttpClient.request = usual


def _pairs(fields: Fields) -> list[tuple[str, str]]:
    """As they are sent: a list is a field a value."""
    return parse_qsl(urlencode(dict(fields or {}), doseq=True), keep_blank_values=True)
