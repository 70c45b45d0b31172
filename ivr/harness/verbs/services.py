"""What runs beside a call: a Stream, Siprec, Transcription or Recording, from its Start to its Stop or the call's end.

No sound leaves the call: what is kept is what the application is told. https://www.twilio.com/docs/voice/twiml/stream,
/siprec, /transcription and /recording; each names its callback's parameters.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from ivr.harness import events
from ivr.harness.callbacks import notify
from ivr.harness.far_ends import Busy, NotInService, Rejects
from ivr.harness.fetch.http import Method
from ivr.harness.leg import HIDDEN, Leg
from ivr.harness.outcome import Ask
from ivr.harness.taping import Tape, Taping
from ivr.harness.twiml.parts import Part

__all__ = ["Service", "begin", "end", "place_of", "reachable"]

CONNECTION_REFUSED = 31902  # https://www.twilio.com/docs/api/errors/31902
RECORDING_SOURCE = "StartCallRecordingAPI"  # the library knows no source of a recording that TwiML started


@dataclass(frozen=True, slots=True)
class _Kind:
    """Its SID's letters, and the attribute that names its callback."""

    letters: str
    callback: str = "statusCallback"


KINDS = {"Stream": _Kind("MZ"), "Siprec": _Kind("SR"), "Transcription": _Kind("GT", "statusCallbackUrl")}


def begin(leg: Leg, part: Part) -> None:
    """Start it, under its name."""
    leg.services[_key(part)] = _tape(leg, part) if part.name == "Recording" else Service(leg, part).stop


def end(leg: Leg, part: Part) -> bool:
    """Stop what runs under that name; whether there was any."""
    stop = leg.services.pop(_key(part), None)
    if stop is not None:
        stop()
    return stop is not None


def place_of(leg: Leg, part: Part) -> str:
    """Where it connects to, as a far end is named: a `wss` URL, or the name of a connector."""
    url = part.values.get("url")
    if url is None:
        return part.values.get("connectorName", part.text)
    resolved = leg.resolve(url)
    return "ws" + resolved.removeprefix("http") if resolved.startswith("http") else resolved


def reachable(leg: Leg, part: Part) -> bool:
    """Whether somebody there takes the connection."""
    return not isinstance(leg.lines.at(place_of(leg, part)), Busy | Rejects | NotInService)


class Service:
    """One that runs, and tells its callback when it starts and stops, and a Transcription what is said as well.

    A Stream without a name goes by its SID.
    """

    def __init__(self, leg: Leg, part: Part) -> None:
        kind = KINDS[part.name]
        self._leg = leg
        self._part = part
        self._told = 0
        self.sid = leg.lines.sids.make(kind.letters)
        self.name = part.values.get("name", self.sid)
        callback = part.values.get(kind.callback)
        self._url = None if callback is None else leg.resolve(callback)
        self._track = part.values.get("track", "both_tracks")
        self.running = part.name != "Stream" or reachable(leg, part)
        if self.running:
            self._tell("started")
            leg.overhear(self._hear)
        else:
            text = f"nobody takes the connection to {place_of(leg, part)}"
            leg.warn(CONNECTION_REFUSED, part.line, text)
            self._tell("error", StreamError=text, StreamErrorCode=str(CONNECTION_REFUSED))

    def stop(self) -> None:
        """It is over, which its callback is told once."""
        if self.running:
            self.running = False
            self._tell("stopped")

    def _hear(self, event: events.Event) -> None:
        match event:
            case events.Ended():
                self.stop()
            case events.Spoke(words=words) if self._transcribes("inbound_track", words):
                self._tell_content("inbound_track", words, event.confidence)
            case events.Heard(text=words) if self._transcribes("outbound_track", words):
                self._tell_content("outbound_track", words, 1.0)
            case _:
                pass

    def _transcribes(self, track: str, words: str) -> bool:
        wanted = self.running and self._part.name == "Transcription" and self._track in (track, "both_tracks")
        return wanted and words != HIDDEN

    def _tell_content(self, track: str, words: str, confidence: float) -> None:
        content = json.dumps({"transcript": words, "confidence": confidence}, ensure_ascii=False)
        self._tell("content", Track=track, TranscriptionData=content, Final="true")

    def _tell(self, event: str, **more: str) -> None:
        if self._url is None:
            return
        self._told += 1
        kind, values = self._part.name, self._part.values
        params = {
            f"{kind}Sid": self.sid,
            f"{kind}Event": f"{kind.lower()}-{event}",
            "Timestamp": self._leg.now.isoformat(timespec="milliseconds"),
        }
        if kind == "Transcription":
            params |= {"SequenceId": str(self._told), "LanguageCode": values.get("languageCode", "en-US")}
        else:
            params[f"{kind}Name"] = self.name
        ask = Ask(method=_method(values.get("statusCallbackMethod")), url=self._url, params={**params, **more})
        self._leg.timeline.soon(partial(notify, self._leg, ask))


def _tape(leg: Leg, part: Part) -> Callable[[], None]:
    values = part.values
    url = values.get("recordingStatusCallback")
    taping = Taping(
        source=RECORDING_SOURCE,
        channels=2 if values.get("channels") == "dual" else 1,
        callback=None if url is None else leg.resolve(url),
        method=_method(values.get("recordingStatusCallbackMethod")),
        events=tuple(values.get("recordingStatusCallbackEvent", "completed").split()),
    )
    return Tape(leg, taping, (leg,)).stop


def _method(text: str | None) -> Method:
    return "GET" if (text or "").upper() == "GET" else "POST"


def _key(part: Part) -> tuple[str, str]:
    return part.name, part.values.get("name", "")
