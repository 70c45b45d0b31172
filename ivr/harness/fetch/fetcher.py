"""Fetching as Twilio fetches: signed, with the call's cookies, through redirects, and told why when it fails."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from itertools import starmap
from time import monotonic
from urllib.parse import quote_plus, urldefrag, urljoin

from ivr.harness.errors import NotRequested, Refused
from ivr.harness.fetch.connection import USUAL, Connection, connection_of
from ivr.harness.fetch.cookies import CookieJar
from ivr.harness.fetch.http import LARGEST_BODY, App, Method, Request, Response, origin_of
from ivr.harness.fetch.page import page_says
from ivr.harness.fetch.wire import login_of, on_the_wire, without_login
from ivr.harness.sids import Sids
from ivr.harness.signature import Signer, signature_headers

__all__ = ["Fetcher", "Note"]

RETRIEVAL, TOO_MANY_REDIRECTS, TOO_LARGE = 11200, 11215, 11750
TOO_SLOW = 11203
NO_CONNECTION_CODES = frozenset({11201, 11202, 11205, 11220})

MOST_REDIRECTS = 10  # https://www.twilio.com/docs/api/errors/11215
REDIRECTS = frozenset({301, 302, 303, 307, 308})
KEEPS_METHOD = frozenset({307, 308})

FORBIDDEN = frozenset({401, 403})  # what a signature that is not as expected gets
SIGNED = "; if it checks signatures: it was signed for that URL (--public-url) by the auth token (--auth-token)"

METHODS = frozenset({405, 501})  # what a page gets that is asked by a method it does not take

QUOTED = tuple(map(quote_plus, map(chr, range(128))))
FORM = "application/x-www-form-urlencoded; charset=UTF-8"

Clock = Callable[[], datetime]
"""Says what time it is in the call."""

Note = Callable[[Request, Response | None, Refused | None], None]
"""Told of every request made: with its response, or with why there was none."""


class Fetcher:
    """Makes the requests of one account's calls to one application."""

    __slots__ = ("_apps", "_sids", "_signer")

    def __init__(self, *, apps: Mapping[str, App], signer: Signer, sids: Sids) -> None:
        """`apps` are the only places requests may go to, by origin (`https://ivr.example.com`)."""
        self._apps = apps
        self._signer = signer
        self._sids = sids

    def fetch(
        self, method: Method, url: str, params: Mapping[str, str], *, cookies: CookieJar, clock: Clock, note: Note
    ) -> tuple[str, Response]:
        """The answer, redirects followed, after the URL it came from, without Twilio's parameters.

        Raises Refused with Twilio's code when it is none to go on with.
        """
        url, _, fragment = url.partition("#")
        connection = connection_of(fragment) if fragment else USUAL
        for _ in range(MOST_REDIRECTS + 1):
            url = on_the_wire(url)
            cookie = cookies.header(url, clock()) if cookies else None
            request = self._request(method, url, params, cookie, connection)
            response = self._answer_to_login(request, url, cookies, note)
            for name, value in response.headers:
                if name.lower() == "set-cookie":
                    cookies.keep(url, value, clock())
            location = response.header("Location") if response.status in REDIRECTS else None
            if location is None:
                return url, _usable(response, url, request.method)
            url = urldefrag(urljoin(url, location)).url
            if method == "GET" or response.status not in KEEPS_METHOD:
                method, params = "GET", {}  # as a browser does: of what was sent only a form goes along
        raise Refused(TOO_MANY_REDIRECTS, f"more than {MOST_REDIRECTS} redirects, the last to {url}")

    def media(self, url: str) -> bytes | None:
        """The first part of a sound, or None where it is no application's own; raises Refused (11200).

        A GET without parameters, which is no request of the call and has no idempotency token.
        """
        for _ in range(MOST_REDIRECTS + 1):
            url = on_the_wire(urldefrag(url).url)
            app = self._apps.get(origin_of(url))
            if app is None:
                return None
            headers = {"User-Agent": "TwilioProxy/1.1", "Accept": "*/*", **signature_headers(self._signer, url)}
            try:
                response = app.answer(Request(method="GET", url=url, params={}, headers=headers))
            except Refused as problem:
                raise Refused(RETRIEVAL, problem.text) from problem
            location = response.header("Location") if response.status in REDIRECTS else None
            if location is None:
                if not 200 <= response.status < 300 or response.crash is not None:
                    raise Refused(RETRIEVAL, f"{url} answered with status {response.status}")
                return response.body
            url = urljoin(url, location)
        raise Refused(TOO_MANY_REDIRECTS, f"more than {MOST_REDIRECTS} redirects, the last to {url}")

    def _answer_to_login(self, request: Request, url: str, cookies: CookieJar, note: Note) -> Response:
        """Twilio asks without the login of a URL first, again with it where it is answered 401, and is logged in then.

        https://www.twilio.com/docs/usage/security#http-authentication; Basic only, not Digest.
        """
        known = cookies.login(url)
        if known is not None:
            request = replace(request, headers={**request.headers, "Authorization": known})
        response = self._answer(request, note)
        login = login_of(url) if response.status == 401 and known is None else None
        if login is None:
            return response
        cookies.log_in(url, login)
        return self._answer_to_login(request, url, cookies, note)

    def _answer(self, request: Request, note: Note) -> Response:
        """One request, and again as often as its connection says for what went wrong; each attempt is noted.

        All attempts together have the total time: https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides.
        """
        left = request.connection.retries
        began = monotonic()
        while True:
            try:
                response = self._app(request.url).answer(request)
            except Refused as problem:
                note(request, None, problem)
                if not left or not request.connection.again_for(_reason(problem)):
                    raise
            else:
                note(request, response, None)
                if response.status < 400 or not left or not request.connection.again_for(f"{response.status // 100}xx"):
                    return response
            left -= 1
            spent = round((monotonic() - began) * 1000)
            total = request.connection.total - spent
            if total <= 0:
                raise Refused(TOO_SLOW, f"{request.url}: no time was left for another attempt")
            request, began = replace(request, connection=replace(request.connection, total=total)), monotonic()

    def _app(self, url: str) -> App:
        origin = origin_of(url)
        try:
            return self._apps[origin]
        except KeyError:
            known = ", ".join(sorted(self._apps))
            text = f"{origin} is not requested, only the application's own places are: {known}; if it is one, say so"
            raise NotRequested(RETRIEVAL, f"{text} with public_url (--public-url {origin})") from None

    def _request(
        self, method: Method, url: str, params: Mapping[str, str], cookie: str | None, connection: Connection
    ) -> Request:
        encoded = "&".join(starmap(_encoded, params.items()))
        headers = {
            "User-Agent": "TwilioProxy/1.1",
            "Accept": "*/*",
            "X-Home-Region": "us1",
            "I-Twilio-Idempotency-Token": self._sids.token(),
        }
        if cookie is not None:
            headers["Cookie"] = cookie
        if method == "POST":
            headers["Content-Type"] = FORM
            headers |= signature_headers(self._signer, url, params)
            return Request(
                method=method,
                url=without_login(url),
                params=params,
                headers=headers,
                body=encoded.encode("ascii"),
                connection=connection,
            )
        if encoded:
            url = f"{url}{'&' if '?' in url else '?'}{encoded}"
        headers |= signature_headers(self._signer, url)
        return Request(method=method, url=without_login(url), params=params, headers=headers, connection=connection)


