"""A leg that Twilio dials: it rings at a far end, and is connected to the leg that dialled it, or not."""

from ivr.frozen import frozen
from ivr.harness import events
from ivr.harness.callbacks import tell_progress
from ivr.harness.detection import Detection, detect
from ivr.harness.errors import Refused
from ivr.harness.far_ends import Answers, Busy, FarEnd, NoAnswer, NotInService, Rejects, Runs, Voicemail
from ivr.harness.happenings import (
    ChildAnswered,
    ChildEnded,
    ChildPickedUp,
    FarEndAnswered,
    FarEndLeft,
    Happening,
    HungUp,
    Redirected,
    Released,
)
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask, End
from ivr.harness.process import Running, TimeLimitReached
from ivr.harness.running import run_from, run_inside
from ivr.harness.status import CallStatus, Floor
from ivr.harness.taping import Taping
from ivr.harness.timeline import milliseconds
from ivr.harness.twiml.document import Document

__all__ = ["Screening", "Wanted", "run_dialled", "run_placed"]


SCREENING = frozenset({"Say", "Play", "Pause", "Gather", "Redirect", "Hangup"})
SOUNDS = {"w": 0.5, "W": 1.0}  # in seconds


@frozen
class Screening:
    """What whoever answers gets before the two are connected: keys sounded, and a document."""

    send_digits: str = ""
    url: Ask | None = None
    detection: Detection | None = None


@frozen
class Wanted:
    """What was asked for along with a call that REST placed."""

    send_digits: str = ""
    detection: Detection | None = None
    taping: Taping | None = None


def run_dialled(leg: Leg, parent: Leg, far_end: FarEnd, screening: Screening) -> Running[Happening, None]:
    """The life of a dialled leg; `parent` is told when it is answered and when it is over.

    Its progress goes initiated, ringing, answered, completed: https://www.twilio.com/docs/voice/twiml/number.
    """
    leg.status = CallStatus.INITIATED
    tell_progress(leg, "initiated")
    leg.status = CallStatus.RINGING
    tell_progress(leg, "ringing")
    try:
        try:
            end = yield from _ring(leg, parent, far_end, screening)
        except Redirected as redirected:
            end = yield from _go_alone(leg, parent, redirected.to)
    except HungUp:
        end = End(status=leg.status, reason="the far end hung up")
    except Released as released:
        end = End(status=released.status, reason="the other side ended it")
    except TimeLimitReached:
        end = End(status=CallStatus.COMPLETED, reason="the call reached its time limit")
    leg.finish(end.status, end.reason)
    tell_progress(leg, "completed")
    # Who picked up and declined, or was a machine, did not answer: https://www.twilio.com/docs/howto/callscreening
    # tries the next number unless DialCallStatus is `completed`. Once the two are connected, only the end counts.
    unbridged = CallStatus.NO_ANSWER if end.status is CallStatus.COMPLETED else end.status
    parent.tell(ChildEnded(sid=leg.sid, status=unbridged))


def _go_alone(leg: Leg, parent: Leg, to: Ask | Document) -> Running[Happening, End]:
    """REST gave the dialled leg a document of its own: for the leg that dialled it the talk is over."""
    leg.on_its_own = True
    leg.disconnect()
    parent.tell(ChildEnded(sid=leg.sid, status=CallStatus.COMPLETED))
    leg.give_floor(Floor.TWILIO)
    return (yield from run_from(leg, to))


def run_placed(
    leg: Leg, far_end: FarEnd, first: Ask | Document, timeout: int, wanted: Wanted
) -> Running[Happening, None]:
    """The life of a call that REST placed: its document runs for whoever answers within `timeout` seconds.

    https://www.twilio.com/docs/voice/api/call-resource#create-a-call-resource
    """
    leg.status = CallStatus.INITIATED
    tell_progress(leg, "initiated")
    leg.status = CallStatus.RINGING
    tell_progress(leg, "ringing")
    try:
        end = yield from _place(leg, far_end, first, timeout, wanted)
    except HungUp:
        end = End(status=leg.status, reason="the far end hung up")
    except Released as released:
        end = End(status=released.status, reason="REST ended it")
    except TimeLimitReached:
        end = End(status=CallStatus.COMPLETED, reason="the call reached its time limit")
    leg.finish(end.status, end.reason)
    tell_progress(leg, "completed")


