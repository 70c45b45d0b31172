"""Calls: placed, fetched, listed, and interrupted. https://www.twilio.com/docs/voice/api/call-resource."""

from ivr.harness.calling import Wanted
from ivr.harness.exchange import Exchange
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask
from ivr.harness.rest.call_json import call_json, is_asked_for
from ivr.harness.rest.call_requests import detection_of, document_of, from_of, to_of, webhooks_for
from ivr.harness.rest.messages import Problem, RestRequest, RestResponse, answered, method_of, not_found, url_of
from ivr.harness.rest.pages import page
from ivr.harness.rest.recordings import taping_of
from ivr.harness.status import CallStatus
from ivr.harness.twiml.document import Document

__all__ = ["create", "delete", "fetch", "list_calls", "update"]

NOT_IN_PROGRESS = 21220
USUAL_TIMEOUT, LONGEST_CALL = 60, 14400


def create(exchange: Exchange, request: RestRequest) -> RestResponse:
    """Place a call; its document is at Url, or is Twiml, or is an application's."""
    to = to_of(request)
    from_ = from_of(request)
    webhooks = webhooks_for(exchange, request)
    first = document_of(request) or Ask(method=webhooks.voice_method, url=webhooks.voice_url)
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
    return answered(call_json(exchange, leg), 201)


def fetch(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """How a call stands."""
    return answered(call_json(exchange, _leg(exchange, request, sid)))


def list_calls(exchange: Exchange, request: RestRequest) -> RestResponse:
    """The calls, the newest first, of the To, From, Status, ParentCallSid, StartTime and EndTime asked for."""
    found = [leg for leg in reversed(exchange.legs.values()) if is_asked_for(exchange, request, leg)]
    return page(request, "calls", [call_json(exchange, leg) for leg in found])


def update(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """Interrupt a live call with a document, or end it.

    `canceled` ends only what is queued or rings; `completed` also what is in progress.
    """
    leg = _leg(exchange, request, sid)
    status = request.get("Status")
    if status is not None:
        _end(leg, status)
        return answered(call_json(exchange, leg))
    to: Ask | Document | None = document_of(request)
    if to is None and request.get("Url"):
        to = Ask(method=method_of(request, "Method"), url=url_of(request, "Url"))
    if to is not None:
        if leg.over or not leg.answered:
            raise Problem(400, NOT_IN_PROGRESS, "Call is not in-progress. Cannot redirect.")
        leg.redirect(to)
    return answered(call_json(exchange, leg))


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
