"""A party to a call at work: steps of a script, done when it is the party's turn."""

from collections.abc import Iterable

from ivr.harness.leg import Leg
from ivr.harness.process import Running
from ivr.harness.script import HangUp, Press, Say, Step, Wait
from ivr.harness.timeline import Milliseconds, milliseconds

__all__ = ["act", "follow", "settle"]

BETWEEN_KEYS: Milliseconds = 200
PAUSES: dict[str, Milliseconds] = {"w": 500, "W": 1000}


def follow(leg: Leg, steps: Iterable[Step]) -> Running[object, None]:
    """Do the steps, each when the party would act, until they are done or the call is over."""
    yield from settle(leg)
    for step in steps:
        if leg.over:
            return
        yield from act(leg, step)
        match step:
            case Wait(seconds=float() | int()):
                pass  # so long and no longer: the next step may break into a prompt
            case _:
                yield from settle(leg)


def settle(leg: Leg) -> Running[object, None]:
    """Listen until there is something to answer, or nothing more to hear."""
    while not leg.floor.settled:
        yield None


def act(leg: Leg, step: Step) -> Running[object, None]:
    """Do one step at once, and take the time it takes."""
    match step:
        case Press():
            yield from _press(leg, step.keys)
        case Say():
            lasts = leg.speak(step.words, step.confidence)
            yield leg.timeline.now + lasts
        case Wait(seconds=None):
            yield from _stay_silent(leg)
        case Wait(seconds=seconds):
            yield leg.timeline.now + milliseconds(seconds or 0)
        case HangUp():
            leg.hang_up()
            while not leg.over:
                yield None


def _press(leg: Leg, keys: str) -> Running[object, None]:
    """One key at a time, so that a Gather which ends at the first leaves the second to the next."""
    for key in keys:
        if key in PAUSES:
            yield leg.timeline.now + PAUSES[key]
        else:
            leg.press(key)
            yield leg.timeline.now + BETWEEN_KEYS


def _stay_silent(leg: Leg) -> Running[object, None]:
    """Until the question of now has given up and the next is asked, or the call is over."""
    question = leg.questions
    while not leg.over and (leg.questions == question or not leg.floor.settled):
        yield None
