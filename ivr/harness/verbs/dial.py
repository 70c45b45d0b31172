"""Dial: call others, connect the caller to whoever answers first, and tell the action how it went.

https://www.twilio.com/docs/voice/twiml/dial.
"""

from collections.abc import Iterable

from ivr.frozen import frozen
from ivr.harness import events
from ivr.harness.happenings import ChildAnswered, ChildEnded, ChildPickedUp, ChildReferred, Happening, Key
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask, Outcome
from ivr.harness.process import Interruption, Running
from ivr.harness.status import CallStatus, Floor
from ivr.harness.taping import Tape
from ivr.harness.twiml.dial import Dial, Number, Party
from ivr.harness.twiml.nouns import Conference, Queue
from ivr.harness.verbs.caller_id import wrong_caller_id
from ivr.harness.verbs.conference import join_conference
from ivr.harness.verbs.dequeue import take_from_queue
from ivr.harness.verbs.parting import tell_action
from ivr.harness.verbs.recording import tape_of_dial

__all__ = ["dial"]

NOTHING_TO_DIAL = 13224
TOO_MANY = 13215
WRONG_CALLER_ID = 13214
MOST_AT_ONCE = 10  # ten in parallel: https://www.twilio.com/docs/voice/twiml/number
GRACE_SECONDS = 5  # Twilio rings five seconds longer than `timeout`, for the time a call takes to set up


@frozen
class _Result:
    """How the dialling went; `winner` is the leg that answered, if one did."""

    status: CallStatus
    winner: Leg | None = None


def dial(leg: Leg, verb: Dial) -> Running[Happening, Outcome]:
    """Call, connect, and go to the action; without one, the next verb."""
    match verb.children:
        case (Conference() as conference,):
            return (yield from join_conference(leg, verb, conference))
        case (Queue() as queue,):
            return (yield from take_from_queue(leg, verb, queue))
        case _:
            return (yield from _call(leg, verb))


def _call(leg: Leg, verb: Dial) -> Running[Happening, Outcome]:
    parties = _parties(leg, verb)
    rounds = [(party,) for party in parties] if verb.sequential else [parties]
    called: list[Leg] = []
    result = _Result(status=CallStatus.FAILED)
    referred = ""
    if (wrong := wrong_caller_id(leg, verb.caller_id, parties)) is not None:
        leg.warn(WRONG_CALLER_ID, verb.line, wrong)
    tape = tape_of_dial(leg, verb) if verb.record.startswith("record-from-ringing") else None
    if verb.ring_tone:
        leg.note(events.Played(at=leg.seconds, sound=f"ring tone {verb.ring_tone}"))
    try:
        for at_once in rounds:
            ringing = [leg.lines.ring(leg, party, verb.caller_id) for party in at_once]
            called += ringing
            leg.children.extend(ringing)
            result = yield from _ring(leg, verb, ringing)
            if result.winner is not None:
                tape = tape or tape_of_dial(leg, verb)
                if tape is not None and verb.recording_track != "inbound":
                    tape.follow(result.winner)
                referred = yield from _talk(leg, verb, result.winner)
                break
    except Interruption:
        _after_hang_up(leg, verb, called, result.winner, tape)
        raise
    leg.give_floor(Floor.TWILIO)
    if tape is not None:
        tape.stop()
    if referred:
        params = {"ReferTransferTarget": referred}
        return Ask(method=verb.refer_method, url=leg.resolve(verb.refer_url), params=params)
    told = _action(leg, verb, result.status, result.winner, tape)
    return None if verb.action is None else told


def _parties(leg: Leg, verb: Dial) -> tuple[Party, ...]:
    parties = tuple(noun for noun in verb.children if not isinstance(noun, Queue | Conference))
    if len(parties) < len(verb.children):
        leg.warn(TOO_MANY, verb.line, "a <Queue> or <Conference> must be alone in its <Dial>, and is left out")
    if verb.text and not verb.children:
        parties = (Number(line=verb.line, text=verb.text),)
    if not parties:
        leg.warn(NOTHING_TO_DIAL, verb.line, "<Dial> names nobody to call")
    if len(parties) > MOST_AT_ONCE:
        leg.warn(TOO_MANY, verb.line, f"<Dial> calls {MOST_AT_ONCE} numbers at most; the others are left out")
    return parties[:MOST_AT_ONCE]


def _ring(leg: Leg, verb: Dial, ringing: list[Leg]) -> Running[Happening, _Result]:
    """Wait for the first to answer; the others are let go. Whoever picked up may hear their document to its end."""
    waiting = {child.sid: child for child in ringing}
    screened: set[str] = set()
    timeout = leg.timeline.now + (verb.timeout + GRACE_SECONDS) * 1000
    status = CallStatus.FAILED
    while waiting:
        match (yield None if screened else timeout):
            case ChildPickedUp(sid=sid):
                screened.add(sid)
            case ChildAnswered(sid=sid) if sid in waiting:
                winner = waiting.pop(sid)
                _release(waiting.values(), CallStatus.CANCELED)
                return _Result(status=CallStatus.COMPLETED, winner=winner)
            case ChildEnded(sid=sid, status=ended) if sid in waiting:
                status = ended
                waiting.pop(sid)
                screened.discard(sid)
            case None:
                _release(waiting.values(), CallStatus.NO_ANSWER)
                return _Result(status=CallStatus.NO_ANSWER)
            case _:
                pass
    return _Result(status=status)


def _release(legs: Iterable[Leg], status: CallStatus) -> None:
    for each in legs:
        each.release(status)


def _talk(leg: Leg, verb: Dial, winner: Leg) -> Running[Happening, str]:
    """Connect the two until one of them, a star (hangupOnStar) or `timeLimit` ends it; where a REFER sends the caller.

    https://www.twilio.com/docs/voice/twiml/dial#referurl
    """
    target = ""
    leg.answer()
    leg.connect(winner)
    until = leg.timeline.now + verb.time_limit * 1000
    while True:
        match (yield until):
            case ChildEnded(sid=sid) if sid == winner.sid:
                break
            case ChildReferred(sid=sid, target=asked) if sid == winner.sid and verb.refer_url is not None:
                target = asked
                break
            case Key(key="*") if verb.hangup_on_star:
                break
            case None:
                break
            case _:
                pass
    leg.disconnect()
    winner.release(CallStatus.COMPLETED)
    return target


def _after_hang_up(leg: Leg, verb: Dial, called: list[Leg], winner: Leg | None, tape: Tape | None) -> None:
    """The others are let go; the action is still requested, its document ignored."""
    _release(called, CallStatus.CANCELED)
    if tape is not None:
        tape.stop()
    if verb.action is not None:
        status = CallStatus.CANCELED if winner is None else CallStatus.COMPLETED
        tell_action(leg, verb.line, _action(leg, verb, status, winner, tape))


def _action(leg: Leg, verb: Dial, status: CallStatus, winner: Leg | None, tape: Tape | None) -> Ask:
    params = {"DialCallStatus": status.value, "DialBridged": "true" if winner else "false"}
    if winner is not None:
        params["DialCallSid"] = winner.sid
        if not winner.on_its_own:  # "not sent ... if a Child call is redirected to a new TwiML URL"
            params["DialCallDuration"] = str(winner.duration)
    if tape is not None:
        params |= {name: tape.made[name] for name in ("RecordingUrl", "RecordingSid")}
    return Ask(method=verb.method, url=leg.resolve(verb.action), params=params)