@lru_cache(maxsize=256)
def _encoded(name: str, value: str) -> str:
    """A field of a form; most of a call's come again with its next request."""
    return f"{_quoted(name)}={_quoted(value)}"


def _quoted(text: str) -> str:
    """Names and SIDs need no quotes, and are most of what is new in a call."""
    if text.isascii():
        return text if text.isalnum() else text.translate(QUOTED)
    return quote_plus(text)


def _reason(problem: Refused) -> str:
    """Why there was no answer, as a retry policy names it."""
    if problem.code in NO_CONNECTION_CODES:
        return "ct"
    return "rt" if problem.code == TOO_SLOW else "none"


def _usable(response: Response, url: str, method: Method) -> Response:
    """The response, if Twilio would read it; raises Refused."""
    if response.crash is None and 200 <= response.status < 300 and len(response.body) <= LARGEST_BODY:
        return response
    shown = without_login(url)
    if response.crash is not None:
        last = response.crash.strip().rpartition("\n")[2]
        raise Refused(RETRIEVAL, f"the application raised {last} at {shown}")
    if not 200 <= response.status < 300:
        raise Refused(RETRIEVAL, f"{shown} answered with status {response.status}{_why(response, method)}")
    raise Refused(TOO_LARGE, f"the answer of {shown} is larger than {LARGEST_BODY // 1024} kB")


def _why(response: Response, method: Method) -> str:
    """What is known of a refusal: what the page says, and what such a status often comes from."""
    said = page_says(response)
    told = f": {said}" if said else ""
    if response.status in FORBIDDEN:
        return f"{told}{SIGNED}"
    if response.status in METHODS:
        return f"{told}; it was asked by {method} (--method, or the method its verb names)"
    return told
