"""A route's own call: its steps, played on the engine."""

from datetime import datetime

from ivr.call import CallSession, Switchboard
from ivr.call.events import Event
from ivr.call.handset import Handset, VirtualClock
from ivr.training.routes.planner import Route

__all__ = ["played"]


def played(
    board: Switchboard, route: Route, at: datetime, *, seed: int, barge_in: bool = False
) -> tuple[Handset, list[Event]]:
    """The call, waited out to its end, with what happened."""
    clock = VirtualClock(at)
    session = CallSession.arriving(board, route.dialled, call_id="CA1", seed=seed, clock=clock)
    handset = Handset(session, clock, lambda turn: None, barge_in=barge_in)
    for step in route.steps:
        if step.action.way == "keys":
            handset.press(step.action.what or "#")
        else:
            handset.say(step.action.what)
    handset.wait_out_hold()
    return handset, session.events
