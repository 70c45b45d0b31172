"""The line between two legs of this exchange: one that was dialled, and the inbound call that it is at its number.

What is said and pressed on one is heard on the other a moment later; an answer, a refusal and a hang-up go across too.
"""

from collections.abc import Callable
from functools import partial

from ivr.harness import events
from ivr.harness.happenings import FarEndAnswered, FarEndLeft
from ivr.harness.leg import Leg
from ivr.harness.timeline import Milliseconds

__all__ = ["connect"]

ON_THE_WAY: Milliseconds = 100  # so that the two sides of an answer are connected before the first word arrives
KEYS = frozenset("0123456789ABCD*#")
PAUSES: dict[str, Milliseconds] = {"w": 500, "W": 1000}
BETWEEN_KEYS: Milliseconds = 200


def connect(dialled: Leg, inbound: Leg) -> None:
    """From now on the far end of `dialled` is the caller of `inbound`."""
    dialled.far_side = inbound
    dialled.overhear(partial(_hear_outside, dialled, inbound))
    inbound.overhear(partial(_hear_inside, dialled, inbound))


def _hear_outside(dialled: Leg, inbound: Leg, event: events.Event) -> None:
    """What the dialled leg hears, the caller of the inbound one says."""
    match event:
        case events.Ended():
            _later(dialled, lambda: None if inbound.over else inbound.hang_up())
        case _:
            _carry(dialled, inbound, event)


def _hear_inside(dialled: Leg, inbound: Leg, event: events.Event) -> None:
    """What the inbound call's document says, whoever is connected to the dialled leg hears."""
    match event:
        case events.Answered():
            dialled.tell(FarEndAnswered())
        case events.Ended():
            _later(dialled, lambda: _leave(dialled, event))
        case _:
            _carry(inbound, dialled, event)


def _leave(dialled: Leg, ended: events.Ended) -> None:
    if dialled.answered:
        dialled.hang_up()
    else:
        dialled.tell(FarEndLeft(status=ended.status))


def _carry(heard_by: Leg, said_by: Leg, event: events.Event) -> None:
    match event:
        case events.Heard(text=text):
            _later(said_by, lambda: said_by.speak(text, None))
        case events.CutOff(heard=heard):
            _later(said_by, partial(_cut_off, said_by, heard))
        case events.Played(sound=keys) if keys and set(keys) <= KEYS | PAUSES.keys():
            _sound(said_by, keys)
        case _:
            pass


def _cut_off(said_by: Leg, heard: str) -> None:
    for other in said_by.hearers():
        other.note(events.CutOff(at=other.seconds, heard=heard))


def _sound(said_by: Leg, keys: str) -> None:
    after = ON_THE_WAY
    for key in keys:
        if key in KEYS:
            said_by.timeline.at(said_by.timeline.now + after, partial(said_by.press, key))
        after += PAUSES.get(key, BETWEEN_KEYS)


def _later(leg: Leg, act: Callable[[], object]) -> None:
    def acted() -> None:
        act()

    leg.timeline.at(leg.timeline.now + ON_THE_WAY, acted)
