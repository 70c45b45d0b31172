"""A point of a call: all that decides how it can go on. The engine's record without what cannot matter any more."""

from typing import NamedTuple

from ivr.flow.tree import Place

__all__ = ["Pending", "Point", "Slot"]


class Slot(NamedTuple):
    """A slot, what it holds, and how a prompt says it."""

    name: str
    value: str
    spoken: str


class Pending(NamedTuple):
    """What waits for a yes: a move of the menu, or an entry for a slot, with whom it identifies."""

    kind: str
    choice: str
    slot: Slot | None = None
    member: str | None = None


class Point(NamedTuple):
    """Where a call is, and what it remembers, as far as its line ever asks."""

    line: str
    place: Place
    stack: tuple[Place, ...] = ()
    trail: tuple[tuple[Place, tuple[Place, ...]], ...] = ()
    member: str | None = None
    slots: tuple[Slot, ...] = ()
    visits: tuple[tuple[Place, int], ...] = ()
    asks: int = 0
    failures: int = 0
    limit_passed: bool = False
    no_inputs: int = 0
    no_matches: int = 0
    closed: str | None = None
    pending: Pending | None = None
    draws: int = 0
