"""Messages: kept, "delivered" a moment later, and sent to nobody.

https://www.twilio.com/docs/messaging/api/message-resource
"""

from datetime import timedelta
from email.utils import parsedate_to_datetime
from functools import partial

from ivr.harness.exchange import Exchange
from ivr.harness.far_ends import e164
from ivr.harness.leg import API_VERSION
from ivr.harness.outcome import Ask
from ivr.harness.rest.messages import Json, Problem, RestRequest, RestResponse, answered, not_found, rfc2822
from ivr.harness.rest.pages import page

__all__ = ["create", "delete", "fetch", "list_messages", "update"]

INVALID_TO, NO_BODY, NO_FROM, NO_TO = 21211, 21602, 21603, 21604
NOT_SCHEDULED = 30409
SEGMENT = 160
STEPS = ((0, "sent"), (1000, "delivered"))


def create(exchange: Exchange, request: RestRequest) -> RestResponse:
    """Take a message; its StatusCallback is told that it is sent and delivered, as virtual time passes."""
    message = _message(exchange, request)
    sid = str(message["sid"])
    exchange.kept.setdefault("SM", {})[sid] = message
    told = dict(message)
    for after, status in STEPS:
        exchange.timeline.at(
            exchange.timeline.now + after, partial(_progress, exchange, message, status, request.get("StatusCallback"))
        )
    return answered(told, 201)


def fetch(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """One message."""
    return answered(_one(exchange, request, sid))


def list_messages(exchange: Exchange, request: RestRequest) -> RestResponse:
    """The messages, the newest first, of the To, From and DateSent asked for."""
    to, from_ = request.get("To"), request.get("From")
    day, since, until = (request.get(name) for name in ("DateSent", "DateSent>", "DateSent<"))
    found = [
        message
        for message in reversed(exchange.kept.get("SM", {}).values())
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
    del exchange.kept["SM"][sid]
    return RestResponse(status=204)


def _progress(exchange: Exchange, message: Json, status: str, callback: str | None) -> None:
    message["status"] = status
    now = rfc2822(exchange.began + timedelta(milliseconds=exchange.timeline.now))
    message["date_updated"] = message["date_sent"] = now
    if callback is None:
        return
    params = {
        "MessageSid": str(message["sid"]),
        "SmsSid": str(message["sid"]),
        "AccountSid": exchange.account_sid,
        "From": str(message["from"] or ""),
        "To": str(message["to"]),
        "MessageStatus": status,
        "SmsStatus": status,
        "ApiVersion": API_VERSION,
    }
    exchange.notify(Ask(method="POST", url=callback, params=params))


def _day(message: Json) -> str:
    """When it was sent, or else made, as `2026-01-05`."""
    return parsedate_to_datetime(str(message["date_sent"] or message["date_created"])).date().isoformat()


def _one(exchange: Exchange, request: RestRequest, sid: str) -> Json:
    message = exchange.kept.get("SM", {}).get(sid)
    if message is None:
        raise not_found(request.path)
    return message


def _message(exchange: Exchange, request: RestRequest) -> Json:
    given, body, media = request.get("To"), request.get("Body"), request.every("MediaUrl")
    if given is None:
        raise Problem(400, NO_TO, "A 'To' phone number is required.")
    to = given if ":" in given else e164(given)
    if to is None:
        raise Problem(400, INVALID_TO, f"Invalid 'To' Phone Number: {given}")
    if request.get("From") is None and request.get("MessagingServiceSid") is None:
        raise Problem(400, NO_FROM, "A 'From' phone number is required.")
    if body is None and not media and request.get("ContentSid") is None:
        raise Problem(400, NO_BODY, "Message body is required.")
    sid = exchange.sids.make("MM" if media else "SM")
    now = rfc2822(exchange.began + timedelta(milliseconds=exchange.timeline.now))
    uri = f"/{API_VERSION}/Accounts/{exchange.account_sid}/Messages/{sid}"
    return {
        "sid": sid,
        "account_sid": exchange.account_sid,
        "messaging_service_sid": request.get("MessagingServiceSid"),
        "to": to,
        "from": request.get("From"),
        "body": body or "",
        "status": "queued",
        "direction": "outbound-api",
        "num_segments": str(-(-len(body or " ") // SEGMENT)),
        "num_media": str(len(media)),
        "date_created": now,
        "date_updated": now,
        "date_sent": None,
        "price": None,
        "price_unit": "USD",
        "error_code": None,
        "error_message": None,
        "api_version": API_VERSION,
        "uri": f"{uri}.json",
        "subresource_uris": {"media": f"{uri}/Media.json"},
    }
