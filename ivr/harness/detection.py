"""Answering machine detection: who picked up, and when that is known.

https://www.twilio.com/docs/voice/answering-machine-detection. Nothing listens here: each far end is what it is, and
the answer comes when Twilio's thresholds would have it.
"""

from functools import partial

from ivr.frozen import frozen
from ivr.harness.callbacks import notify
from ivr.harness.far_ends import Answers, FarEnd, Runs, Voicemail
from ivr.harness.far_ends.machine import CLICK, beeps_after
from ivr.harness.leg import Leg
from ivr.harness.lines import Callback
from ivr.harness.outcome import Ask
from ivr.harness.script import Wait
from ivr.harness.timeline import Milliseconds, milliseconds

__all__ = ["Detection", "detect"]

GREETING: Milliseconds = 800  # how long somebody takes to say hello, unless their script begins with a wait
LONGEST_SILENCE: Milliseconds = 10_000  # "2000-10000"


@frozen
class Detection:
    """What was asked for: `to_the_end` is DetectMessageEnd; with `waits` the document waits for the result."""

    to_the_end: bool = False
    waits: bool = False
    callback: Callback | None = None
    timeout: Milliseconds = 30_000
    speech_threshold: Milliseconds = 2400
    speech_end_threshold: Milliseconds = 1200
    silence_timeout: Milliseconds = 5000


def detect(leg: Leg, far_end: FarEnd, detection: Detection) -> Milliseconds:
    """Let AnsweredBy be known, and told to the callback, as soon as it would be; when that is, from now."""
    answered_by, after = _result(far_end, detection)
    if after > detection.timeout:
        answered_by, after = "unknown", detection.timeout
    leg.timeline.at(leg.timeline.now + after, partial(_tell, leg, detection, answered_by, after))
    return after


def _result(far_end: FarEnd, detection: Detection) -> tuple[str, Milliseconds]:
    match far_end:
        case Voicemail() if detection.to_the_end:
            return "machine_end_beep", beeps_after(far_end)
        case Runs() if detection.to_the_end:
            return "machine_end_silence", detection.timeout
        case Voicemail() | Runs():
            return "machine_start", CLICK + detection.speech_threshold
        case Answers(steps=(Wait(seconds=seconds), *_)) if _silent(seconds) >= detection.silence_timeout:
            return "unknown", detection.silence_timeout
        case Answers(steps=(Wait(seconds=seconds), *_)):
            return "human", _silent(seconds) + GREETING + detection.speech_end_threshold
        case _:
            return "human", GREETING + detection.speech_end_threshold


def _silent(seconds: float | None) -> Milliseconds:
    """How long somebody is silent who waits so; None is until they are asked something."""
    return LONGEST_SILENCE if seconds is None else milliseconds(seconds)


def _tell(leg: Leg, detection: Detection, answered_by: str, after: Milliseconds) -> None:
    if leg.over:
        return
    leg.learn(AnsweredBy=answered_by)
    callback = detection.callback
    if callback is not None:
        params = {"AnsweredBy": answered_by, "MachineDetectionDuration": str(after)}
        notify(leg, Ask(method=callback.method, url=callback.url, params=params))
