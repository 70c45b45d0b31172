"""Messages: sent, listed and forgotten.

https://www.twilio.com/docs/messaging/api/message-resource
"""

from email.utils import parsedate_to_datetime

from ivr.harness.exchange import Exchange
from ivr.harness.rest.messages import Json, Problem, RestRequest, RestResponse, answered, not_found
from ivr.harness.rest.pages import page
from ivr.harness.texting import to_whom

__all__ = ["create", "delete", "fetch", "list_messages", "update"]

INVALID_TO, NO_BODY, NO_FROM, NO_TO = 21211, 21602, 21603, 21604
NOT_SCHEDULED = 30409


def create(exchange: Exchange, request: RestRequest) -> RestResponse:
    """Take a message; its StatusCallback is told that it is sent and delivered, as virtual time passes."""
    given, body, media = request.get("To"), request.get("Body"), request.every("MediaUrl")
    if given is None:
        raise Problem(400, NO_TO, "A 'To' phone number is required.")
    to = to_whom(given)
    if to is None:
        raise Problem(400, INVALID_TO, f"Invalid 'To' Phone Number: {given}")
    from_, service = request.get("From"), request.get("MessagingServiceSid")
    if from_ is None and service is None:
        raise Problem(400, NO_FROM, "A 'From' phone number is required.")
    if body is None and not media and request.get("ContentSid") is None:
        raise Problem(400, NO_BODY, "Message body is required.")
    message = exchange.texts.send(
        to=to,
        from_=from_,
        body=body or "",
        media=media,
        service=service,
        callback=request.get("StatusCallback"),
    )
    return answered(message, 201)


def fetch(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """One message."""
    return answered(_one(exchange, request, sid))


def list_messages(exchange: Exchange, request: RestRequest) -> RestResponse:
    """The messages, the newest first, of the To, From and DateSent asked for."""
    to, from_ = request.get("To"), request.get("From")
    day, since, until = (request.get(name) for name in ("DateSent", "DateSent>", "DateSent<"))
    found = [
        message
        for message in reversed(exchange.texts.kept.values())
        if to in (None, message["to"])
        and from_ in (None, message["from"])
        and (day is None or day[:10] == _day(message))
        and (since is None or since[:10] <= _day(message))
        and (until is None or _day(message) <= until[:10])
    ]
    return page(request, "messages", found)


def update(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """Take out what it says, with an empty Body; one that is sent already cannot be canceled."""
    message = _one(exchange, request, sid)
    if request.get("Status") == "canceled":
        raise Problem(400, NOT_SCHEDULED, "Message cannot be canceled: it is not scheduled")
    if ("Body", "") in request.fields:
        message["body"] = ""
    return answered(message)


def delete(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """Forget it."""
    _one(exchange, request, sid)
    del exchange.texts.kept[sid]
    exchange.texts.media.pop(sid, None)
    return RestResponse(status=204)


def _day(message: Json) -> str:
    """When it was sent, or else made, as `2026-01-05`."""
    return parsedate_to_datetime(str(message["date_sent"] or message["date_created"])).date().isoformat()


def _one(exchange: Exchange, request: RestRequest, sid: str) -> Json:
    message = exchange.texts.kept.get(sid)
    if message is None:
        raise not_found(request.path)
    return message
