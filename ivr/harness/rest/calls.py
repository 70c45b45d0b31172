"""Calls: placed, fetched, listed, and interrupted. https://www.twilio.com/docs/voice/api/call-resource."""

from datetime import datetime, timedelta

from ivr.harness.calling import Wanted
from ivr.harness.detection import Detection
from ivr.harness.errors import Refused
from ivr.harness.exchange import Exchange
from ivr.harness.far_ends import e164
from ivr.harness.leg import API_VERSION, Leg
from ivr.harness.lines import Callback, Webhooks
from ivr.harness.numbers import webhooks_of
from ivr.harness.outcome import Ask
from ivr.harness.rest.messages import (
    Json,
    Problem,
    RestRequest,
    RestResponse,
    answered,
    method_of,
    not_found,
    rfc2822,
    url_of,
)
from ivr.harness.rest.pages import page
from ivr.harness.rest.recordings import taping_of
from ivr.harness.running import APOLOGY
from ivr.harness.status import CallStatus
from ivr.harness.timeline import Milliseconds
from ivr.harness.twiml.document import Document, Notice, read_document
from ivr.harness.twiml.nouns import CALL_EVENTS

__all__ = [
    "callback_of",
    "create",
    "delete",
    "detection_of",
    "fetch",
    "from_of",
    "list_calls",
    "to_of",
    "update",
]

NO_TO, NO_FROM = 21201, 21213
INVALID_TO, INVALID_FROM, NO_APPLICATION = 21211, 21212, 21218
NOT_IN_PROGRESS = 21220
TOO_LONG = 21209  # our choice: the dictionary names no code for a `Twiml` of more than 4,000 characters
LONGEST_TWIML = 4000
USUAL_TIMEOUT, LONGEST_CALL = 60, 14400
PARTS = ("notifications", "recordings", "payments", "events", "siprec", "streams", "transcriptions")


def create(exchange: Exchange, request: RestRequest) -> RestResponse:
    """Place a call; its document is at Url, or is Twiml, or is an application's."""
    to = to_of(request)
    from_ = from_of(request)
    webhooks = _webhooks(exchange, request)
    first = _document(request) or Ask(method=webhooks.voice_method, url=webhooks.voice_url)
    leg = exchange.place(
        to=to,
        from_=from_,
        first=first,
        webhooks=webhooks,
        timeout=request.whole("Timeout", USUAL_TIMEOUT),
        at_most=request.whole("TimeLimit", LONGEST_CALL),
        wanted=Wanted(
            send_digits=request.get("SendDigits") or "",
            detection=detection_of(request),
            taping=taping_of(request, source="OutboundAPI") if request.flag("Record") else None,
        ),
    )
    return answered(_json(exchange, leg), 201)


