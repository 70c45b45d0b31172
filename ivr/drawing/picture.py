"""What a drawing shows, before any format is chosen: boxes in bands, with arrows between them."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from ivr.flow.moves import Cause
from ivr.flow.tree import Place


class Kind(StrEnum):
    """What a box stands for: the kinds of node, by their names in the flow language."""

    MENU = "menu"
    COLLECT = "collect"
    SAY = "say"
    DECIDE = "decide"
    ENTER = "enter"
    RETURN = "return"
    TRANSFER = "transfer"
    MESSAGE = "message"
    CALLBACK = "callback"
    HANG_UP = "hang_up"
    DIAL = "dial"


ASIDE = frozenset(
    {Cause.NO_INPUT, Cause.NO_MATCH, Cause.LIMIT, Cause.CLOSED, Cause.ESCAPE, Cause.DETOUR, Cause.UNIVERSAL}
)
"""Causes that are not the way a flow hopes for; their arrows are dashed."""


@dataclass(frozen=True, kw_only=True)
class Box:
    """A node: `about` is what it does, `words` all that it says, `entrance` how calls come in just here.

    `stops` counts, from 1, when a trail comes by; `on_best` says that the best way does.
    """

    place: Place
    title: str
    kind: Kind
    about: str
    words: str = ""
    entrance: str = ""
    stops: tuple[int, ...] = ()
    on_best: bool = False


@dataclass(frozen=True, kw_only=True)
class Arrow:
    """One or more moves between two boxes; `label` joins what each is called."""

    source: Place
    to: Place
    label: str
    cause: Cause
    on_trail: bool = False
    on_best: bool = False

    @property
    def aside(self) -> bool:
        """Whether this is not the way the flow hopes for."""
        return self.cause in ASIDE

    @property
    def leaves(self) -> bool:
        """Whether this leads into another flow; it is then drawn to a pill with the target's name, not all the way."""
        return self.source.partition(".")[0] != self.to.partition(".")[0]


@dataclass(frozen=True, kw_only=True)
class Band:
    """One flow; `notes` say in words what holds all over it, and would only be in the way as arrows."""

    flow: str
    title: str
    shared: bool
    boxes: tuple[Box, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A tree, ready to be drawn. `beyond` are boxes without a band that arrows lead to."""

    bands: tuple[Band, ...]
    beyond: tuple[Box, ...]
    arrows: tuple[Arrow, ...]

    @property
    def line(self) -> Band:
        """The line's own band; it comes first."""
        return self.bands[0]

    @cached_property
    def boxes(self) -> dict[Place, Box]:
        """Every box, by its place."""
        drawn = [box for band in self.bands for box in band.boxes]
        return {box.place: box for box in (*drawn, *self.beyond)}

    @cached_property
    def leaving(self) -> dict[Place, tuple[Arrow, ...]]:
        """The arrows out of each box that has any."""
        found: dict[Place, list[Arrow]] = {}
        for arrow in self.arrows:
            found.setdefault(arrow.source, []).append(arrow)
        return {place: tuple(arrows) for place, arrows in found.items()}

    @property
    def has_trail(self) -> bool:
        """Whether a trail is shown."""
        return any(box.stops for box in self.boxes.values())

    @property
    def has_best(self) -> bool:
        """Whether the best way is shown."""
        return any(box.on_best for box in self.boxes.values())
