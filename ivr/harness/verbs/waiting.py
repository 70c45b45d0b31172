"""The documents a caller hears while they wait: in a queue again and again, in a conference once."""

from ivr.harness import events
from ivr.harness.errors import NotRequested, Refused
from ivr.harness.happenings import Happening
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask, End, LeaveQueue, Params
from ivr.harness.process import Running

__all__ = ["wait_once", "wait_with"]

# https://www.twilio.com/docs/voice/twiml/enqueue#wait-url
WAITING = frozenset({"Play", "Say", "Pause", "Hangup", "Redirect", "Leave", "Gather"})
AT_LEAST = 1000  # a document that takes no time is asked for again after a second


def wait_with(
    leg: Leg, music: Ask | None, *, params: Params, silent: bool = False
) -> Running[Happening, End | LeaveQueue]:
    """Wait, with this document (None: Twilio's own music, or silence); what it leads to, if it leads anywhere.

    https://www.twilio.com/docs/voice/twiml/enqueue#waiturl lists the parameters of the waitUrl; where its Redirect and
    Gather lead, the caller still waits in the same place, and what answers there is told the same.
    """
    page = leg.document_url
    leg.hold(True)
    try:
        if music is not None:
            outcome = yield from _documents(leg, music, params)
            if outcome is not None:
                return outcome
        elif not silent:
            leg.note(events.Played(at=leg.seconds, sound="hold music"))
        while True:
            yield None
    finally:
        leg.document_url = page
        leg.hold(False)


def wait_once(
    leg: Leg, music: Ask | None, allowed: frozenset[str], *, silent: bool = False
) -> Running[Happening, End | LeaveQueue]:
    """Wait with a document that is played once, and then in silence; raises Refused when it cannot be had."""
    page = leg.document_url
    leg.hold(True)
    try:
        if music is not None:
            try:
                outcome = yield from leg.lines.documents(leg, music, allowed)
            except NotRequested as problem:
                _not_ours(leg, problem)
            else:
                if outcome is not None:
                    return outcome
        elif not silent:
            leg.note(events.Played(at=leg.seconds, sound="hold music"))
        while True:
            yield None
    finally:
        leg.document_url = page
        leg.hold(False)


def _documents(leg: Leg, music: Ask, params: Params) -> Running[Happening, End | LeaveQueue | None]:
    while True:
        began = leg.timeline.now
        try:
            outcome = yield from leg.lines.documents(leg, music, WAITING, params)
        except NotRequested as problem:
            _not_ours(leg, problem)
            return None
        except Refused as problem:
            leg.note(events.Failed(at=leg.seconds, code=problem.code, text=problem.text))
            return None  # and so in silence
        if outcome is not None:
            return outcome
        while leg.timeline.now == began:
            yield began + AT_LEAST


def _not_ours(leg: Leg, problem: NotRequested) -> None:
    """Music at another host is not requested, and counts as playing."""
    leg.warn(problem.code, 0, problem.text)
    leg.note(events.Played(at=leg.seconds, sound="hold music"))
