"""Which column each box of a band stands in: after everything that leads to it, going round left aside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ivr.drawing.picture import Arrow
from ivr.flow.tree import Place

LONGEST = 2
"""Columns that an arrow may span; one that goes further is harder to follow than a pill is to read."""


@dataclass(frozen=True, kw_only=True)
class Layers:
    """`column` of every box; `near` arrows are drawn all the way, those `elsewhere` end in a pill."""

    column: dict[Place, int]
    near: tuple[Arrow, ...]
    elsewhere: tuple[Arrow, ...]


def layered(places: Sequence[Place], arrows: Sequence[Arrow]) -> Layers:
    """The columns of `places`, given first where calls come in; `arrows` all leave from one of them."""
    inside = set(places)
    leaving: dict[Place, list[Arrow]] = {place: [] for place in places}
    for arrow in arrows:
        if arrow.to in inside:
            leaving[arrow.source].append(arrow)
    order, round_again = _order(places, leaving)
    onward = [arrow for place in order for arrow in leaving[place] if arrow not in round_again]
    column = _columns(order, onward)
    near = {arrow for arrow in onward if column[arrow.to] - column[arrow.source] <= LONGEST}
    return Layers(
        column=column,
        near=tuple(arrow for arrow in arrows if arrow in near),
        elsewhere=tuple(arrow for arrow in arrows if arrow not in near),
    )


def _order(places: Sequence[Place], leaving: dict[Place, list[Arrow]]) -> tuple[list[Place], set[Arrow]]:
    """An order in which arrows point forward, and the arrows that then still point back."""
    finished: dict[Place, None] = {}
    open_now: set[Place] = set()
    round_again: set[Arrow] = set()
    for root in places:
        # A stack of our own: a flow may be deeper than Python's.
        waiting: list[tuple[Place, Iterator[Arrow]]] = []
        if root not in finished:
            open_now.add(root)
            waiting.append((root, iter(leaving[root])))
        while waiting:
            place, rest = waiting[-1]
            arrow = next(rest, None)
            if arrow is None:
                waiting.pop()
                open_now.discard(place)
                finished[place] = None
            elif arrow.to in open_now:
                round_again.add(arrow)
            elif arrow.to not in finished:
                open_now.add(arrow.to)
                waiting.append((arrow.to, iter(leaving[arrow.to])))
    return list(reversed(finished)), round_again


def _columns(order: list[Place], onward: list[Arrow]) -> dict[Place, int]:
    column = dict.fromkeys(order, 0)
    for arrow in onward:  # by the order of their sources, so a source's column is final when it is used
        column[arrow.to] = max(column[arrow.to], column[arrow.source] + 1)
    return column
