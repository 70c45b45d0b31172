"""Warnings and errors of calls, as Twilio's debugger shows them.

https://www.twilio.com/docs/usage/api/notification-resource: `log` is 0 for an error and 1 for a warning.
"""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256

from ivr.harness import events
from ivr.harness.api import API_VERSION, account_path
from ivr.harness.exchange import Exchange
from ivr.harness.leg import Leg
from ivr.harness.rest.messages import Json, RestRequest, RestResponse, answered, not_found, rfc2822
from ivr.harness.rest.pages import page

__all__ = ["fetch", "fetch_of_call", "list_all", "list_of_call"]


def list_all(exchange: Exchange, request: RestRequest) -> RestResponse:
    """Those of all calls, the newest first; errors or warnings alone, by Log."""
    return _page(request, _of(exchange, *exchange.legs.values()))


def list_of_call(exchange: Exchange, request: RestRequest, call_sid: str) -> RestResponse:
    """Those of one call."""
    return _page(request, _of(exchange, _leg(exchange, request, call_sid)))


def fetch(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """One of them."""
    return _one(request, _of(exchange, *exchange.legs.values()), sid)


def fetch_of_call(exchange: Exchange, request: RestRequest, call_sid: str, sid: str) -> RestResponse:
    """One of a call's."""
    return _one(request, _of(exchange, _leg(exchange, request, call_sid)), sid)


def _page(request: RestRequest, found: Iterator[Json]) -> RestResponse:
    log = request.get("Log")
    return page(request, "notifications", [each for each in found if log in (None, each["log"])][::-1])


def _one(request: RestRequest, found: Iterator[Json], sid: str) -> RestResponse:
    for each in found:
        if each["sid"] == sid:
            return answered(each)
    raise not_found(request.path)


def _leg(exchange: Exchange, request: RestRequest, sid: str) -> Leg:
    leg = exchange.legs.get(sid)
    if leg is None:
        raise not_found(request.path)
    return leg


def _of(exchange: Exchange, *legs: Leg) -> Iterator[Json]:
    for leg in legs:
        asked: events.Requested | None = None
        for place, event in enumerate(leg.transcript):
            match event:
                case events.Requested():
                    asked = event
                case events.Warned() | events.Failed():
                    yield _json(exchange, leg, event, asked, place)
                case _:
                    pass


def _json(
    exchange: Exchange, leg: Leg, event: events.Warned | events.Failed, asked: events.Requested | None, place: int
) -> Json:
    sid = "NO" + sha256(f"{leg.sid} {place}".encode()).hexdigest()[:32]
    date = rfc2822(exchange.began + timedelta(seconds=event.at))
    return {
        "sid": sid,
        "account_sid": exchange.account_sid,
        "api_version": API_VERSION,
        "call_sid": leg.sid,
        "error_code": str(event.code),
        "log": "0" if isinstance(event, events.Failed) else "1",
        "message_date": date,
        "message_text": event.text,
        "more_info": f"https://www.twilio.com/docs/errors/{event.code}",
        "request_method": None if asked is None else asked.method,
        "request_url": "" if asked is None else asked.url,
        "date_created": date,
        "date_updated": date,
        "uri": f"{account_path(exchange.account_sid)}/Notifications/{sid}.json",
    }
