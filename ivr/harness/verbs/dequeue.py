"""Dial Queue: connect to the caller at the head of a queue. https://www.twilio.com/docs/voice/twiml/queue."""

from ivr.harness.happenings import ChildAnswered, ChildEnded, Dequeued, Happening, HungUp, Key, QueueReady
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask, Outcome
from ivr.harness.process import Running
from ivr.harness.queues import Member
from ivr.harness.status import CallStatus, Floor
from ivr.harness.twiml.dial import Dial
from ivr.harness.twiml.nouns import Queue
from ivr.harness.verbs.parting import tell_action

__all__ = ["take_from_queue"]


def take_from_queue(leg: Leg, verb: Dial, noun: Queue) -> Running[Happening, Outcome]:
    """Take the head, wait for one as long as the Dial's timeout, and talk until either side is done."""
    leg.answer()
    member = yield from _head(leg, verb, noun)
    status = CallStatus.NO_ANSWER
    if member is not None:
        member.leg.disturb(Dequeued(by=leg.sid, tell=leg.tell, url=_document(leg, noun, member)), member)
        try:
            status = yield from _talk(leg, verb, member.leg)
        except HungUp:
            tell_action(leg, verb.line, _action(leg, verb, CallStatus.COMPLETED, member))
            raise
        finally:
            leg.disconnect()
            member.leg.tell(ChildEnded(sid=leg.sid, status=CallStatus.COMPLETED))
        leg.give_floor(Floor.TWILIO)
    return _action(leg, verb, status, member)


def _document(leg: Leg, noun: Queue, member: Member[Leg]) -> Ask | None:
    """What the queued caller hears first: https://www.twilio.com/docs/voice/twiml/queue#request-parameters."""
    if noun.url is None:
        return None
    params = {
        "QueueSid": leg.lines.queues.named(noun.text).sid,
        "QueueTime": str((leg.timeline.now - member.since) // 1000),
        "DequeingCallSid": leg.sid,
    }
    return Ask(method=noun.method, url=leg.resolve(noun.url), params=params)


def _action(leg: Leg, verb: Dial, status: CallStatus, member: Member[Leg] | None) -> Ask | None:
    if verb.action is None:
        return None
    params = {"DialCallStatus": status.value, "DialBridged": "true" if status is CallStatus.COMPLETED else "false"}
    if member is not None:
        params["DialCallSid"] = member.leg.sid
    return Ask(method=verb.method, url=leg.resolve(verb.action), params=params)


def _head(leg: Leg, verb: Dial, noun: Queue) -> Running[Happening, Member[Leg] | None]:
    queue = leg.lines.queues.named(noun.text)

    def ready() -> None:
        leg.tell(QueueReady())

    queue.takers.append(ready)
    until = leg.timeline.now + verb.timeout * 1000
    try:
        while True:
            member = queue.take(leg.timeline.now)
            if member is not None or (yield until) is None:
                return member
    finally:
        queue.takers.remove(ready)


def _talk(leg: Leg, verb: Dial, other: Leg) -> Running[Happening, CallStatus]:
    until = leg.timeline.now + verb.time_limit * 1000
    status = CallStatus.NO_ANSWER
    while True:
        match (yield until):
            case ChildAnswered(sid=sid) if sid == other.sid:
                leg.connect(other)
                status = CallStatus.COMPLETED
            case ChildEnded(sid=sid) if sid == other.sid:
                return status
            case Key(key="*") if verb.hangup_on_star:
                return status
            case None:
                return status
            case _:
                pass
