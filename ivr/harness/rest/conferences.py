"""Conferences: listed, fetched, ended and announced to.

https://www.twilio.com/docs/voice/api/conference-resource
"""

from datetime import timedelta

from ivr.harness.api import API_VERSION, account_path
from ivr.harness.conferences import Conference
from ivr.harness.exchange import Exchange
from ivr.harness.leg import Leg
from ivr.harness.rest.announcing import announce
from ivr.harness.rest.messages import Json, RestRequest, RestResponse, answered, not_found, rfc2822
from ivr.harness.rest.pages import page

__all__ = ["conference_of", "fetch", "list_conferences", "update"]

OVER = "completed"


def list_conferences(exchange: Exchange, request: RestRequest) -> RestResponse:
    """The conferences, the newest first, of the FriendlyName and Status asked for."""
    name, status = request.get("FriendlyName"), request.get("Status")
    found = [
        _json(exchange, conference)
        for conference in reversed(exchange.conferences.by_sid.values())
        if name in (None, conference.name) and status in (None, conference.status)
    ]
    return page(request, "conferences", found)


def fetch(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """One of them."""
    return answered(_json(exchange, conference_of(exchange, request, sid)))


def update(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """Status=completed ends it for everybody; AnnounceUrl is heard by everybody."""
    conference = conference_of(exchange, request, sid)
    announce(request, conference)
    if request.get("Status") == OVER:
        conference.end("conference-ended-via-api")
    return answered(_json(exchange, conference))


def conference_of(exchange: Exchange, request: RestRequest, sid: str) -> Conference[Leg]:
    """The conference of that SID; raises Problem."""
    conference = exchange.conferences.by_sid.get(sid)
    if conference is None:
        raise not_found(request.path)
    return conference


def _json(exchange: Exchange, conference: Conference[Leg]) -> Json:
    uri = f"{account_path(exchange.account_sid)}/Conferences/{conference.sid}"
    began = rfc2822(exchange.began + timedelta(milliseconds=conference.began))
    return {
        "sid": conference.sid,
        "account_sid": exchange.account_sid,
        "api_version": API_VERSION,
        "friendly_name": conference.name,
        "status": conference.status,
        "region": "us1",
        "reason_conference_ended": conference.reason_ended or None,
        "call_sid_ending_conference": conference.ended_by or None,
        "date_created": began,
        "date_updated": began,
        "uri": f"{uri}.json",
        "subresource_uris": {part: f"{uri}/{part.capitalize()}.json" for part in ("participants", "recordings")},
    }
