"""Enqueue: wait in a queue until somebody takes the call. https://www.twilio.com/docs/voice/twiml/enqueue."""

from collections.abc import Mapping

from ivr.harness import events
from ivr.harness.errors import Refused
from ivr.harness.happenings import ChildAnswered, ChildEnded, Dequeued, Happening
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask, End, Outcome
from ivr.harness.process import Interruption, Running
from ivr.harness.queues import Member, Queue
from ivr.harness.status import CallStatus, Floor
from ivr.harness.timeline import Milliseconds
from ivr.harness.twiml.queue import Enqueue
from ivr.harness.verbs.parting import tell_action
from ivr.harness.verbs.waiting import wait_with

__all__ = ["enqueue"]

BEFORE_BRIDGE = frozenset({"Say", "Play", "Pause", "Gather", "Redirect", "Hangup"})


def enqueue(leg: Leg, verb: Enqueue) -> Running[Happening, Outcome]:
    """Wait, be connected or leave; then the action, or the next verb."""
    queue = leg.lines.queues.named(verb.text or verb.workflow_sid or "default", size=verb.max_queue_size)
    member = queue.join(leg, leg.timeline.now)
    if member is None:
        return _action(leg, verb, queue, "queue-full", 0)
    leg.note(events.Queued(at=leg.seconds, queue=queue.name, position=queue.position(member)))
    leg.place = member
    try:
        result, waited, ended = yield from _wait(leg, verb, queue, member)
    except Interruption:
        _tell_hang_up(leg, verb, queue, member)
        raise
    finally:
        leg.place = None
        queue.leave(member, leg.timeline.now)
    return ended or _action(leg, verb, queue, result, waited)


def _wait(
    leg: Leg, verb: Enqueue, queue: Queue[Leg], member: Member[Leg]
) -> Running[Happening, tuple[str, Milliseconds, End | None]]:
    def waited() -> Milliseconds:
        return leg.timeline.now - member.since

    def params() -> Mapping[str, str]:
        return {
            "QueueSid": queue.sid,
            "QueueTime": str(waited() // 1000),
            "QueuePosition": str(queue.position(member)),
            "AvgQueueTime": str(queue.average_wait),
            "CurrentQueueSize": str(len(queue.members)),
            "MaxQueueSize": str(queue.size),
        }

    music = Ask(method=verb.wait_url_method, url=leg.resolve(verb.wait_url)) if verb.wait_url else None
    try:
        # The page says nothing of an empty waitUrl; it is taken as Conference's is.
        outcome = yield from wait_with(leg, music, params=params, silent=verb.wait_url == "")
    except Dequeued as dequeued:
        in_queue = waited()
        yield from _talk(leg, dequeued)
        return "bridged", in_queue, None
    if isinstance(outcome, End):
        return "hangup", waited(), outcome
    return "leave", waited(), None


def _talk(leg: Leg, dequeued: Dequeued) -> Running[Happening, None]:
    """Hear the queue's own document first, then be connected until the other side is done."""
    leg.place = None
    status = CallStatus.COMPLETED
    try:
        if dequeued.url is not None and (yield from _hear(leg, dequeued.url)):
            return
        dequeued.tell(ChildAnswered(sid=leg.sid))
        while True:
            match (yield None):
                case ChildEnded(sid=sid) if sid == dequeued.by:
                    break
                case _:
                    pass
    finally:
        leg.disconnect()
        leg.give_floor(Floor.TWILIO)
        dequeued.tell(ChildEnded(sid=leg.sid, status=status))


def _hear(leg: Leg, url: Ask) -> Running[Happening, bool]:
    """Whether the document hung up."""
    page = leg.document_url
    try:
        return isinstance((yield from leg.lines.documents(leg, url, BEFORE_BRIDGE)), End)
    except Refused as problem:
        leg.note(events.Failed(at=leg.seconds, code=problem.code, text=problem.text))
        return False
    finally:
        leg.document_url = page


def _tell_hang_up(leg: Leg, verb: Enqueue, queue: Queue[Leg], member: Member[Leg]) -> None:
    """The action is told of it; what it answers is no longer of use."""
    queue.leave(member, leg.timeline.now)
    result = "hangup" if leg.status is not CallStatus.IN_PROGRESS else "redirected"
    tell_action(leg, verb.line, _action(leg, verb, queue, result, leg.timeline.now - member.since))


def _action(leg: Leg, verb: Enqueue, queue: Queue[Leg], result: str, waited: Milliseconds) -> Ask | None:
    if verb.action is None:
        return None
    params = {"QueueResult": result, "QueueSid": queue.sid, "QueueTime": str(waited // 1000)}
    return Ask(method=verb.method, url=leg.resolve(verb.action), params=params)
