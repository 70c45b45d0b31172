"""The one account there is. https://www.twilio.com/docs/iam/api/account and https://www.twilio.com/docs/usage/api."""

from ivr.harness.api import account_path
from ivr.harness.exchange import Exchange
from ivr.harness.rest.messages import Json, RestRequest, RestResponse, answered, rfc2822
from ivr.harness.rest.pages import page

__all__ = ["balance", "fetch", "list_all"]

NAME = "Virtual account"


def fetch(exchange: Exchange, request: RestRequest) -> RestResponse:
    """The account."""
    return answered(_json(exchange))


def list_all(exchange: Exchange, request: RestRequest) -> RestResponse:
    """It alone, if it has the FriendlyName and Status asked for."""
    name, status = request.get("FriendlyName"), request.get("Status")
    wanted = name in (None, NAME) and status in (None, "active")
    return page(request, "accounts", [_json(exchange)] if wanted else [])


def balance(exchange: Exchange, request: RestRequest) -> RestResponse:
    """Nothing costs anything here, and so nothing is owed."""
    return answered({"account_sid": exchange.account_sid, "balance": "0.00", "currency": "USD"})


def _json(exchange: Exchange) -> Json:
    uri = account_path(exchange.account_sid)
    began = rfc2822(exchange.began)
    return {
        "sid": exchange.account_sid,
        "friendly_name": NAME,
        "status": "active",
        "type": "Full",
        "owner_account_sid": exchange.account_sid,
        "auth_token": exchange.auth_token,
        "date_created": began,
        "date_updated": began,
        "uri": f"{uri}.json",
        "subresource_uris": {},
    }
