"""A call's way over the picture: when it came by each box, and along which arrows."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ivr.drawing.arrows import any_arrow
from ivr.drawing.picture import Arrow
from ivr.flow.moves import entered
from ivr.flow.nodes import Enter, Return
from ivr.flow.tree import Place, Tree
from ivr.flow.walks import after_jump


@dataclass(frozen=True, kw_only=True)
class Trail:
    """`stops` counts the places in the order of the call, from 1; `legs` are the pairs of boxes an arrow joins."""

    stops: dict[Place, tuple[int, ...]]
    legs: tuple[tuple[Place, Place], ...]


def followed(tree: Tree, trail: Sequence[Place]) -> Trail:
    """`trail` on this tree; a place it does not have (a call's end, a node since renamed) is passed over."""
    places = _without_repeats([place for place in trail if place in tree.nodes])
    stops: dict[Place, tuple[int, ...]] = {}
    for number, place in enumerate(places, start=1):
        stops[place] = (*stops.get(place, ()), number)
    return Trail(stops=stops, legs=tuple(dict.fromkeys(_legs(tree, places))))


def with_legs(tree: Tree, legs: Sequence[tuple[Place, Place]], arrows: Sequence[Arrow]) -> tuple[Arrow, ...]:
    """`arrows`, and one more for each leg that has none."""
    drawn = {(arrow.source, arrow.to) for arrow in arrows}
    return (*arrows, *(any_arrow(tree, *leg) for leg in legs if leg not in drawn))


def _without_repeats(places: list[Place]) -> list[Place]:
    """A question asked again is the same stop."""
    return [place for number, place in enumerate(places) if number == 0 or places[number - 1] != place]


def _legs(tree: Tree, places: list[Place]) -> list[tuple[Place, Place]]:
    """From box to box. Going into a shared flow has no arrow, and a return's is where the flow was entered."""
    legs: list[tuple[Place, Place]] = []
    stack: tuple[Place, ...] = ()
    for here, to in pairwise(places):
        node = tree.nodes[here]
        if isinstance(node, Return) and stack:
            legs.append((stack[-1], to))
            stack = stack[:-1]
            continue
        if isinstance(node, Enter) and to == entered(tree, node):
            stack = (*stack, here)
            continue
        legs.append((here, to))
        stack = after_jump(stack, here, to)
    return legs
