"""What is still requested when the caller has hung up in the middle of a verb."""

from ivr.harness.errors import Refused
from ivr.harness.leg import Leg
from ivr.harness.outcome import Ask

__all__ = ["tell_action"]


def tell_action(leg: Leg, line: int, ask: Ask | None) -> None:
    """The action is requested all the same; what it answers is no longer of use."""
    if ask is not None:
        try:
            leg.fetch("action", ask)
        except Refused as problem:
            leg.warn(problem.code, line, problem.text)
