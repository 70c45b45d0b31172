"""Before the call: the number that is dialled, and what is at hand."""

from ivr.call.events import DetailGiven, DetailMissing, VerifiedAgain
from ivr.errors import NumberError
from ivr.training.regret import Cause
from ivr.training.scoring.evidence import MISSES, Evidence
from ivr.training.scoring.items.verdict import Verdict

__all__ = ["best_number", "details_at_hand", "details_complete", "entries_ready", "right_number"]

AT_HAND = 8.0
"""Seconds in which somebody who has a detail at hand begins to give it."""


def right_number(call: Evidence) -> Verdict:
    """Whether the scenario names the number that was dialled, or another of its line."""
    dialled = call.dialled
    right = [call.planner.ground.answering(number)[0] for number in call.case.scenario.numbers]
    return Verdict(float(dialled.line in right), (dialled,))


def best_number(call: Evidence) -> Verdict:
    """The same for the first of the scenario's numbers."""
    dialled = call.dialled
    try:
        best = call.planner.ground.answering(call.case.scenario.numbers[0])[0]
    except NumberError:
        return Verdict(0.0, (dialled,))
    return Verdict(float(dialled.line == best), (dialled,))


def details_at_hand(call: Evidence) -> Verdict | None:
    """The share of what people asked for that came in time."""
    asked: list[DetailGiven | VerifiedAgain] = [*call.all(DetailGiven), *call.all(VerifiedAgain)]
    if not asked:
        return None
    slow = [event for event in asked if event.seconds > AT_HAND]
    return Verdict(1 - len(slow) / len(asked), tuple(slow or asked))


def details_complete(call: Evidence) -> Verdict | None:
    """The share of what the reason wants that was given, and right, to whoever answered."""
    wanted = call.case.reason.details
    if not wanted or call.answered is None:
        return None
    given = {event.detail: event for event in call.all(DetailGiven) if event.right}
    missing = tuple(call.all(DetailMissing))
    return Verdict(len(given) / len(wanted), missing or tuple(given.values()) or call.events[-1:])


def entries_ready(call: Evidence) -> Verdict | None:
    """Of a machine's questions for numbers, the share that was not failed; all are, where they took too long.

    Which number to dial is asked by nobody but the practice line.
    """
    asked = call.entries
    if not asked:
        return None
    slow = [loss for loss in call.regret.losses if loss.cause is Cause.SEARCHING and loss.event in asked]
    if sum(loss.seconds for loss in slow) > AT_HAND:
        return Verdict(0.0, tuple(loss.event for loss in slow))
    failed = tuple(event for event in asked if isinstance(event, MISSES))
    return Verdict(1 - len(failed) / len(asked), failed or asked)
