"""A Transcription beside a call: its callback is told what both sides say.

https://www.twilio.com/docs/voice/twiml/transcription names the parameters of each event.
"""

import json
from collections.abc import Mapping

from ivr.harness import events
from ivr.harness.leg import HIDDEN, Leg
from ivr.harness.twiml.parts import Part
from ivr.harness.verbs.service import TRACKS, Service

__all__ = ["Transcribing"]

STABILITY = "0.9"
DEFAULTS: Mapping[str, str] = {
    "track": "both_tracks",
    "languageCode": "en-US",
    "transcriptionEngine": "google",
    "partialResults": "false",
    "profanityFilter": "true",
    "speechModel": "telephony",
    "enableAutomaticPunctuation": "true",
}
# What the start is told of, by the attribute it comes from; what has no default only where it is given.
TOLD: Mapping[str, str] = {
    "name": "Name",
    "track": "Track",
    "inboundTrackLabel": "InboundTrackLabel",
    "outboundTrackLabel": "OutboundTrackLabel",
    "partialResults": "PartialResults",
    "languageCode": "LanguageCode",
    "transcriptionEngine": "TranscriptionEngine",
}
OF_THE_PROVIDER = ("profanityFilter", "speechModel", "enableAutomaticPunctuation", "hints")


class Transcribing(Service):
    """One that runs. Words come at once, since nothing has to be recognised; what is secret never does."""

    def __init__(self, leg: Leg, part: Part) -> None:
        self._values = {**DEFAULTS, **part.values}
        self._count = 0
        super().__init__(leg, part, TRACKS)

    def _problem(self, tracks: tuple[str, ...]) -> None:
        return None

    def _beginning(self) -> Mapping[str, str]:
        told = {parameter: self._values[name] for name, parameter in TOLD.items() if name in self._values}
        provider = {name: self._values[name] for name in OF_THE_PROVIDER if name in self._values}
        return {**told, "ProviderConfiguration": json.dumps(provider, ensure_ascii=False)}

    def _own(self) -> Mapping[str, str]:
        self._count += 1
        return {"SequenceId": str(self._count)}

    def _hear(self, event: events.Event) -> None:
        match event:
            case events.Spoke(words=words) if self._transcribes("inbound_track", words):
                self._tell_words("inbound_track", words, event.confidence)
            case events.Heard(text=words) if self._transcribes("outbound_track", words):
                self._tell_words("outbound_track", words, 1.0)
            case _:
                super()._hear(event)

    def _transcribes(self, track: str, words: str) -> bool:
        return self.running and self._values["track"] in (track, "both_tracks") and words != HIDDEN

    def _tell_words(self, track: str, words: str, confidence: float) -> None:
        """With partial results first all but the last word, how stable in place of how sure."""
        partial = words.rpartition(" ")[0]
        if partial and self._values["partialResults"] == "true":
            self._tell_content(track, {"transcript": partial}, {"Final": "false", "Stability": STABILITY})
        self._tell_content(track, {"transcript": words, "confidence": confidence}, {"Final": "true"})

    def _tell_content(self, track: str, content: Mapping[str, object], more: Mapping[str, str]) -> None:
        data = json.dumps(content, ensure_ascii=False)
        said = {"LanguageCode": self._values["languageCode"], "Track": track, "TranscriptionData": data}
        self._tell("content", {**said, **more})
