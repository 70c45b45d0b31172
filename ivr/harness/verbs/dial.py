"""Dial: call others, connect the caller to whoever answers first, and tell the action how it went.

https://www.twilio.com/docs/voice/twiml/dial.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ivr.harness import events
from ivr.harness.errors import Refused
from ivr.harness.happenings import ChildAnswered, ChildEnded, Happening, Key
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask, Outcome
from ivr.harness.process import Interruption, Running
from ivr.harness.status import CallStatus, Floor
from ivr.harness.twiml.dial import Dial, Number

__all__ = ["dial"]

NOTHING_TO_DIAL = 13224
TOO_MANY = 13215
MOST_AT_ONCE = 10  # ten in parallel: https://www.twilio.com/docs/voice/twiml/number
GRACE_SECONDS = 5  # Twilio rings five seconds longer than `timeout`, for the time a call takes to set up


@dataclass(frozen=True, kw_only=True, slots=True)
class _Result:
    """How the dialling went; `winner` is the leg that answered, if one did."""

    status: CallStatus
    winner: Leg | None = None


def dial(leg: Leg, verb: Dial) -> Running[Happening, Outcome]:
    """Call, connect, and go to the action; without one, the next verb."""
    ringing = [leg.lines.ring(leg, number, verb.caller_id) for number in _numbers(leg, verb)]
    leg.children.extend(ringing)
    try:
        result = yield from _ring(leg, verb, ringing)
        if result.winner is not None:
            yield from _talk(leg, verb, result.winner)
    except Interruption:
        _after_hang_up(leg, verb, ringing)
        raise
    leg.give_floor(Floor.TWILIO)
    if verb.action is None:
        return None
    return _action(leg, verb, result.status, result.winner)


def _numbers(leg: Leg, verb: Dial) -> tuple[Number, ...]:
    numbers = verb.children or ((Number(line=verb.line, text=verb.text),) if verb.text else ())
    if not numbers:
        leg.warn(NOTHING_TO_DIAL, verb.line, "<Dial> names nobody to call")
    if len(numbers) > MOST_AT_ONCE:
        leg.warn(TOO_MANY, verb.line, f"<Dial> calls {MOST_AT_ONCE} numbers at most; the others are left out")
    return numbers[:MOST_AT_ONCE]


def _ring(leg: Leg, verb: Dial, ringing: list[Leg]) -> Running[Happening, _Result]:
    """Wait for the first to answer; the others are let go."""
    waiting = {child.sid: child for child in ringing}
    until = leg.timeline.now + (verb.timeout + GRACE_SECONDS) * 1000
    status = CallStatus.FAILED
    while waiting:
        match (yield until):
            case ChildAnswered(sid=sid):
                winner = waiting.pop(sid)
                _release(waiting.values(), CallStatus.CANCELED)
                return _Result(status=CallStatus.COMPLETED, winner=winner)
            case ChildEnded(sid=sid, status=status):
                waiting.pop(sid, None)
            case None:
                _release(waiting.values(), CallStatus.NO_ANSWER)
                return _Result(status=CallStatus.NO_ANSWER)
            case _:
                pass
    return _Result(status=status)


def _release(legs: Iterable[Leg], status: CallStatus) -> None:
    for each in legs:
        each.release(status)


def _talk(leg: Leg, verb: Dial, winner: Leg) -> Running[Happening, None]:
    """Connect the two until one of them, a star (hangupOnStar) or `timeLimit` ends it."""
    leg.peer, winner.peer = winner, leg
    leg.note(events.Connected(at=leg.seconds, sid=winner.sid))
    winner.note(events.Connected(at=leg.seconds, sid=leg.sid))
    leg.give_floor(Floor.TALK)
    winner.give_floor(Floor.TALK)
    until = leg.timeline.now + verb.time_limit * 1000
    while True:
        match (yield until):
            case ChildEnded(sid=sid) if sid == winner.sid:
                break
            case Key(key="*") if verb.hangup_on_star:
                break
            case None:
                break
            case _:
                pass
    leg.peer = None
    winner.release(CallStatus.COMPLETED)


def _after_hang_up(leg: Leg, verb: Dial, called: list[Leg]) -> None:
    """The others are let go; the action is still requested, its document ignored."""
    winner = leg.peer
    _release(called, CallStatus.CANCELED)
    if verb.action is not None:
        status = CallStatus.CANCELED if winner is None else CallStatus.COMPLETED
        try:
            leg.fetch("action", _action(leg, verb, status, winner))
        except Refused as problem:
            leg.warn(problem.code, verb.line, problem.text)


def _action(leg: Leg, verb: Dial, status: CallStatus, winner: Leg | None) -> Ask:
    params = {"DialCallStatus": status.value, "DialBridged": "true" if winner else "false"}
    if winner is not None:
        params["DialCallSid"] = winner.sid
        params["DialCallDuration"] = str(winner.duration)
    return Ask(method=verb.method, url=leg.resolve(verb.action), params=params)
