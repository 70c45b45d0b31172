"""What an item finds out about a call."""

from collections.abc import Callable
from typing import NamedTuple

from ivr.call.events import Event
from ivr.training.scoring.evidence import Evidence

__all__ = ["Look", "Verdict", "all_or_nothing", "halved_by", "kept_from"]


class Verdict(NamedTuple):
    """The share of an item's points that was earned, 0 to 1, and the events it rests on.

    What did not happen rests on the end of the call, which is when it was certain.
    """

    share: float
    events: tuple[Event, ...]


Look = Callable[[Evidence], Verdict | None]
"""None where the item does not apply to this call."""


def all_or_nothing(call: Evidence, earned: bool, *events: Event) -> Verdict:
    """All of the points, or none."""
    return Verdict(float(earned), events or call.events[-1:])


def halved_by(call: Evidence, slips: tuple[Event, ...]) -> Verdict:
    """One is a slip; each costs half of what is left."""
    return Verdict(0.5 ** len(slips), slips or call.events[-1:])


def kept_from(call: Evidence, lost: bool, done: tuple[Event, ...]) -> Verdict:
    """All of the points, unless it was done too often. What may be done once or twice is nothing to be praised for."""
    return Verdict(0.0, done) if lost else Verdict(1.0, call.events[-1:])
