"""Each verb to the piece that does it."""

from ivr.harness.happenings import Happening
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask, End, LeaveQueue, Outcome
from ivr.harness.process import Running
from ivr.harness.status import CallStatus
from ivr.harness.twiml.attributes import SCHEMA_WARNING
from ivr.harness.twiml.control import Hangup, Redirect, Reject
from ivr.harness.twiml.dial import Dial
from ivr.harness.twiml.further import Connect, Echo, Refer, Sms, Start, Stop
from ivr.harness.twiml.gather import Gather
from ivr.harness.twiml.nouns import Queue
from ivr.harness.twiml.pay import Pay
from ivr.harness.twiml.prompts import Pause, Play, Say
from ivr.harness.twiml.queue import Enqueue, Leave
from ivr.harness.twiml.record import Record
from ivr.harness.twiml.table import Verb
from ivr.harness.verbs.connect import beside, connect
from ivr.harness.verbs.dial import dial
from ivr.harness.verbs.enqueue import enqueue
from ivr.harness.verbs.further import echo, sms
from ivr.harness.verbs.gather import gather
from ivr.harness.verbs.pay import pay
from ivr.harness.verbs.prompts import play
from ivr.harness.verbs.record import record
from ivr.harness.verbs.refer import refer

__all__ = ["perform"]


def perform(leg: Leg, verb: Verb) -> Running[Happening, Outcome]:
    """Do what the verb says; what it leads to."""
    match verb:
        case Say() | Play() | Pause():
            yield from play(leg, verb)
            return None
        case Gather():
            return (yield from gather(leg, verb))
        case Record():
            return (yield from record(leg, verb))
        case Dial():
            return (yield from dial(leg, verb))
        case Redirect():
            return Ask(method=verb.method, url=leg.resolve(verb.text))
        case Hangup():
            return End(status=CallStatus.COMPLETED, reason="<Hangup>")
        case Reject():
            return _reject(leg, verb)
        case _:
            return (yield from _perform_further(leg, verb))


def _perform_further(leg: Leg, verb: Verb) -> Running[Happening, Outcome]:
    """The verbs few documents have."""
    match verb:
        case Enqueue():
            return (yield from enqueue(leg, verb))
        case Queue():
            dialled = Dial(line=verb.line, text="", children=(verb,))
            return (yield from dial(leg, dialled))
        case Leave():
            return LeaveQueue()
        case Connect():
            return (yield from connect(leg, verb))
        case Start() | Stop():
            beside(leg, verb)
            return None
        case Echo():
            yield from echo(leg)
            return None
        case Refer():
            return (yield from refer(leg, verb))
        case Sms():
            return sms(leg, verb)
        case Pay():
            return (yield from pay(leg, verb))
        case _:
            leg.warn(SCHEMA_WARNING, verb.line, "<Prompt> belongs into <Pay>")
            return None


def _reject(leg: Leg, verb: Reject) -> End:
    """Rejected is `no-answer`, busy is `busy`; a call already answered can only be hung up."""
    if leg.answered:
        return End(status=CallStatus.COMPLETED, reason="<Reject> of an answered call")
    status = CallStatus.BUSY if verb.reason == "busy" else CallStatus.NO_ANSWER
    return End(status=status, reason="<Reject>")
