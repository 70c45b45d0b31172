"""Recordings: fetched, listed, deleted, and heard. https://www.twilio.com/docs/voice/api/recording."""

from datetime import timedelta

from ivr.harness.api import API_VERSION, account_path
from ivr.harness.exchange import Exchange
from ivr.harness.recordings import Recorder, Recording
from ivr.harness.rest.messages import (
    Json,
    Problem,
    RestRequest,
    RestResponse,
    answered,
    method_of,
    not_found,
    rfc2822,
)
from ivr.harness.rest.pages import page
from ivr.harness.taping import Tape, Taping

__all__ = [
    "change",
    "delete",
    "delete_sound",
    "fetch",
    "list_of_call",
    "list_of_conference",
    "list_recordings",
    "sound",
    "start",
    "taping_of",
]

NOT_IN_PROGRESS = 21220
CURRENT = "Twilio.CURRENT"
EVENTS = ("in-progress", "completed", "absent")


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


def list_of_conference(exchange: Exchange, request: RestRequest, sid: str) -> RestResponse:
    """The recordings of one conference."""
    wanted = [_json(exchange, each) for each in exchange.recordings.values() if each.conference_sid == sid]
    return page(request, "recordings", wanted[::-1])


def start(exchange: Exchange, request: RestRequest, call_sid: str) -> RestResponse:
    """Record a live call from now on."""
    leg = exchange.legs.get(call_sid)
    if leg is None:
        raise not_found(request.path)
    if leg.over or not leg.answered:
        raise Problem(400, NOT_IN_PROGRESS, "Requested resource is not eligible for recording")
    tape = Tape(leg, taping_of(request, source="StartCallRecordingAPI", prefix=""), (leg,))
    return answered(_json(exchange, exchange.recordings[tape.sid]), 201)


def change(exchange: Exchange, request: RestRequest, recorded: str, sid: str) -> RestResponse:
    """Pause a recording of a call or conference (Status=paused), let it go on (in-progress), or stop it (stopped)."""
    tape = _running(exchange, request, recorded, sid)
    match request.get("Status"):
        case "paused":
            tape.pause(skip=request.get("PauseBehavior") == "skip")
        case "in-progress":
            tape.resume()
        case "stopped":
            tape.stop()
        case status:
            raise Problem(400, 20001, f"Status must be paused, in-progress or stopped, not {status or '(none given)'}")
    return answered(_json(exchange, exchange.recordings[tape.sid]))


def _running(exchange: Exchange, request: RestRequest, recorded: str, sid: str) -> Recorder:
    for tape in exchange.tapes.values():
        if tape.running and tape.is_of(recorded) and sid in (tape.sid, CURRENT):
            return tape
    raise not_found(request.path)


def taping_of(request: RestRequest, *, source: str, prefix: str = "Recording") -> Taping:
    """How a call is to be recorded."""
    given = [event for each in request.every("RecordingStatusCallbackEvent") for event in each.split()]
    channels = request.get(f"{prefix}Channels") or request.get("RecordingChannels")
    return Taping(
        source=source,
        channels=2 if channels in ("dual", "2") else 1,
        callback=request.get("RecordingStatusCallback"),
        method=method_of(request, "RecordingStatusCallbackMethod"),
        events=tuple(event for event in given if event in EVENTS) or ("completed",),
    )


def fetch(exchange: Exchange, request: RestRequest, *sids: str) -> RestResponse:
    """One recording, also as one of a call."""
    return answered(_json(exchange, _recording(exchange, request, sids[-1])))


def delete(exchange: Exchange, request: RestRequest, *sids: str) -> RestResponse:
    """Forget it."""
    del exchange.recordings[_recording(exchange, request, sids[-1]).sid]
    return RestResponse(status=204)


def delete_sound(exchange: Exchange, request: RestRequest, sid: str, _: str | None) -> RestResponse:
    """The same by its address without `.json`."""
    return delete(exchange, request, sid)


def sound(exchange: Exchange, request: RestRequest, sid: str, kind: str | None) -> RestResponse:
    """The recording itself: append `.wav`, or nothing, and a WAV file comes; `.mp3`, and an MP3 file does."""
    recording = _recording(exchange, request, sid)
    if kind == "mp3":
        return RestResponse(status=200, body=recording.mp3, content_type="audio/mpeg")
    return RestResponse(status=200, body=recording.wav, content_type="audio/x-wav")


def _recording(exchange: Exchange, request: RestRequest, sid: str) -> Recording:
    recording = exchange.recordings.get(sid)
    if recording is None:
        raise not_found(request.path)
    return recording


def _json(exchange: Exchange, recording: Recording) -> Json:
    uri = f"{account_path(exchange.account_sid)}/Recordings/{recording.sid}"
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
        "duration": str(recording.seconds) if recording.status == "completed" else "-1",
        "status": recording.status,
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
