"""Calls as REST shows them, and which of them a list asks for. https://www.twilio.com/docs/voice/api/call-resource."""

from datetime import datetime, timedelta

from ivr.harness.api import API_VERSION, account_path
from ivr.harness.exchange import Exchange
from ivr.harness.leg import Leg
from ivr.harness.rest.messages import Json, RestRequest, rfc2822
from ivr.harness.status import CallStatus
from ivr.harness.timeline import Milliseconds

__all__ = ["call_json", "is_asked_for"]

PARTS = ("notifications", "recordings", "payments", "events", "siprec", "streams", "transcriptions")


def is_asked_for(exchange: Exchange, request: RestRequest, leg: Leg) -> bool:
    """Whether a call is of the To, From, Status, ParentCallSid, StartTime and EndTime asked for."""
    asked = (
        (request.get("To"), leg.to),
        (request.get("From"), leg.from_),
        (request.get("Status"), leg.status.value),
        (request.get("ParentCallSid"), leg.parent.sid if leg.parent else ""),
    )
    ended = None if leg.ended_at is None else _moment(exchange, leg.ended_at)
    return (
        all(wanted is None or wanted == has for wanted, has in asked)
        and _is_on_the_day(request, "StartTime", _moment(exchange, leg.created))
        and _is_on_the_day(request, "EndTime", ended)
    )


def _is_on_the_day(request: RestRequest, name: str, moment: datetime | None) -> bool:
    """Whether it lies on the day asked for, on it or later (`StartTime>`), on it or before (`StartTime<`)."""
    on, since, until = (request.get(f"{name}{sign}") for sign in ("", ">", "<"))
    day = "" if moment is None else moment.date().isoformat()
    if not day:
        return on is since is until is None
    return (
        (on is None or on[:10] == day) and (since is None or day >= since[:10]) and (until is None or day <= until[:10])
    )


def _moment(exchange: Exchange, at: Milliseconds) -> datetime:
    return exchange.began + timedelta(milliseconds=at)


def call_json(exchange: Exchange, leg: Leg) -> Json:
    """The call's resource."""
    uri = f"{account_path(leg.account_sid)}/Calls/{leg.sid}"
    created = rfc2822(_moment(exchange, leg.created))
    ended = None if leg.ended_at is None else rfc2822(_moment(exchange, leg.ended_at))
    begun = leg.created if leg.answered_at is None else leg.answered_at
    return {
        "sid": leg.sid,
        "account_sid": leg.account_sid,
        "parent_call_sid": leg.parent.sid if leg.parent else None,
        "to": leg.to,
        "to_formatted": leg.to,
        "from": leg.from_,
        "from_formatted": leg.from_,
        "phone_number_sid": None,
        "status": leg.status.value,
        "direction": leg.direction.value,
        "date_created": created,
        "date_updated": ended or created,
        "start_time": None if leg.status is CallStatus.QUEUED else rfc2822(_moment(exchange, begun)),
        "end_time": ended,
        # "Empty for busy, failed, unanswered or ongoing calls."
        "duration": str(leg.duration) if leg.over and leg.answered else None,
        "price": None,
        "price_unit": "USD",
        "answered_by": leg.params().get("AnsweredBy"),
        "annotation": None,
        "api_version": API_VERSION,
        "forwarded_from": leg.params().get("ForwardedFrom"),
        "group_sid": None,
        "caller_name": leg.params().get("CallerName"),
        "queue_time": "0",
        "trunk_sid": None,
        "uri": f"{uri}.json",
        "subresource_uris": {part: f"{uri}/{part.capitalize()}.json" for part in PARTS},
    }
