"""A tree compiled to a statechart of python-statemachine: every move a call makes is a transition of this chart.

The chart is flat: a place is one string, which goes through JSON. Making a machine costs time that grows with the tree,
pointing a kept one at a state does not; so each thread keeps one machine a tree, and none is shared between threads.
No move depends on anything but where it begins, so the machine is asked once for each.
"""

import re
import threading
from typing import Any

from statemachine import StateChart
from statemachine.exceptions import TransitionNotAllowed
from statemachine.io import create_machine_class_from_definition

from ivr.errors import RecordError
from ivr.flow.moves import moves
from ivr.flow.tree import ENDS, Place, Tree

__all__ = ["Chart"]


class Chart:
    """What moves are possible on one tree."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._machine_class = _compiled(tree)
        self._kept = threading.local()
        self._made: dict[tuple[Place, str], Place] = {}

    def go(self, here: Place, event: str) -> Place:
        """Where `event` leads from `here`.

        Raises RecordError where the chart has no such place, or no such move from it.
        """
        there = self._made.get((here, event))
        if there is None:
            there = self._made[here, event] = self._moved(here, event)
        return there

    def _moved(self, here: Place, event: str) -> Place:
        machine = self._machine()
        if here not in self.tree.nodes and here not in ENDS:
            raise RecordError(f"there is no place {here} on the line {self.tree.line.flow}")
        machine.current_state_value = here
        try:
            machine.send(event)
        except TransitionNotAllowed:
            raise RecordError(f"nothing leads on by {event} from {here}") from None
        return str(machine.current_state_value)

    def _machine(self) -> StateChart[Any]:
        if not hasattr(self._kept, "machine"):
            self._kept.machine = self._machine_class()
        machine: StateChart[Any] = self._kept.machine
        return machine


def _compiled(tree: Tree) -> type[StateChart[Any]]:
    # The ends are ordinary states: a machine that has entered a final one never takes an event again, and it is kept.
    states: dict[str, Any] = {_state_id(end): {"value": end} for end in ENDS}
    for place in tree.nodes:
        leading: dict[str, list[dict[str, str]]] = {
            move.event: [{"target": _state_id(move.to)}] for move in moves(tree, place)
        }
        states[_state_id(place)] = {"value": place, "on": leading, "initial": place == tree.start}
    name = re.sub(r"\W", "_", tree.line.flow).title()
    machine_class: type[StateChart[Any]] = create_machine_class_from_definition(
        f"{name}Chart",
        states=states,
        allow_event_without_transition=False,
        catch_errors_as_events=False,
        validate_disconnected_states=False,  # the flow's own rules say more, and say where
        validate_trap_states=False,
        validate_final_reachability=False,
    )
    return machine_class


def _state_id(place: Place) -> str:
    """Prefixed, because a state named after a machine's own attribute (`send`, `model`) would break it."""
    return "at_" + re.sub(r"\W", "_", place.replace(".", "__"))
