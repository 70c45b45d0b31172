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
            yield from _pass(leg, leg.speak(step.words, step.confidence))
        case Wait(seconds=None):
            yield from _stay_silent(leg)
        case Wait(seconds=seconds):
            yield from _pass(leg, milliseconds(seconds or 0))
        case HangUp():
            leg.hang_up()
            while not leg.over:
                yield None


def _press(leg: Leg, keys: str) -> Running[object, None]:
    """One key at a time, so that a Gather which ends at the first leaves the second to the next."""
    for key in keys:
        if key in PAUSES:
            yield from _pass(leg, PAUSES[key])
        else:
            leg.press(key)
            yield from _pass(leg, BETWEEN_KEYS)


def _pass(leg: Leg, length: Milliseconds) -> Running[object, None]:
    """Let so much time pass, whatever the call does meanwhile, unless it ends."""
    until = leg.timeline.now + length
    while leg.timeline.now < until and not leg.over:
        yield until


def _stay_silent(leg: Leg) -> Running[object, None]:
    """Until the question of now has given up and the next is asked, or the call is over."""
    question = leg.questions
    while not leg.over and (leg.questions == question or not leg.floor.settled):
        yield None
