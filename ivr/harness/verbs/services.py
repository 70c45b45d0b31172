"""What runs beside a call, by its name: begun by a Start or REST, ended by a Stop, REST or the call's end.

https://www.twilio.com/docs/voice/twiml/recording; the others are in `service` and `transcribing`.
"""

from collections.abc import Callable

from ivr.harness.leg import Leg
from ivr.harness.taping import Tape, Taping
from ivr.harness.twiml.parts import Part
from ivr.harness.verbs.service import Service, method_of
from ivr.harness.verbs.transcribing import Transcribing

__all__ = ["begin", "end", "service_of"]

RECORDING_SOURCE = "StartCallRecordingAPI"  # the library knows no source of a recording that TwiML started


def begin(leg: Leg, part: Part) -> None:
    """Start it, under its name."""
    leg.services[_key(part)] = _tape(leg, part) if part.name == "Recording" else service_of(leg, part).stop


def service_of(leg: Leg, part: Part) -> Service:
    """A Stream, Siprec or Transcription that runs from now on, if it can."""
    return Transcribing(leg, part) if part.name == "Transcription" else Service(leg, part)


def end(leg: Leg, part: Part) -> bool:
    """Stop what runs under that name; whether there was any."""
    stop = leg.services.pop(_key(part), None)
    if stop is not None:
        stop()
    return stop is not None


def _tape(leg: Leg, part: Part) -> Callable[[], None]:
    """One track alone is always on one channel."""
    values = part.values
    url, track = values.get("recordingStatusCallback"), values.get("track", "both")
    taping = Taping(
        source=RECORDING_SOURCE,
        channels=2 if values.get("channels") == "dual" and track == "both" else 1,
        callback=None if url is None else leg.resolve(url),
        method=method_of(values.get("recordingStatusCallbackMethod")),
        events=tuple(values.get("recordingStatusCallbackEvent", "completed").split()),
        trim=values.get("trim") == "trim-silence",
    )
    return Tape(leg, taping, () if track == "outbound" else (leg,)).stop


def _key(part: Part) -> tuple[str, str]:
    return part.name, part.values.get("name", "")
