"""On the way to a desk that can help.

Arriving is paid for as far as the caller's own answers led there (`Evidence.steered`): a line hands on whoever is
silent or keys anything, and one of many keys opens a door by chance.
"""

from ivr.call.events import Ended, Event, HandedOver, NotUnderstood, Silent, UniversalAsked
from ivr.training.regret import Cause
from ivr.training.scoring.evidence import Evidence
from ivr.training.scoring.items.verdict import Verdict, halved_by, kept_from

__all__ = ["answers_in_time", "clear_speech", "not_given_up", "quick_way", "reached", "wrong_turns"]

QUICK = 15.0
"""Seconds lost on the way that nobody would call a detour."""
SLOW = 120.0
"""Seconds beyond those which leave nothing."""


def reached(call: Evidence) -> Verdict:
    """Whether a right department answered first."""
    answered = call.answered
    if answered is None:
        return Verdict(call.steered * call.regret.reached, call.events[-1:])
    if answered.department not in call.case.departments:
        return Verdict(0.0, (answered,))
    return Verdict(call.steered, call.missed or (answered,))


def not_given_up(call: Evidence) -> Verdict:
    """Whether the caller spoke with anybody who can help, or left word where nobody answers."""
    ended = call.first(Ended) or call.events[-1]
    if not call.regret.reached:
        return Verdict(0.0, (ended,))
    return Verdict(call.steered, call.missed or (ended,))


def quick_way(call: Evidence) -> Verdict:
    """The less was lost on the way, the more."""
    losses = sorted(call.regret.losses, key=lambda loss: -loss.seconds)
    share = min(1.0, max(0.0, 1 - (call.regret.lost - QUICK) / SLOW))
    earned = call.steered * share
    spent = () if earned == 1 else tuple(loss.event for loss in losses[:3]) or call.missed
    return Verdict(earned, spent or call.events[-1:])


def wrong_turns(call: Evidence) -> Verdict:
    """Whether no more turns were wrong than the scenario allows, and none led to a department that can't help."""
    handed = [event for event in call.all(HandedOver) if event.fault == "caller"]
    back = [event for event in call.all(UniversalAsked) if event.universal in ("main-menu", "back")]
    astray = _astray(call)
    found: tuple[Event, ...] = (*handed, *astray, *back)
    landed = handed or (astray and call.answered and call.answered.department not in call.case.departments)
    allowed = call.case.scenario.limits.wrong_turns
    return kept_from(call, bool(landed) or len(found) > allowed, found)


def _astray(call: Evidence) -> list[Event]:
    turns = [loss for loss in call.regret.losses if loss.cause is Cause.WRONG_TURN]
    return [loss.event for loss in turns if loss.seconds > QUICK]


def clear_speech(call: Evidence) -> Verdict | None:
    """Whether words were understood. On a bad line nobody is to blame; and whoever says nothing is not judged."""
    if call.case.scenario.twists.muffled or not call.spoke:
        return None
    return halved_by(call, tuple(event for event in call.all(NotUnderstood) if event.by == "speech"))


def answers_in_time(call: Evidence) -> Verdict:
    """Whether every question got an answer."""
    return halved_by(call, tuple(call.all(Silent)))
