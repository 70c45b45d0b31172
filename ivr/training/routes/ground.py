"""What all walks of a search stand on: lines, holds, the caller's luck and twists; and where a walk arrives."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from ivr.call.switchboard import CARD_BACK, Switchboard
from ivr.flow.rehearsal import Twists
from ivr.flow.tree import Place
from ivr.training.routes.holds import Holds, holds_of
from ivr.training.routes.luck import Luck
from ivr.training.routes.point import Point
from ivr.training.routes.terrain import Terrain, terrain_of

__all__ = ["Arrival", "Ground"]

NO_TWISTS = Twists()

Stop = Literal["question", "hold", "end"]


class Arrival(NamedTuple):
    """What a turn comes to: `heard` seconds of it must be listened to before the caller can act.

    At a hold, `heard` holds the words before it and `hold` the hold itself. `department` is the one that is held for,
    or that the end is about; `outcome` is how the call ended.
    """

    point: Point
    stop: Stop
    heard: float
    hold: float = 0.0
    outcome: str = ""
    department: str | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Ground:
    """What all walks of one search share. Without `barge_in` every prompt is heard to its end."""

    board: Switchboard
    luck: Luck
    barge_in: bool
    twists: Twists = NO_TWISTS
    member: str = ""
    """Whose card `card-back` stands for; of no particular one where it is empty."""

    def answering(self, dialled: str) -> tuple[str, Place]:
        """The line and place that answer a number, on this caller's call. Raises NumberError."""
        mine = dialled == CARD_BACK and self.member
        line, place = self.board.answering(f"{CARD_BACK}:{self.member}" if mine else dialled)
        instead = self.twists.lines.get(line)
        return (line, place) if instead is None else self.board.answering(instead)

    @cached_property
    def holds(self) -> Holds:
        """How long the holds are."""
        return holds_of(self.board.centre, self.luck)

    def terrain(self, line: str) -> Terrain:
        """A line as routes see it; made when first asked for."""
        if line not in self._terrains:
            self._terrains[line] = terrain_of(self.board.centre.tree(line))
        return self._terrains[line]

    @cached_property
    def _terrains(self) -> dict[str, Terrain]:
        return {}