def fetch(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """How a call stands."""
    return answered(_json(exchange, _leg(exchange, request, sid)))


def list_calls(exchange: Exchange, request: RestRequest) -> RestResponse:
    """The calls, the newest first, of the To, From, Status, ParentCallSid and StartTime asked for."""
    calls = [_json(exchange, leg) for leg in reversed(exchange.legs.values()) if _wanted(exchange, request, leg)]
    return page(request, "calls", calls)


def update(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """Interrupt a live call with a document, or end it.

    `canceled` ends only what is queued or rings; `completed` also what is in progress.
    """
    leg = _leg(exchange, request, sid)
    status = request.get("Status")
    if status is not None:
        _end(leg, status)
        return answered(_json(exchange, leg))
    to: Ask | Document | None = _document(request)
    if to is None and request.get("Url"):
        to = Ask(method=method_of(request, "Method"), url=url_of(request, "Url"))
    if to is not None:
        if leg.over or not leg.answered:
            raise Problem(400, NOT_IN_PROGRESS, "Call is not in-progress. Cannot redirect.")
        leg.redirect(to)
    return answered(_json(exchange, leg))


def delete(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """Forget a call that is over."""
    leg = _leg(exchange, request, sid)
    if not leg.over:
        raise Problem(409, 20009, "Call has not completed yet")
    del exchange.legs[sid]
    return RestResponse(status=204)


def _end(leg: Leg, status: str) -> None:
    if status not in ("completed", "canceled"):
        raise Problem(400, 20001, f"Status must be completed or canceled, not {status}")
    if leg.over or (status == "canceled" and leg.answered):
        raise Problem(400, NOT_IN_PROGRESS, "Call is not in-progress. Cannot redirect.")
    leg.end(CallStatus(status) if leg.answered else CallStatus.CANCELED)


def _leg(exchange: Exchange, request: RestRequest, sid: str) -> Leg:
    leg = exchange.legs.get(sid)
    if leg is None:
        raise not_found(request.path)
    return leg


def to_of(request: RestRequest) -> str:
    """Who is called; raises Problem."""
    return _party(request, "To", NO_TO, INVALID_TO)


def from_of(request: RestRequest) -> str:
    """Who calls; raises Problem."""
    return _party(request, "From", NO_FROM, INVALID_FROM)


def _party(request: RestRequest, name: str, missing: int, invalid: int) -> str:
    given = request.get(name)
    if given is None:
        raise Problem(400, missing, f"No '{name}' number is specified")
    if given.startswith(("client:", "sip:")):
        return given
    number = e164(given)
    if number is None:
        raise Problem(400, invalid, f"The '{name}' number {given} is not a valid phone number")
    return number


def _webhooks(exchange: Exchange, request: RestRequest) -> Webhooks:
    sid = request.get("ApplicationSid")
    if sid is not None:
        return _application(exchange, sid)
    twiml = request.get("Twiml") is not None
    fallback = request.get("FallbackUrl")
    return Webhooks(
        voice_url="" if twiml else url_of(request, "Url"),
        voice_method=method_of(request, "Method"),
        fallback_url=fallback,
        fallback_method=method_of(request, "FallbackMethod"),
        callback=callback_of(request),
    )


def _application(exchange: Exchange, sid: str) -> Webhooks:
    application = exchange.kept.get("AP", {}).get(sid)
    webhooks = None if application is None else webhooks_of(application)
    if webhooks is None:
        raise Problem(400, NO_APPLICATION, f"ApplicationSid {sid} is not an application with a voice URL")
    return webhooks


def callback_of(request: RestRequest) -> Callback | None:
    """Where progress is told, and which of it."""
    url = request.get("StatusCallback")
    if url is None:
        return None
    asked = [event for given in request.every("StatusCallbackEvent") for event in given.split()]
    events = tuple(event for event in asked if event in CALL_EVENTS)
    return Callback(url=url, method=method_of(request, "StatusCallbackMethod"), events=events or ("completed",))


def detection_of(request: RestRequest) -> Detection | None:
    """The answering machine detection asked for; raises Problem."""
    if request.get("MachineDetection") not in ("Enable", "DetectMessageEnd"):
        return None
    url = request.get("AsyncAmdStatusCallback") or request.get("AmdStatusCallback")
    method = method_of(request, "AsyncAmdStatusCallbackMethod")
    return Detection(
        to_the_end=request.get("MachineDetection") == "DetectMessageEnd",
        waits=request.flag("AsyncAmd") is not True,
        callback=None if url is None else Callback(url=url, method=method),
        timeout=request.whole("MachineDetectionTimeout", 30) * 1000,
        speech_threshold=request.whole("MachineDetectionSpeechThreshold", 2400),
        speech_end_threshold=request.whole("MachineDetectionSpeechEndThreshold", 1200),
    )


def _document(request: RestRequest) -> Document | None:
    """The document of Twiml; one that cannot be read is apologised for when the call runs it."""
    twiml = request.get("Twiml")
    if twiml is None:
        return None
    if len(twiml) > LONGEST_TWIML:
        raise Problem(400, TOO_LONG, f"Twiml is longer than {LONGEST_TWIML} characters")
    try:
        return read_document(twiml.encode(), "text/xml; charset=utf-8")
    except Refused as problem:
        return Document(verbs=APOLOGY.verbs, notices=(Notice(code=problem.code, line=0, text=problem.text),))


def _wanted(exchange: Exchange, request: RestRequest, leg: Leg) -> bool:
    asked = (
        (request.get("To"), leg.to),
        (request.get("From"), leg.from_),
        (request.get("Status"), leg.status.value),
        (request.get("ParentCallSid"), leg.parent.sid if leg.parent else ""),
    )
    day = _moment(exchange, leg.created).date().isoformat()
    at_least, at_most, on = request.get("StartTime>"), request.get("StartTime<"), request.get("StartTime")
    return (
        all(wanted is None or wanted == has for wanted, has in asked)
        and (on is None or on[:10] == day)
        and (at_least is None or day >= at_least[:10])
        and (at_most is None or day <= at_most[:10])
    )


def _moment(exchange: Exchange, at: Milliseconds) -> datetime:
    return exchange.began + timedelta(milliseconds=at)


def _json(exchange: Exchange, leg: Leg) -> Json:
    uri = f"/{API_VERSION}/Accounts/{leg.account_sid}/Calls/{leg.sid}"
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
