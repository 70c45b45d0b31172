"""Connect, Start and Stop: what they mean to the call. No sound is sent or received, and the transcript says so.

https://www.twilio.com/docs/voice/twiml/connect, /start and /stop. Who is at the other end of a Connect is a far end of
its URL (`wss://...`) or connector's name: its script talks to the caller, and its `hang up` closes the connection.
"""

from ivr.harness import events
from ivr.harness.happenings import Happening, HungUp
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask, Outcome
from ivr.harness.process import Running
from ivr.harness.status import Floor
from ivr.harness.timeline import Milliseconds
from ivr.harness.twiml.further import Connect, Start, Stop
from ivr.harness.twiml.parts import Part
from ivr.harness.verbs.conversing import Conversing
from ivr.harness.verbs.parting import tell_action
from ivr.harness.verbs.service import INBOUND, Service, place_of, reachable
from ivr.harness.verbs.services import begin, end

__all__ = ["beside", "connect"]

NO_WEBSOCKET = 64102  # https://www.twilio.com/docs/api/errors/64102


def beside(leg: Leg, verb: Start | Stop) -> None:
    """Begin each of them, or end those of that name; the next verb follows at once."""
    for part in verb.children:
        if isinstance(verb, Start):
            _not_played(leg, "Start", part)
            begin(leg, part)
        elif not end(leg, part):
            what = f"<Stop><{part.name}>: none of the name {part.values.get('name', '(none given)')!r} runs"
            leg.note(events.NotPlayed(at=leg.seconds, what=what))


def connect(leg: Leg, verb: Connect) -> Running[Happening, Outcome]:
    """It blocks until the other side closes, the caller hangs up, or REST acts; then the action, or the next verb."""
    if not verb.children:
        return _action(leg, verb, {})
    part = verb.children[0]
    _not_played(leg, "Connect", part)
    began = leg.timeline.now
    session = leg.lines.sids.make("VX") if part.name == "ConversationRelay" else ""
    stream = Service(leg, part, INBOUND) if part.name == "Stream" else None
    status, handoff = "ended", ""
    try:
        if reachable(leg, part) if stream is None else stream.running:
            handoff = yield from Conversing(leg, part).run()
        else:
            status = "failed"
            if stream is None:
                leg.warn(NO_WEBSOCKET, part.line, f"nobody takes the connection to {place_of(leg, part)}")
    except HungUp:
        tell_action(leg, verb.line, _action(leg, verb, _told(part, session, "completed", leg.timeline.now - began)))
        raise
    finally:
        if stream is not None:
            stream.stop()
    leg.give_floor(Floor.TWILIO)
    return _action(leg, verb, _told(part, session, status, leg.timeline.now - began, handoff))


def _not_played(leg: Leg, verb: str, part: Part) -> None:
    named = part.values.get("url") or place_of(leg, part) or part.values.get("name", "")
    leg.note(events.NotPlayed(at=leg.seconds, what=f"<{verb}><{part.name}> {named}".rstrip()))


def _action(leg: Leg, verb: Connect, params: dict[str, str]) -> Ask | None:
    return None if verb.action is None else Ask(method=verb.method, url=leg.resolve(verb.action), params=params)


def _told(part: Part, session: str, status: str, lasted: Milliseconds, handoff: str = "") -> dict[str, str]:
    """How a session went: a relay's `ended` (it closed), `completed` (the caller left) or `failed`.

    HandoffData is what its socket sent with the `end` message:
    https://www.twilio.com/docs/voice/conversationrelay/websocket-messages
    """
    match part.name:
        case "ConversationRelay":
            told = {"SessionId": session, "SessionStatus": status, "SessionDuration": str(lasted // 1000)}
            failed = {"ErrorCode": str(NO_WEBSOCKET), "ErrorMessage": "Unable to connect to the WebSocket URL"}
            return told | (failed if status == "failed" else {}) | ({"HandoffData": handoff} if handoff else {})
        case "VirtualAgent":
            return {"VirtualAgentStatus": "failed" if status == "failed" else "completed"}
        case _:
            return {}
