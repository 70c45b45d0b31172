"""Numbers of others that may be shown as the caller's. https://www.twilio.com/docs/voice/api/outgoing-caller-ids.

Twilio calls a new one, whose owner keys the code. Nobody is called here: it counts as keyed.
"""

from ivr.harness.addresses import e164
from ivr.harness.api import account_path
from ivr.harness.exchange import Exchange
from ivr.harness.numbers import CALLER_IDS
from ivr.harness.rest.messages import Json, Problem, RestRequest, RestResponse, answered, not_found, rfc2822
from ivr.harness.rest.pages import page

__all__ = ["create", "delete", "fetch", "list_all", "update"]

INVALID = 13223
CODE = "123456"


def create(exchange: Exchange, request: RestRequest) -> RestResponse:
    """Have a number validated: the code, and no call."""
    given = request.get("PhoneNumber") or ""
    number = e164(given)
    if number is None:
        raise Problem(400, INVALID, f"PhoneNumber is invalid: {given or '(none given)'}")
    sid, now = exchange.sids.make("PN"), rfc2822(exchange.now)
    name = request.get("FriendlyName") or number
    exchange.kept.setdefault(CALLER_IDS, {})[sid] = {
        "sid": sid,
        "account_sid": exchange.account_sid,
        "phone_number": number,
        "friendly_name": name,
        "date_created": now,
        "date_updated": now,
        "uri": f"{account_path(exchange.account_sid)}/OutgoingCallerIds/{sid}.json",
    }
    told: Json = {"account_sid": exchange.account_sid, "phone_number": number, "friendly_name": name}
    return answered({**told, "validation_code": CODE, "call_sid": None})


def list_all(exchange: Exchange, request: RestRequest) -> RestResponse:
    """All of them, or those of the PhoneNumber or FriendlyName asked for."""
    number, name = request.get("PhoneNumber"), request.get("FriendlyName")
    found = [
        kept
        for kept in reversed(exchange.kept.get(CALLER_IDS, {}).values())
        if number in (None, kept["phone_number"]) and name in (None, kept["friendly_name"])
    ]
    return page(request, "outgoing_caller_ids", found)


def fetch(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """One of them."""
    return answered(_one(exchange, request, sid))


def update(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """Give it another FriendlyName."""
    kept = _one(exchange, request, sid)
    kept |= {
        "friendly_name": request.get("FriendlyName") or kept["friendly_name"],
        "date_updated": rfc2822(exchange.now),
    }
    return answered(kept)


def delete(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """Forget it."""
    _one(exchange, request, sid)
    del exchange.kept[CALLER_IDS][sid]
    return RestResponse(status=204)


def _one(exchange: Exchange, request: RestRequest, sid: str) -> Json:
    kept = exchange.kept.get(CALLER_IDS, {}).get(sid)
    if kept is None:
        raise not_found(request.path)
    return kept
