"""What a caller said on a bad line, where an event tells only what the line made of it."""

from datetime import datetime
from typing import NamedTuple

from ivr.call.events import Confirming, EscapeAsked, Heard, NotUnderstood, UniversalAsked
from ivr.training.regret.inputs import Group
from ivr.training.routes.deeds import Chosen, Deed, Entered, Unsure
from ivr.training.routes.mishearing import MUFFLED, meant
from ivr.training.routes.planner import Planner
from ivr.training.routes.point import Point

__all__ = ["Spoken", "spoken"]


class Spoken(NamedTuple):
    """A deed done in words, and whether they came badly. Without `words` chance had no part in how it was heard."""

    deed: Deed
    words: str | None = None
    badly: bool = False


def spoken(planner: Planner, group: Group, point: Point, deed: Deed, now: datetime) -> Spoken:
    """What was meant: on a good line, or by keys, just what was done."""
    if not planner.ground.twists.muffled:
        return Spoken(deed)
    match group.did:
        case NotUnderstood(by="speech", words=words, reason="low-confidence"):
            intended = meant(planner.ground, point, words) or _entry(planner, point, now)
            return Spoken(intended, words, badly=True) if intended else Spoken(deed)
        case Confirming(confidence=confidence, words=words) if confidence is not None and confidence <= MUFFLED:
            return Spoken(_sure(deed), words, badly=True)
        case Heard(by="speech", words=words) if point.pending is None:
            return Spoken(deed, words)
        case EscapeAsked(by="speech") | UniversalAsked(by="speech"):
            way = planner.choices.ways(point, deed, now)[1]
            return Spoken(deed, way.what if way else None)
        case _:
            return Spoken(deed)


def _entry(planner: Planner, point: Point, now: datetime) -> Deed | None:
    """The entry that a caller gives here who knows what to give."""
    return next((deed for _, deed in planner.choices.at(point, now) if isinstance(deed, Entered)), None)


def _sure(deed: Deed) -> Deed:
    match deed:
        case Unsure(pending=pending) if pending.slot is not None:
            return Entered(pending.slot, pending.member)
        case Unsure(pending=pending):
            return Chosen(pending.choice)
        case _:
            return deed
