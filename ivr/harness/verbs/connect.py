"""Connect, Start and Stop: what they mean to the call. No sound is sent or received, and the transcript says so.

https://www.twilio.com/docs/voice/twiml/connect, /start and /stop. Who is at the other end of a Connect is a far end of
its URL (`wss://...`) or connector's name: its script talks to the caller, and its `hang up` closes the connection.
"""

from collections.abc import Iterable

from ivr.harness import events
from ivr.harness.far_ends import Answers
from ivr.harness.happenings import Happening, HungUp, Key, Spoken
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask, Outcome
from ivr.harness.process import Running
from ivr.harness.script import HangUp, Press, Say, Step, Wait
from ivr.harness.speaking import speaking_time
from ivr.harness.status import Floor
from ivr.harness.timeline import Milliseconds, milliseconds
from ivr.harness.twiml.further import Connect, Start, Stop
from ivr.harness.twiml.parts import Part
from ivr.harness.verbs.parting import tell_action
from ivr.harness.verbs.services import Service, begin, end, place_of, reachable

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
    stream = Service(leg, part) if part.name == "Stream" else None
    status, handoff = "ended", ""
    try:
        if reachable(leg, part):
            handoff = yield from _talk(leg, part)
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
    named = part.values.get("url") or part.values.get("name") or part.values.get("connectorName") or part.text
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


def _talk(leg: Leg, part: Part) -> Running[Happening, str]:
    """The greeting, and what the far end's script does; after its last step it stays, unless that hangs up.

    What it handed over.
    """
    greeting = part.values.get("welcomeGreeting")
    if greeting:
        yield from _say(leg, greeting)
    far_end = leg.lines.at(place_of(leg, part))
    closed = (yield from _follow(leg, far_end.steps)) if isinstance(far_end, Answers) else None
    if closed is not None:
        return closed.handoff
    leg.give_floor(Floor.TALK)
    while True:
        yield None


def _follow(leg: Leg, steps: Iterable[Step]) -> Running[Happening, HangUp | None]:
    """How it hung up, if it did."""
    for step in steps:
        match step:
            case Say(words=words):
                yield from _say(leg, words)
            case Press(keys=keys):
                leg.note(events.Played(at=leg.seconds, sound=keys))
            case Wait(seconds=None):
                yield from _hear_the_caller(leg)
            case Wait(seconds=seconds):
                yield from _pass(leg, milliseconds(seconds or 0))
            case HangUp():
                return step
    return None


def _say(leg: Leg, words: str) -> Running[Happening, None]:
    leg.give_floor(Floor.TWILIO)
    leg.note(events.Heard(at=leg.seconds, text=words))
    yield from _pass(leg, speaking_time(words))


def _hear_the_caller(leg: Leg) -> Running[Happening, None]:
    """Until the caller has said something, or pressed a key."""
    leg.give_floor(Floor.TALK)
    while True:
        match (yield None):
            case Spoken(lasts=lasts):
                return (yield from _pass(leg, lasts))
            case Key():
                return
            case _:
                pass


def _pass(leg: Leg, length: Milliseconds) -> Running[Happening, None]:
    until = leg.timeline.now + length
    while (yield until) is not None:
        pass
