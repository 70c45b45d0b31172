"""Where calls can go: places with their return stacks, as a graph of igraph's.

The stack matters: a shared flow comes back only to where it was entered.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

import igraph

from ivr.flow.moves import Cause, Move, moves, return_event
from ivr.flow.nodes import Enter, Return
from ivr.flow.tree import ENDS, Place, Tree

Stack = tuple[Place, ...]


@dataclass(frozen=True)
class Spot:
    """A place, and where the shared flows it is in were entered."""

    place: Place
    stack: Stack = ()


@dataclass(frozen=True, kw_only=True)
class Step:
    """A move from one spot to another."""

    source: Spot
    move: Move
    target: Spot


@dataclass(frozen=True, kw_only=True)
class Walk:
    """Every spot that a call can come to, with the steps between them."""

    spots: tuple[Spot, ...]
    steps: tuple[Step, ...]
    stranded: tuple[Spot, ...] = field(default=())
    """Return nodes with nothing to return to."""

    @cached_property
    def places(self) -> frozenset[Place]:
        """The places among the spots."""
        return frozenset(spot.place for spot in self.spots)

    @cached_property
    def index(self) -> dict[Spot, int]:
        """Each spot's vertex."""
        return {spot: number for number, spot in enumerate(self.spots)}

    def graph(self, chosen: Callable[[Step], bool] = lambda step: True) -> igraph.Graph:
        """The spots as vertices, the chosen steps as edges."""
        edges = [(self.index[step.source], self.index[step.target]) for step in self.steps if chosen(step)]
        return igraph.Graph(n=len(self.spots), edges=edges, directed=True)


def walk(tree: Tree, begins: tuple[Place, ...]) -> Walk:
    """Everywhere a call can go that begins at one of `begins`."""
    seen: dict[Spot, None] = dict.fromkeys(Spot(place) for place in begins)
    waiting = list(seen)
    steps: list[Step] = []
    stranded: list[Spot] = []
    while waiting:
        spot = waiting.pop()
        if spot.place in ENDS:
            continue
        if isinstance(tree.nodes[spot.place], Return) and not spot.stack:
            stranded.append(spot)
        for step in _steps(tree, spot):
            steps.append(step)
            if step.target not in seen:
                seen[step.target] = None
                waiting.append(step.target)
    return Walk(spots=tuple(seen), steps=tuple(steps), stranded=tuple(stranded))


def _steps(tree: Tree, spot: Spot) -> Iterator[Step]:
    node = tree.nodes[spot.place]
    for move in moves(tree, spot.place):
        if isinstance(node, Return) and move.cause is Cause.FORWARD:
            if not spot.stack or move.event != return_event(spot.stack[-1]):
                continue
            stack = spot.stack[:-1]
        elif isinstance(node, Enter) and move.event == "enter":
            stack = (*spot.stack, spot.place)
        else:
            stack = after_jump(spot.stack, spot.place, move.to)
        yield Step(source=spot, move=move, target=Spot(move.to, () if move.to in ENDS else stack))


def after_jump(stack: Stack, here: Place, to: Place) -> Stack:
    """The return stack after a move that neither enters nor returns: kept within a flow, dropped on leaving it."""
    return stack if here.partition(".")[0] == to.partition(".")[0] else ()
