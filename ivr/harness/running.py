"""Running a call: document after document, until one ends it or the caller does."""

from dataclasses import replace

from ivr.harness import events
from ivr.harness.callbacks import tell_progress
from ivr.harness.errors import Refused
from ivr.harness.happenings import Happening, HungUp, Redirected, Released
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask, End, LeaveQueue, Outcome, Params
from ivr.harness.process import Running, TimeLimitReached
from ivr.harness.status import CallStatus, Floor
from ivr.harness.twiml.attributes import SCHEMA_WARNING
from ivr.harness.twiml.control import Hangup, Reject
from ivr.harness.twiml.dial import Dial
from ivr.harness.twiml.document import Document, read_document
from ivr.harness.twiml.prompts import Pause, Say
from ivr.harness.twiml.table import Verb
from ivr.harness.verbs.perform import perform

__all__ = ["APOLOGY", "run_call", "run_from", "run_inside"]

APOLOGY = Document(
    verbs=(Say(line=0, text="We are sorry, an application error has occurred. Goodbye."), Hangup(line=0))
)
# The document retrieval limit: Twilio's dictionary has no code of its own for voice documents that run in a circle.
LOOP = 14106
MOST_DOCUMENTS_AT_ONCE = 100
MOST_DOCUMENTS = 1000  # Twilio would go on for four hours, which helps nobody to find the circle


def run_call(leg: Leg, first: Ask) -> Running[Happening, None]:
    """A whole call: its documents, its end, and the status callback of that."""
    try:
        end = yield from run_from(leg, first)
    except HungUp:
        end = End(status=leg.status, reason="the caller hung up")
    except Released as released:
        end = End(status=released.status, reason="REST ended it")
    except TimeLimitReached:
        end = End(status=CallStatus.COMPLETED, reason="the call reached its time limit")
    leg.finish(end.status, end.reason)
    tell_progress(leg, "completed")


def run_from(leg: Leg, first: Ask | Document) -> Running[Happening, End]:
    """Run documents from this one on; REST may give another at any time, which then takes over.

    https://www.twilio.com/docs/voice/api/call-resource#update-a-call-resource
    """
    todo = first
    while True:
        try:
            return (yield from _run_first(leg, todo))
        except Redirected as redirected:
            todo = redirected.to
            leg.disconnect()
            leg.place = None
            leg.give_floor(Floor.TWILIO)


def _run_first(leg: Leg, first: Ask | Document) -> Running[Happening, End]:
    outcome: Outcome
    if isinstance(first, Document):
        # A document of REST's `Twiml` has no URL, so that its own URLs have to be absolute.
        leg.document_url = ""
        outcome = yield from _run_document(leg, first, None)
    else:
        outcome = first
    if isinstance(outcome, Ask):
        outcome = yield from run_inside(leg, outcome, None)
    # The end of the document hangs up: https://www.twilio.com/docs/voice/twiml
    return outcome if isinstance(outcome, End) else End(status=CallStatus.COMPLETED, reason="the document ended")


def run_inside(
    leg: Leg, first: Ask, allowed: frozenset[str] | None, params: Params | None = None
) -> Running[Happening, End | LeaveQueue | None]:
    """Document after document, until one ends the call, or there is no more of it (None).

    With `allowed` they are inside a verb (a waitUrl, a screening `url`): other verbs are left out with a warning, and
    a document that cannot be had raises Refused. Each request for one says `params` too.
    """
    ask, asked_at, asked_at_once, asked_in_all = first, leg.timeline.now, 0, 0
    while True:
        asked_at_once = asked_at_once + 1 if asked_at == leg.timeline.now else 1
        asked_at = leg.timeline.now
        asked_in_all += 1
        if asked_in_all > MOST_DOCUMENTS:
            return _give_up(leg, Refused(LOOP, f"{MOST_DOCUMENTS} documents came one after the other: a circle"))
        if asked_at_once > MOST_DOCUMENTS_AT_ONCE:
            text = f"{MOST_DOCUMENTS_AT_ONCE} documents in a row took no time: {ask.url} leads back to itself"
            return _give_up(leg, Refused(LOOP, text))
        if params is not None:
            ask = replace(ask, params={**params(), **ask.params})
        outcome = yield from _run_document(
            leg, _open(leg, ask) if allowed is None else _document(leg, "document", ask), allowed
        )
        match outcome:
            case Ask():
                ask = outcome
            case _:
                return outcome


def _run_document(leg: Leg, document: Document, allowed: frozenset[str] | None) -> Running[Happening, Outcome]:
    for notice in document.notices:
        leg.warn(notice.code, notice.line, notice.text)
    for idle in document.idle:
        leg.tell_no_effect(idle.line, idle.element, idle.attributes)
    for at, verb in enumerate(document.verbs):
        if allowed is not None and type(verb).__name__ not in allowed:
            leg.warn(SCHEMA_WARNING, verb.line, f"<{type(verb).__name__}> may not be used in this document")
            continue
        leg.verbs, leg.at = document.verbs, at
        if not leg.answered and _answers(verb):
            leg.answer()
        outcome = yield from perform(leg, verb)
        if outcome is not None:
            return outcome
    return None


def _answers(verb: Verb) -> bool:
    match verb:
        case Reject() | Pause():
            return False  # one that comes first does not answer the call; any other verb does
        case Dial():
            return not verb.answer_on_bridge  # the caller hears it ring until the dialled call is answered
        case _:
            return True


def _open(leg: Leg, ask: Ask) -> Document:
    """The document, or the fallback's, or an apology."""
    try:
        return _document(leg, "document", ask)
    except Refused as problem:
        _fail(leg, problem)
        fallback = leg.webhooks.fallback_url
        if fallback is None:
            return APOLOGY
        # The fallback URL is requested at once, told what went wrong; its document goes on with the call:
        # https://www.twilio.com/docs/usage/security/availability-reliability
        params = {"ErrorCode": str(problem.code), "ErrorUrl": ask.url}
        again = Ask(method=leg.webhooks.fallback_method, url=fallback, params=params)
    try:
        return _document(leg, "fallback", again)
    except Refused as problem:
        _fail(leg, problem)
        return APOLOGY


def _document(leg: Leg, purpose: str, ask: Ask) -> Document:
    url, response = leg.fetch(purpose, ask)
    document = read_document(response.body, response.header("Content-Type"), url=url)
    leg.document_url = url
    return document


def _fail(leg: Leg, problem: Refused) -> None:
    leg.note(events.Failed(at=leg.seconds, code=problem.code, text=problem.text))


def _give_up(leg: Leg, problem: Refused) -> End:
    _fail(leg, problem)
    return End(status=CallStatus.COMPLETED, reason=problem.text)
