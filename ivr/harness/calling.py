"""A leg that Twilio dials: it rings at a far end, and is connected to the leg that dialled it, or not."""

from ivr.harness.callbacks import tell_progress
from ivr.harness.far_ends import Answers, Busy, FarEnd, NoAnswer, NotInService
from ivr.harness.happenings import ChildAnswered, ChildEnded, Happening, HungUp, Released
from ivr.harness.leg import Leg
from ivr.harness.outcome import End
from ivr.harness.process import Running, TimeLimitReached
from ivr.harness.status import CallStatus
from ivr.harness.timeline import milliseconds

__all__ = ["run_dialled"]


def run_dialled(leg: Leg, parent: Leg, far_end: FarEnd) -> Running[Happening, None]:
    """The life of a dialled leg; `parent` is told when it is answered and when it is over.

    Its progress goes initiated, ringing, answered, completed: https://www.twilio.com/docs/voice/twiml/number.
    """
    leg.status = CallStatus.INITIATED
    tell_progress(leg, "initiated")
    leg.status = CallStatus.RINGING
    tell_progress(leg, "ringing")
    try:
        end = yield from _ring(leg, parent, far_end)
    except HungUp:
        end = End(status=leg.status, reason="the far end hung up")
    except Released as released:
        end = End(status=released.status, reason="the other side ended it")
    except TimeLimitReached:
        end = End(status=CallStatus.COMPLETED, reason="the call reached its time limit")
    leg.finish(end.status, end.reason)
    tell_progress(leg, "completed")
    parent.tell(ChildEnded(sid=leg.sid, status=end.status))


def _ring(leg: Leg, parent: Leg, far_end: FarEnd) -> Running[Happening, End]:
    match far_end:
        case Answers():
            yield from _stay(leg, far_end.after)
            leg.answer()
            tell_progress(leg, "answered")
            parent.tell(ChildAnswered(sid=leg.sid))
            yield from _stay(leg, None)
        case Busy():
            yield from _stay(leg, far_end.after)
            return End(status=CallStatus.BUSY, reason="the far end is busy")
        case NotInService():
            yield from _stay(leg, far_end.after)
            return End(status=CallStatus.FAILED, reason="the far end cannot be reached")
        case NoAnswer():
            yield from _stay(leg, None)
    return End(status=CallStatus.COMPLETED, reason="the call ended")


def _stay(leg: Leg, seconds: float | None) -> Running[Happening, None]:
    """Let so much time pass, or all of it, whatever is said or pressed meanwhile."""
    until = None if seconds is None else leg.timeline.now + milliseconds(seconds)
    while (yield until) is not None:
        pass
