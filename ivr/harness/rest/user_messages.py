"""Messages to the SDK at the other end of a call. https://www.twilio.com/docs/voice/api/userdefinedmessage-resource.

No SDK is there: what was sent stands in the call's transcript.
"""

from ivr.harness import events
from ivr.harness.exchange import Exchange
from ivr.harness.rest.messages import Problem, RestRequest, RestResponse, answered, not_found, rfc2822

__all__ = ["create"]

NOT_IN_PROGRESS = 21220


def create(exchange: Exchange, request: RestRequest, call_sid: str) -> RestResponse:
    """Send Content to a live call."""
    leg = exchange.legs.get(call_sid)
    if leg is None:
        raise not_found(request.path)
    content = request.get("Content")
    if content is None:
        raise Problem(400, 20001, "Content is required")
    if leg.over:
        raise Problem(400, NOT_IN_PROGRESS, "Call is not in-progress. Cannot send it a message.")
    leg.note(events.NotPlayed(at=leg.seconds, what=f"user-defined message: {content}"))
    told = {"sid": exchange.sids.make("KX"), "account_sid": exchange.account_sid, "call_sid": call_sid}
    return answered({**told, "date_created": rfc2822(exchange.now)}, 201)
