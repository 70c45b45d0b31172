"""Sms, Echo, Refer, Connect, Start and Stop: what they mean to the call; media is not played, and that is said."""

from ivr.harness import events
from ivr.harness.happenings import Happening, Spoken
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask, End, Outcome
from ivr.harness.process import Running
from ivr.harness.status import CallStatus, Floor
from ivr.harness.twiml.further import Connect, Refer, Sms, Start, Stop

__all__ = ["beside", "connect", "echo", "refer", "sms"]


def beside(leg: Leg, verb: Start | Stop) -> None:
    """Start and Stop do not block: the next verb follows at once."""
    for part in verb.children:
        what = f"<{type(verb).__name__}><{part.name}> {part.values.get('url', '')}".rstrip()
        leg.note(events.NotPlayed(at=leg.seconds, what=what))


def connect(leg: Leg, verb: Connect) -> Running[Happening, Outcome]:
    """It blocks until the other side closes, which here it never does of itself: the caller hangs up, or REST acts."""
    for part in verb.children:
        leg.note(events.NotPlayed(at=leg.seconds, what=f"<Connect><{part.name}> {part.values.get('url', '')}".rstrip()))
        greeting = part.values.get("welcomeGreeting")
        if greeting:
            leg.note(events.Heard(at=leg.seconds, text=greeting))
    if verb.children:
        leg.give_floor(Floor.TALK)
        while True:
            yield None
    return None if verb.action is None else Ask(method=verb.method, url=leg.resolve(verb.action))


def echo(leg: Leg) -> Running[Happening, None]:
    """The caller hears themselves until they hang up."""
    leg.give_floor(Floor.TALK)
    while True:
        happening = yield None
        if isinstance(happening, Spoken):
            leg.note(events.Heard(at=leg.seconds, text=happening.words))


def refer(leg: Leg, verb: Refer) -> Outcome:
    """The call is handed over, and so over here; the action is told that the other side accepted."""
    if not verb.children:
        return None
    leg.note(events.NotPlayed(at=leg.seconds, what=f"<Refer> to {verb.children[0].text}"))
    if verb.action is None:
        return End(status=CallStatus.COMPLETED, reason="<Refer>")
    params = {"ReferCallStatus": "completed", "ReferSipResponseCode": "202", "NotifySipResponseCode": "200"}
    return Ask(method=verb.method, url=leg.resolve(verb.action), params=params)


def sms(leg: Leg, verb: Sms) -> Outcome:
    """The message goes nowhere; the action is told that it was sent."""
    sid = leg.lines.sids.make("SM")
    leg.note(events.NotPlayed(at=leg.seconds, what=f"<Sms> to {verb.to or leg.from_}: {verb.text}"))
    if verb.action is None:
        return None
    params = {"SmsSid": sid, "MessageSid": sid, "SmsStatus": "sent", "MessageStatus": "sent"}
    return Ask(method=verb.method, url=leg.resolve(verb.action), params=params)
