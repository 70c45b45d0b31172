"""The REST API of one exchange: who asks, and which resource answers.

It never lets time pass: a call placed or redirected here goes on when the exchange does. So it may be asked at any
time, also from inside a webhook that the exchange waits for.
"""

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from ivr.harness.exchange import Exchange
from ivr.harness.leg import API_VERSION
from ivr.harness.rest import (
    available,
    call_events,
    call_services,
    calls,
    conferences,
    participants,
    queues,
    recordings,
    texts,
)
from ivr.harness.rest.messages import NotAllowed, Problem, RestRequest, RestResponse, answered, not_found
from ivr.harness.rest.stored import APPLICATIONS, NUMBERS

__all__ = ["Rest"]

Handler: TypeAlias = Callable[..., RestResponse]

_ACCOUNT = re.compile(rf"/{API_VERSION}/Accounts/(?P<sid>[^/.]+)(?P<rest>/[^?]*|\.json)\Z")


def _account(exchange: Exchange, request: RestRequest) -> RestResponse:
    uri = f"/{API_VERSION}/Accounts/{exchange.account_sid}"
    return answered(
        {
            "sid": exchange.account_sid,
            "friendly_name": "Virtual account",
            "status": "active",
            "type": "Full",
            "owner_account_sid": exchange.account_sid,
            "auth_token": exchange.auth_token,
            "uri": f"{uri}.json",
            "subresource_uris": {},
        }
    )


ROUTES: tuple[tuple[str, Mapping[str, Handler]], ...] = (
    (r"\.json", {"GET": _account}),
    (r"/Calls\.json", {"GET": calls.list_calls, "POST": calls.create}),
    (r"/Calls/(CA\w+)\.json", {"GET": calls.fetch, "POST": calls.update, "DELETE": calls.delete}),
    (r"/Calls/(CA\w+)/Recordings\.json", {"GET": recordings.list_of_call, "POST": recordings.start}),
    (
        r"/Calls/(CA\w+)/Recordings/(RE\w+|Twilio\.CURRENT)\.json",
        {"GET": recordings.fetch, "POST": recordings.change, "DELETE": recordings.delete},
    ),
    (r"/Calls/(CA\w+)/Events\.json", {"GET": call_events.list_events}),
    (r"/Calls/(CA\w+)/(Streams|Siprec|Transcriptions)\.json", {"POST": call_services.create}),
    (r"/Calls/(CA\w+)/(Streams|Siprec|Transcriptions)/([^/]+)\.json", {"POST": call_services.update}),
    (r"/Recordings\.json", {"GET": recordings.list_recordings}),
    (r"/Recordings/(RE\w+)\.json", {"GET": recordings.fetch, "DELETE": recordings.delete}),
    (r"/Recordings/(RE\w+)(?:\.wav)?", {"GET": recordings.sound, "DELETE": recordings.delete}),
    (r"/Queues\.json", {"GET": queues.list_queues, "POST": queues.create}),
    (r"/Queues/(QU\w+)\.json", {"GET": queues.fetch, "POST": queues.update, "DELETE": queues.delete}),
    (r"/Queues/(QU\w+)/Members\.json", {"GET": queues.list_members}),
    (r"/Queues/(QU\w+)/Members/(\w+)\.json", {"GET": queues.fetch_member, "POST": queues.take_member}),
    (r"/Conferences\.json", {"GET": conferences.list_conferences}),
    (r"/Conferences/(CF\w+)/Recordings\.json", {"GET": recordings.list_of_conference}),
    (
        r"/Conferences/(CF\w+)/Recordings/(RE\w+|Twilio\.CURRENT)\.json",
        {"GET": recordings.fetch, "POST": recordings.change, "DELETE": recordings.delete},
    ),
    (r"/Conferences/(CF\w+)\.json", {"GET": conferences.fetch, "POST": conferences.update}),
    (
        r"/Conferences/(CF\w+)/Participants\.json",
        {"GET": participants.list_all, "POST": participants.add},
    ),
    (r"/Conferences/([^/]+)/Participants\.json", {"POST": participants.add}),
    (
        r"/Conferences/(CF\w+)/Participants/([^/]+)\.json",
        {
            "GET": participants.fetch,
            "POST": participants.change,
            "DELETE": participants.remove,
        },
    ),
    (r"/AvailablePhoneNumbers/([A-Z]{2})/(Local|TollFree|Mobile)\.json", {"GET": available.list_numbers}),
    (r"/Messages\.json", {"GET": texts.list_messages, "POST": texts.create}),
    (r"/Messages/([SM]M\w+)\.json", {"GET": texts.fetch, "POST": texts.update, "DELETE": texts.delete}),
    *(
        route
        for kind in (NUMBERS, APPLICATIONS)
        for route in (
            (rf"/{kind.path}{kind.also}\.json", {"GET": kind.list, "POST": kind.create}),
            (
                rf"/{kind.path}/({kind.letters}\w+)\.json",
                {"GET": kind.fetch, "POST": kind.update, "DELETE": kind.delete},
            ),
        )
    ),
)


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
        asked = _ACCOUNT.match(request.path)
        if asked is None:
            raise not_found(request.path)
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
        raise not_found(request.path)

    def _sign_in(self, request: RestRequest) -> None:
        if request.user is None or self._passwords.get(request.user) != request.password:
            raise Problem(401, 20003, "Authenticate")
