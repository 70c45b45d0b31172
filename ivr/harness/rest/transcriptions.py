"""What was said in a recording, as Record's transcribe wrote it down.

https://www.twilio.com/docs/voice/api/recording-transcription
"""

from ivr.harness.api import API_VERSION, account_path
from ivr.harness.exchange import Exchange
from ivr.harness.recordings import Transcription
from ivr.harness.rest.messages import Json, RestRequest, RestResponse, answered, not_found, rfc2822
from ivr.harness.rest.pages import page

__all__ = ["delete", "fetch", "list_all", "list_of_recording"]


def list_all(exchange: Exchange, request: RestRequest) -> RestResponse:
    """All of them, the newest first."""
    return page(request, "transcriptions", [_json(exchange, each) for each in _newest_first(exchange)])


def list_of_recording(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """Those of one recording."""
    found = [_json(exchange, each) for each in _newest_first(exchange) if each.recording_sid == sid]
    return page(request, "transcriptions", found)


def fetch(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """One of them."""
    return answered(_json(exchange, _one(exchange, request, sid)))


def delete(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """Forget it."""
    del exchange.transcriptions[_one(exchange, request, sid).sid]
    return RestResponse(status=204)


def _newest_first(exchange: Exchange) -> list[Transcription]:
    return list(exchange.transcriptions.values())[::-1]


def _one(exchange: Exchange, request: RestRequest, sid: str) -> Transcription:
    found = exchange.transcriptions.get(sid)
    if found is None:
        raise not_found(request.path)
    return found


def _json(exchange: Exchange, each: Transcription) -> Json:
    made = rfc2822(each.made)
    return {
        "sid": each.sid,
        "account_sid": exchange.account_sid,
        "api_version": API_VERSION,
        "recording_sid": each.recording_sid,
        "transcription_text": each.words,
        "status": "completed",
        "type": "fast",
        "duration": each.seconds,
        "price": None,
        "price_unit": "USD",
        "date_created": made,
        "date_updated": made,
        "uri": f"{account_path(exchange.account_sid)}/Transcriptions/{each.sid}.json",
    }
