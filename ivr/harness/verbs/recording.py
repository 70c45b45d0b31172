"""What is told of a recording: that it is done, that there is none, and what was said in it.

https://www.twilio.com/docs/voice/twiml/record#recordingstatuscallback and #transcribecallback.
"""

from collections.abc import Mapping
from functools import partial

from ivr.harness import events
from ivr.harness.api import account_path
from ivr.harness.callbacks import notify
from ivr.harness.fetch.http import Method
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask
from ivr.harness.recordings import Recording, Transcription
from ivr.harness.taping import Tape, Taping
from ivr.harness.twiml.dial import Dial

__all__ = ["keep_recording", "recording_at", "recording_url", "tape_of_dial", "tell_recording", "tell_transcription"]


def recording_url(leg: Leg, sid: str) -> str:
    """Where REST has it, or will have."""
    return f"{leg.lines.api_url}{account_path(leg.account_sid)}/Recordings/{sid}"


def recording_at(leg: Leg, url: str) -> Recording | None:
    """The one that REST has there, as a WAV or an MP3 file, for whoever plays it."""
    sid = url.rpartition("/")[2].removesuffix(".wav").removesuffix(".mp3")
    return leg.lines.recordings.get(sid) if url.startswith(recording_url(leg, sid)) else None


def keep_recording(leg: Leg, *, sid: str, seconds: int, words: str, source: str) -> dict[str, str]:
    """Make one that REST can fetch; the parameters an action gets of it."""
    url = recording_url(leg, sid)
    leg.note(events.Recorded(at=leg.seconds, sid=sid, url=url, seconds=seconds, words=words))
    leg.lines.keep(Recording(sid=sid, call_sid=leg.sid, made=leg.now, seconds=seconds, source=source))
    return {"RecordingUrl": url, "RecordingSid": sid, "RecordingDuration": str(seconds)}


def tape_of_dial(leg: Leg, verb: Dial) -> Tape | None:
    """A recording that begins now, if the Dial wants one: https://www.twilio.com/docs/voice/twiml/dial#record.

    One track alone is always on one channel.
    """
    if verb.record in ("do-not-record", "false"):
        return None
    url = verb.recording_status_callback
    taping = Taping(
        source="DialVerb",
        channels=2 if verb.record.endswith("-dual") and verb.recording_track == "both" else 1,
        callback=None if url is None else leg.resolve(url),
        method=verb.recording_status_callback_method,
        events=verb.recording_status_callback_event,
        trim=verb.trim == "trim-silence",
    )
    return Tape(leg, taping, () if verb.recording_track == "outbound" else (leg,))


def tell_recording(
    leg: Leg, url: str | None, method: Method, wanted: tuple[str, ...], params: Mapping[str, str]
) -> None:
    """Request the recordingStatusCallback, if it wants to know of this status: in-progress, completed or absent."""
    if url is not None and params["RecordingStatus"] in wanted:
        leg.timeline.soon(partial(notify, leg, Ask(method=method, url=leg.resolve(url), params=params)))


def tell_transcription(leg: Leg, url: str | None, words: str, made: dict[str, str]) -> None:
    """Keep it, and request the transcribeCallback; what was said is what the caller's script says."""
    sid = leg.lines.sids.make("TR")
    leg.lines.transcriptions[sid] = Transcription(
        sid=sid, recording_sid=made["RecordingSid"], made=leg.now, words=words, seconds=made["RecordingDuration"]
    )
    if url is not None:
        base = made["RecordingUrl"].rpartition("/Recordings/")[0]
        params = {
            "TranscriptionSid": sid,
            "TranscriptionText": words,
            "TranscriptionStatus": "completed",
            "TranscriptionUrl": f"{base}/Transcriptions/{sid}",
            "RecordingSid": made["RecordingSid"],
            "RecordingUrl": made["RecordingUrl"],
        }
        leg.timeline.soon(partial(notify, leg, Ask(method="POST", url=leg.resolve(url), params=params)))
