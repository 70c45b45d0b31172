"""Refer: hand a SIP call over to another address, and hear how that went. https://www.twilio.com/docs/voice/twiml/refer.

The caller's own phone calls that address, so that no further leg is seen here; who is there decides. A far end that
`rejects`, named for the caller's own address, is a phone that refuses the REFER itself.
"""

from dataclasses import dataclass

from ivr.harness import events
from ivr.harness.far_ends import Answers, Busy, FarEnd, NoAnswer, NotInService, Rejects, Runs, Voicemail
from ivr.harness.happenings import Happening, HungUp
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask, Outcome
from ivr.harness.process import Running
from ivr.harness.status import Direction
from ivr.harness.timeline import milliseconds
from ivr.harness.twiml.further import Refer
from ivr.harness.verbs.parting import tell_action

__all__ = ["refer"]

NOT_SIP = 12200  # no code is published; the page only says that such a call "will result in an error"
REFUSED = {"ReferCallStatus": "failed", "ReferSipResponseCode": "405"}
RINGS = 60.0  # how long a phone lets it ring before it gives up


@dataclass(frozen=True, slots=True)
class _Result:
    """After so many seconds, the new call's status and the last SIP code told of it."""

    after: float
    status: str
    code: str


def refer(leg: Leg, verb: Refer) -> Running[Happening, Outcome]:
    """Wait for the end of the transfer; then the action, or the next verb."""
    if not verb.children:
        return None
    address = verb.children[0].text.partition("?")[0]
    leg.note(events.NotPlayed(at=leg.seconds, what=f"<Refer> to {address}"))
    phone = leg.from_ if leg.direction is Direction.INBOUND else leg.to
    if not phone.startswith(("sip:", "sips:")):
        leg.warn(NOT_SIP, verb.line, f"{phone} is no SIP address: only SIP calls can be referred; taken for one")
    if isinstance(leg.lines.at(phone), Rejects):
        return _ask(leg, verb, REFUSED)
    result = _result(leg.lines.at(address))
    until = leg.timeline.now + milliseconds(result.after)
    try:
        while (yield until) is not None:
            pass
    except HungUp:
        tell_action(leg, verb.line, _action(leg, verb, "canceled", "180"))
        raise
    return _action(leg, verb, result.status, result.code)


def _result(far_end: FarEnd) -> _Result:
    match far_end:
        case Answers(after=after) | Voicemail(after=after):
            return _Result(after, "in-progress", "200")
        case Runs():
            return _Result(0.0, "in-progress", "200")
        case Busy(after=after):
            return _Result(after, "busy", "486")
        case Rejects(after=after):
            return _Result(after, "failed", "603")
        case NoAnswer():
            return _Result(RINGS, "no-answer", "480")
        case NotInService(after=after):
            return _Result(after, "failed", "404")


def _action(leg: Leg, verb: Refer, status: str, code: str) -> Ask | None:
    """The REFER itself was accepted (202)."""
    params = {"ReferCallStatus": status, "ReferSipResponseCode": "202", "NotifySipResponseCode": code}
    return _ask(leg, verb, params)


def _ask(leg: Leg, verb: Refer, params: dict[str, str]) -> Ask | None:
    return None if verb.action is None else Ask(method=verb.method, url=leg.resolve(verb.action), params=params)
