"""A service beside a call: a Stream or Siprec, from its Start to its Stop or the call's end.

No sound leaves the call: what is kept is what the application is told. https://www.twilio.com/docs/voice/twiml/stream
and /siprec name their callbacks' parameters.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from ivr.harness import events
from ivr.harness.callbacks import notify
from ivr.harness.far_ends import Busy, NotInService, Rejects
from ivr.harness.fetch.http import Method
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask
from ivr.harness.twiml.parts import Part

__all__ = ["INBOUND", "Service", "method_of", "place_of", "reachable"]

CONNECTION_REFUSED = 31902  # https://www.twilio.com/docs/api/errors/31902; for a Siprec no code is published
INVALID_TRACK = 31941  # https://www.twilio.com/docs/api/errors/31941
INBOUND = ("inbound_track",)
TRACKS = (*INBOUND, "outbound_track", "both_tracks")

# What names the other side, the first that is given; of the others it is their text.
PLACES: Mapping[str, tuple[str, ...]] = {
    "Stream": ("url", "connectorName"),
    "Siprec": ("connectorName",),
    "ConversationRelay": ("url",),
    "VirtualAgent": ("connectorName",),
    "Conversation": ("serviceInstanceSid",),
    "ConversationRelaySession": ("connector",),
    "AiSession": ("aiConnector",),
}


@dataclass(frozen=True, slots=True)
class _Kind:
    """Its SID's letters, and the attribute that names its callback."""

    letters: str
    callback: str = "statusCallback"


KINDS = {"Stream": _Kind("MZ"), "Siprec": _Kind("SR"), "Transcription": _Kind("GT", "statusCallbackUrl")}


def place_of(leg: Leg, part: Part) -> str:
    """Where it connects to, as a far end is named: a `wss` URL, or the name of a connector."""
    for name in PLACES.get(part.name, ()):
        if part.values.get(name):
            return _socket(leg.resolve(part.values[name])) if name == "url" else part.values[name]
    return part.text


def _socket(url: str) -> str:
    return "ws" + url.removeprefix("http") if url.startswith("http") else url


def reachable(leg: Leg, part: Part) -> bool:
    """Whether somebody there takes the connection."""
    return not isinstance(leg.lines.at(place_of(leg, part)), Busy | Rejects | NotInService)


def method_of(text: str | None) -> Method:
    """GET where it says so, in any case."""
    return "GET" if (text or "").upper() == "GET" else "POST"


class Service:
    """One that runs, and tells its callback when it starts and stops, or that it cannot.

    A Stream without a name goes by its SID. `tracks` are those that may be asked of it.
    """

    def __init__(self, leg: Leg, part: Part, tracks: tuple[str, ...] = TRACKS) -> None:
        kind = KINDS[part.name]
        self._leg = leg
        self._part = part
        self.sid = leg.lines.sids.make(kind.letters)
        self.name = part.values.get("name", self.sid)
        callback = part.values.get(kind.callback)
        self._url = None if callback is None else leg.resolve(callback)
        problem = self._problem(tracks)
        self.running = problem is None
        if problem is None:
            self._tell("started", self._beginning())
            leg.overhear(self._hear)
        else:
            self._fail(*problem)

    def stop(self) -> None:
        """It is over, which its callback is told once."""
        if self.running:
            self.running = False
            self._tell("stopped", {})

    def _problem(self, tracks: tuple[str, ...]) -> tuple[int, str] | None:
        """Why it cannot start, with Twilio's code."""
        track = self._part.values.get("track", tracks[0])
        if self._part.name == "Stream" and track not in tracks:
            return INVALID_TRACK, f"the track {track!r} is none of {', '.join(tracks)}"
        if not reachable(self._leg, self._part):
            return CONNECTION_REFUSED, f"nobody takes the connection to {place_of(self._leg, self._part)}"
        return None

    def _fail(self, code: int, text: str) -> None:
        kind = self._part.name
        self._leg.warn(code, self._part.line, text)
        self._tell("error", {f"{kind}Error": text, f"{kind}ErrorCode": str(code)})

    def _beginning(self) -> Mapping[str, str]:
        """What is told of its start besides."""
        return {}

    def _own(self) -> Mapping[str, str]:
        """What is told of it each time."""
        return {f"{self._part.name}Name": self.name}

    def _hear(self, event: events.Event) -> None:
        if isinstance(event, events.Ended):
            self.stop()

    def _tell(self, event: str, more: Mapping[str, str]) -> None:
        if self._url is None:
            return
        kind = self._part.name
        params = {
            f"{kind}Sid": self.sid,
            f"{kind}Event": f"{kind.lower()}-{event}",
            "Timestamp": self._leg.now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            **self._own(),
            **more,
        }
        ask = Ask(method=method_of(self._part.values.get("statusCallbackMethod")), url=self._url, params=params)
        self._leg.timeline.soon(partial(notify, self._leg, ask))