def _place(leg: Leg, far_end: FarEnd, first: Ask | Document, timeout: int, wanted: Wanted) -> Running[Happening, End]:
    unanswered = yield from _pick_up(leg, far_end, timeout)
    if unanswered is not None:
        return unanswered
    tell_progress(leg, "answered")
    try:
        yield from _sound(leg, wanted.send_digits)
        if wanted.detection is not None:
            known_after = detect(leg, far_end, wanted.detection)
            if wanted.detection.waits:
                yield from _stay(leg, known_after / 1000)
    except Redirected as redirected:
        first = redirected.to
    return (yield from run_from(leg, first))


def _ring(leg: Leg, parent: Leg, far_end: FarEnd, screening: Screening) -> Running[Happening, End]:
    unanswered = yield from _pick_up(leg, far_end, None)
    if unanswered is not None:
        return unanswered
    tell_progress(leg, "answered")
    if screening.detection is not None:
        detect(leg, far_end, screening.detection)
    declined = yield from _screen(leg, parent, screening)
    if declined is not None:
        return declined
    parent.tell(ChildAnswered(sid=leg.sid))
    yield from _stay(leg, None)
    return End(status=CallStatus.COMPLETED, reason="the call ended")


def _pick_up(leg: Leg, far_end: FarEnd, timeout: float | None) -> Running[Happening, End | None]:
    """Ring until somebody answers, for `timeout` seconds at most; how it ends when nobody does."""
    match far_end:
        case Answers(after=after) | Voicemail(after=after) if timeout is None or after <= timeout:
            yield from _stay(leg, after)
            leg.answer()
            return None
        case Answers() | Voicemail() | NoAnswer():
            yield from _stay(leg, timeout)
            return End(status=CallStatus.NO_ANSWER, reason="nobody answered")
        case Busy(after=after):
            yield from _stay(leg, after)
            return End(status=CallStatus.BUSY, reason="the far end is busy")
        case Rejects(after=after):
            yield from _stay(leg, after)
            return End(status=CallStatus.BUSY, reason="the far end rejected the call")
        case NotInService(after=after):
            yield from _stay(leg, after)
            return End(status=CallStatus.FAILED, reason="the far end cannot be reached")
        case Runs():
            return (yield from _reach_application(leg, timeout))


def _reach_application(leg: Leg, timeout: float | None) -> Running[Happening, End | None]:
    """The number's own call picks up, or refuses; see `far_ends.trunk`."""
    until = None if timeout is None else leg.timeline.now + milliseconds(timeout)
    while True:
        match (yield until):
            case FarEndAnswered():
                leg.answer()
                return None
            case FarEndLeft(status=CallStatus.BUSY as status):
                return End(status=status, reason="the far end is busy")
            case FarEndLeft() | None:
                return End(status=CallStatus.NO_ANSWER, reason="nobody answered")
            case _:
                pass


def _stay(leg: Leg, seconds: float | None) -> Running[Happening, None]:
    """Let so much time pass, or all of it, whatever is said or pressed meanwhile."""
    until = None if seconds is None else leg.timeline.now + milliseconds(seconds)
    while (yield until) is not None:
        pass


def _sound(leg: Leg, keys: str) -> Running[Happening, None]:
    if keys:
        leg.note(events.Played(at=leg.seconds, sound=keys))
        yield from _stay(leg, sum(SOUNDS.get(key, 0.2) for key in keys))


def _screen(leg: Leg, parent: Leg, screening: Screening) -> Running[Happening, End | None]:
    """Sound the keys and run the `url` document on the called leg; how it ended, if it does not go on to the bridge.

    A <Hangup> drops this leg only: https://www.twilio.com/docs/voice/twiml/number.
    """
    parent.tell(ChildPickedUp(sid=leg.sid))
    yield from _sound(leg, screening.send_digits)
    if screening.url is None:
        return None
    try:
        outcome = yield from run_inside(leg, screening.url, SCREENING)
    except Refused as problem:
        leg.note(events.Failed(at=leg.seconds, code=problem.code, text=problem.text))
        return End(status=CallStatus.COMPLETED, reason="the screening document cannot be had")
    return outcome if isinstance(outcome, End) else None
