"""A request of Twilio's as a value: read once at the border, then acted on."""

import math
from collections.abc import Mapping

from ivr.call import CallerInput, HungUp, Pressed, Silent, Spoke
from ivr.frozen import frozen

__all__ = ["ENDED", "UNSCORED", "VoiceRequest", "read_request"]

ENDED = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
"""The final ones of https://www.twilio.com/docs/voice/api/call-resource#call-status-values."""

UNSCORED = 0.8
"""The confidence of words that came without one: good enough where they fit an option well, and confirmed otherwise.

Twilio's page on Gather promises neither that a confidence is set nor that it is accurate, and speech services report 0
for "not set". With 1 a misheard word would pass unquestioned; with 0 nobody could speak to the line at all.
"""


@frozen
class VoiceRequest:
    """One request about one call. `caller` is the number it comes from, `to` the number dialled; `finished_on` is the
    finish key that ended an entry, `error` what Twilio made of the last document.

    Twilio's page on Gather is silent about FinishedOnKey, but Twilio sends it: nothing may depend on it.
    """

    call_sid: str
    caller: str
    to: str
    status: str
    heard: CallerInput
    finished_on: str
    error: str

    @property
    def over(self) -> bool:
        """Whether Twilio says that the call has ended."""
        return self.status in ENDED


def read_request(fields: Mapping[str, str]) -> VoiceRequest:
    """The request made of fields that have been checked."""
    return VoiceRequest(
        call_sid=fields["CallSid"],
        caller=fields.get("From", ""),
        to=fields["To"],
        status=fields["CallStatus"],
        heard=_heard(fields),
        finished_on=fields.get("FinishedOnKey", ""),
        error=fields.get("ErrorCode", "")[:5],
    )


def _heard(fields: Mapping[str, str]) -> CallerInput:
    """What the caller did. Keys go before words, as they are never misheard."""
    if fields["CallStatus"] in ENDED:
        return HungUp()
    if fields.get("Digits"):
        return Pressed(keys=fields["Digits"])
    words = fields.get("SpeechResult", "").strip()
    if words:
        return Spoke(words=words, confidence=_confidence(fields.get("Confidence", "")))
    return Silent()


def _confidence(text: str) -> float:
    try:
        confidence = float(text)
    except ValueError:
        return UNSCORED
    return confidence if math.isfinite(confidence) and 0 < confidence <= 1 else UNSCORED
