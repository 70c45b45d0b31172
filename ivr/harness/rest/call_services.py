"""What runs beside a live call: started and stopped over REST, as Start and Stop do it in a document.

https://www.twilio.com/docs/voice/api/stream-resource, /siprec-resource and /realtime-transcription-resource
"""

from ivr.harness.api import account_path
from ivr.harness.exchange import Exchange
from ivr.harness.leg import Leg
from ivr.harness.rest.messages import Json, Problem, RestRequest, RestResponse, answered, not_found, rfc2822
from ivr.harness.twiml.media import PARTS
from ivr.harness.twiml.parts import Part
from ivr.harness.verbs.service import Service
from ivr.harness.verbs.services import service_of

__all__ = ["create", "update"]

NOT_IN_PROGRESS = 21220
KINDS = {"Streams": "Stream", "Siprec": "Siprec", "Transcriptions": "Transcription"}


def create(exchange: Exchange, request: RestRequest, call_sid: str, kind: str) -> RestResponse:
    """Start one; `Name` is what a Stop calls it, and Parameter1.Name and the like are its parameters."""
    leg = _leg(exchange, request, call_sid)
    if leg.over or not leg.answered:
        raise Problem(400, NOT_IN_PROGRESS, "Call is not in-progress. Cannot start anything beside it.")
    name = KINDS[kind]
    given = {field[0].lower() + field[1:]: value for field, value in request.fields}
    service = service_of(
        leg, Part(line=0, name=name, values={key: given[key] for key in sorted(PARTS[name].names & given.keys())})
    )
    leg.services[name, given.get("name", "")] = service.stop
    exchange.services[service.sid] = (leg, service)
    return answered(_json(exchange, leg, kind, service), 201)


def update(exchange: Exchange, request: RestRequest, call_sid: str, kind: str, sid: str) -> RestResponse:
    """Status=stopped stops it; it is known by its SID or, if TwiML started it, by its name."""
    leg = _leg(exchange, request, call_sid)
    if request.get("Status") != "stopped":
        raise Problem(400, 20001, "Status must be stopped")
    found = exchange.services.get(sid)
    if found is not None and found[0] is leg:
        found[1].stop()
        return answered(_json(exchange, leg, kind, found[1]))
    stop = leg.services.pop((KINDS[kind], sid), None)
    if stop is None:
        raise not_found(request.path)
    stop()
    return answered({"name": sid, "status": "stopped", "call_sid": leg.sid, "account_sid": leg.account_sid})


def _leg(exchange: Exchange, request: RestRequest, sid: str) -> Leg:
    leg = exchange.legs.get(sid)
    if leg is None:
        raise not_found(request.path)
    return leg


def _json(exchange: Exchange, leg: Leg, kind: str, service: Service) -> Json:
    uri = f"{account_path(exchange.account_sid)}/Calls/{leg.sid}/{kind}/{service.sid}.json"
    return {
        "sid": service.sid,
        "account_sid": exchange.account_sid,
        "call_sid": leg.sid,
        "name": service.name,
        "status": "in-progress" if service.running else "stopped",
        "date_updated": rfc2822(exchange.now),
        "uri": uri,
    }
