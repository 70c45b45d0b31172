"""The pictures and sounds of a message, which are not fetched.

https://www.twilio.com/docs/messaging/api/media-resource
"""

from hashlib import sha256
from mimetypes import guess_type
from urllib.parse import urlsplit

from ivr.harness.api import account_path
from ivr.harness.exchange import Exchange
from ivr.harness.rest.messages import Json, RestRequest, RestResponse, answered, not_found
from ivr.harness.rest.pages import page

__all__ = ["fetch", "list_all"]


def list_all(exchange: Exchange, request: RestRequest, message_sid: str) -> RestResponse:
    """Those of a message."""
    return page(request, "media_list", _of(exchange, request, message_sid))


def fetch(exchange: Exchange, request: RestRequest, message_sid: str, sid: str) -> RestResponse:
    """One of them."""
    for each in _of(exchange, request, message_sid):
        if each["sid"] == sid:
            return answered(each)
    raise not_found(request.path)


def _of(exchange: Exchange, request: RestRequest, message_sid: str) -> list[Json]:
    message = exchange.texts.kept.get(message_sid)
    if message is None:
        raise not_found(request.path)
    return [_json(exchange, message, url) for url in exchange.texts.media.get(message_sid, ())]


def _json(exchange: Exchange, message: Json, url: str) -> Json:
    """Its kind is what the name in its URL says: of what is unnamed it is unknown."""
    sid = "ME" + sha256(f"{message['sid']} {url}".encode()).hexdigest()[:32]
    uri = f"{account_path(exchange.account_sid)}/Messages/{message['sid']}/Media/{sid}.json"
    return {
        "sid": sid,
        "account_sid": exchange.account_sid,
        "parent_sid": message["sid"],
        "content_type": guess_type(urlsplit(url).path)[0] or "application/octet-stream",
        "date_created": message["date_created"],
        "date_updated": message["date_created"],
        "uri": uri,
    }
