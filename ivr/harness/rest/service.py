"""The REST API of one exchange: who asks, and which resource answers.

It never lets time pass: a call placed or redirected here goes on when the exchange does. So it may be asked at any
time, also from inside a webhook that the exchange waits for.
"""

import re
from collections.abc import Mapping

from ivr.harness.api import API_VERSION
from ivr.harness.exchange import Exchange
from ivr.harness.rest import accounts
from ivr.harness.rest.messages import NotAllowed, Problem, RestRequest, RestResponse, not_found
from ivr.harness.rest.routes import ROUTES, no_such_path

__all__ = ["Rest"]

_ACCOUNT = re.compile(rf"/{API_VERSION}/Accounts/(?P<sid>[^/.]+)(?P<rest>/[^?]*|\.json)\Z")
_ACCOUNTS = f"/{API_VERSION}/Accounts.json"


class Rest:
    """Answers REST requests; `api_keys` are further names and passwords to sign in with."""

    def __init__(self, exchange: Exchange, *, api_keys: Mapping[str, str] | None = None) -> None:
        self._exchange = exchange
        self._passwords = {**(api_keys or {}), exchange.account_sid: exchange.auth_token}
        self._routes = [(re.compile(pattern), handlers) for pattern, handlers in ROUTES]

    def answer(self, request: RestRequest) -> RestResponse:
        """The response, an error as Twilio's error JSON."""
        with self._exchange.timeline.turn:
            try:
                return self._answer(request)
            except Problem as problem:
                return problem.response

    def _answer(self, request: RestRequest) -> RestResponse:
        if request.path == _ACCOUNTS and request.method == "GET":
            self._sign_in(request)
            return accounts.list_all(self._exchange, request)
        asked = _ACCOUNT.match(request.path)
        if asked is None:
            raise _of_another_api(request.path)
        rest = asked["rest"]
        # Recordings can be heard by anybody who knows their URL, unless the account asks for more.
        if not rest.startswith("/Recordings/RE") or rest.endswith(".json"):
            self._sign_in(request)
        if asked["sid"] != self._exchange.account_sid:
            raise not_found(request.path)
        for pattern, handlers in self._routes:
            matched = pattern.fullmatch(rest)
            if matched is not None:
                handler = handlers.get(request.method)
                if handler is None:
                    raise NotAllowed
                return handler(self._exchange, request, *matched.groups())
        raise no_such_path(request.path, rest)

    def _sign_in(self, request: RestRequest) -> None:
        if request.user is None or self._passwords.get(request.user) != request.password:
            raise Problem(401, 20003, "Authenticate")


def _of_another_api(path: str) -> Problem:
    """Lookup, Verify, Conversations and the like have hosts and paths of their own."""
    text = f"{not_found(path).text}: the virtual Twilio has only the API of 2010, /{API_VERSION}/Accounts/..."
    return Problem(404, 20404, text)
