"""Sms and Echo."""

from ivr.harness import events
from ivr.harness.happenings import Happening, Spoken
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask, Outcome
from ivr.harness.process import Running
from ivr.harness.status import Direction, Floor
from ivr.harness.texting import to_whom
from ivr.harness.twiml.further import Sms

__all__ = ["echo", "sms"]

INVALID_TO = 14101  # https://www.twilio.com/docs/api/errors/14101


def echo(leg: Leg) -> Running[Happening, None]:
    """The caller hears themselves until they hang up."""
    leg.give_floor(Floor.TALK)
    while True:
        happening = yield None
        if isinstance(happening, Spoken):
            leg.note(events.Heard(at=leg.seconds, text=happening.words))


def sms(leg: Leg, verb: Sms) -> Outcome:
    """The message is kept for REST to show, and goes nowhere; the action is told what became of it.

    https://www.twilio.com/docs/voice/twiml/sms
    """
    other, own = (leg.from_, leg.to) if leg.direction is Direction.INBOUND else (leg.to, leg.from_)
    to = to_whom(verb.to or other)
    if to is None:
        leg.warn(INVALID_TO, verb.line, f"{verb.to or other!r} is no number to send a message to")
        return _sms_action(leg, verb, "invalid", {})
    leg.note(events.NotPlayed(at=leg.seconds, what=f"<Sms> to {to}: {verb.text}"))
    callback = None if verb.status_callback is None else leg.resolve(verb.status_callback)
    sent = leg.lines.texts.send(
        to=to, from_=verb.from_ or own, body=verb.text, direction="outbound-call", callback=callback
    )
    sid = str(sent["sid"])
    return _sms_action(leg, verb, "sending", {"SmsSid": sid, "MessageSid": sid})


def _sms_action(leg: Leg, verb: Sms, status: str, sids: dict[str, str]) -> Ask | None:
    params = {**sids, "SmsStatus": status, "MessageStatus": status}
    return None if verb.action is None else Ask(method=verb.method, url=leg.resolve(verb.action), params=params)
