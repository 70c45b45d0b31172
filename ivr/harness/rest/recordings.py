"""Recordings: fetched, listed, deleted, and heard. https://www.twilio.com/docs/voice/api/recording."""

from datetime import timedelta

from ivr.harness.exchange import Exchange
from ivr.harness.leg import API_VERSION
from ivr.harness.recordings import Recording
from ivr.harness.rest.messages import Json, RestRequest, RestResponse, answered, not_found, rfc2822
from ivr.harness.rest.pages import page

__all__ = ["delete", "fetch", "list_of_call", "list_recordings", "sound"]


def list_recordings(exchange: Exchange, request: RestRequest) -> RestResponse:
    """The recordings, the newest first; of one call or conference where asked."""
    call, conference = request.get("CallSid"), request.get("ConferenceSid")
    wanted = [
        _json(exchange, each)
        for each in reversed(exchange.recordings.values())
        if call in (None, each.call_sid) and conference in (None, each.conference_sid)
    ]
    return page(request, "recordings", wanted)


def list_of_call(exchange: Exchange, request: RestRequest, call_sid: str) -> RestResponse:
    """The recordings of one call."""
    wanted = [_json(exchange, each) for each in exchange.recordings.values() if each.call_sid == call_sid]
    return page(request, "recordings", wanted[::-1])


def fetch(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """One recording."""
    return answered(_json(exchange, _recording(exchange, request, sid)))


def delete(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """Forget it."""
    del exchange.recordings[_recording(exchange, request, sid).sid]
    return RestResponse(status=204)


def sound(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """The recording itself: "append .wav, or nothing", and a WAV file comes."""
    return RestResponse(status=200, body=_recording(exchange, request, sid).wav, content_type="audio/x-wav")


def _recording(exchange: Exchange, request: RestRequest, sid: str) -> Recording:
    recording = exchange.recordings.get(sid)
    if recording is None:
        raise not_found(request.path)
    return recording


def _json(exchange: Exchange, recording: Recording) -> Json:
    uri = f"/{API_VERSION}/Accounts/{exchange.account_sid}/Recordings/{recording.sid}"
    made = rfc2822(recording.made)
    return {
        "sid": recording.sid,
        "account_sid": exchange.account_sid,
        "call_sid": recording.call_sid,
        "conference_sid": recording.conference_sid,
        "api_version": API_VERSION,
        "date_created": made,
        "date_updated": made,
        "start_time": rfc2822(recording.made - timedelta(seconds=recording.seconds)),
        "duration": str(recording.seconds),
        "status": "completed",
        "channels": recording.channels,
        "source": recording.source,
        "price": None,
        "price_unit": "USD",
        "error_code": None,
        "encryption_details": None,
        "media_url": exchange.api_url + uri,
        "uri": f"{uri}.json",
        "subresource_uris": {},
    }
