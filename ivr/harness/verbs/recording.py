"""What is told of a recording: that it is done, that there is none, and what was said in it.

https://www.twilio.com/docs/voice/twiml/record#recordingstatuscallback and #transcribecallback.
"""

from functools import partial

from ivr.harness import events
from ivr.harness.callbacks import notify
from ivr.harness.fetch.http import Method
from ivr.harness.leg import API_VERSION, Leg
from ivr.harness.outcome import Ask
from ivr.harness.recordings import Recording

__all__ = ["keep_recording", "tell_recording", "tell_transcription"]


def keep_recording(leg: Leg, *, seconds: int, words: str, source: str) -> dict[str, str]:
    """Make one that REST can fetch; the parameters an action gets of it."""
    sid = leg.lines.sids.make("RE")
    url = f"{leg.lines.api_url}/{API_VERSION}/Accounts/{leg.account_sid}/Recordings/{sid}"
    leg.note(events.Recorded(at=leg.seconds, sid=sid, url=url, seconds=seconds, words=words))
    leg.lines.keep(Recording(sid=sid, call_sid=leg.sid, made=leg.now, seconds=seconds, source=source))
    return {"RecordingUrl": url, "RecordingSid": sid, "RecordingDuration": str(seconds)}


def tell_recording(
    leg: Leg, url: str | None, method: Method, wanted: tuple[str, ...], status: str, source: str, made: dict[str, str]
) -> None:
    """Request the recordingStatusCallback, if it wants to know of this status: in-progress, completed or absent."""
    if url is not None and status in wanted:
        params = {"RecordingStatus": status, "RecordingSource": source, "RecordingChannels": "1", **made}
        leg.timeline.soon(partial(notify, leg, Ask(method=method, url=leg.resolve(url), params=params)))


def tell_transcription(leg: Leg, url: str | None, words: str, made: dict[str, str]) -> None:
    """Request the transcribeCallback; what was said is what the caller's script says."""
    if url is not None:
        sid = leg.lines.sids.make("TR")
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
