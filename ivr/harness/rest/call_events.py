"""The requests that a call made to its application. https://www.twilio.com/docs/voice/api/call-event-resource."""

from datetime import timedelta

from ivr.harness import events
from ivr.harness.exchange import Exchange
from ivr.harness.rest.messages import Json, RestRequest, RestResponse, not_found, rfc2822
from ivr.harness.rest.pages import page

__all__ = ["list_events"]


def list_events(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """Each request of the call, with what was answered, in order."""
    leg = exchange.legs.get(sid)
    if leg is None:
        raise not_found(request.path)
    asked = [event for event in leg.transcript if isinstance(event, events.Requested)]
    return page(request, "events", [_json(exchange, event) for event in asked])


def _json(exchange: Exchange, event: events.Requested) -> Json:
    return {
        "request": {"method": event.method, "url": event.url, "parameters": dict(event.params)},
        "response": {
            "response_code": event.status,
            "request_duration": event.ms or 0,
            "content_type": None if event.response is None else event.response.header("Content-Type"),
            "response_body": event.body,
            "date_created": rfc2822(exchange.began + timedelta(seconds=event.at)),
        },
    }
