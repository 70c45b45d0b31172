"""What all calls share: the centre, its charts, and what is listened for at each place. Made once, then read."""

import threading

from ivr.call.case import Case
from ivr.call.coaching import Coach, TraineeRoll
from ivr.call.listening import listening_at
from ivr.call.turn import Listening
from ivr.chart import Chart
from ivr.errors import NumberError
from ivr.flow.centre import ContactCentre
from ivr.flow.directory import e164
from ivr.flow.tree import Place, Tree

__all__ = ["CARD_BACK", "Switchboard"]

CARD_BACK = "card-back"
"""Dials the number on the back of the card: of no particular card, or of a member's as `card-back:MEMBER`."""


class Switchboard:
    """Finds the line for a dialled number, and keeps what is costly to make. Safe to share between threads."""

    def __init__(
        self,
        centre: ContactCentre,
        *,
        coach: Coach | None = None,
        roll: TraineeRoll | None = None,
        debriefs: bool = True,
    ) -> None:
        """`coach` gives hints and debriefs on rehearsals, `roll` knows trainees by their PINs, and is asked at
        each call; without `debriefs` a rehearsal ends with the caller's notes."""
        self.centre = centre
        self.coach = coach
        self.roll = roll
        self.debriefs = debriefs
        self._cases: dict[str, Case] = {}
        self._charts: dict[str, Chart] = {}
        self._listening: dict[Place, Listening] = {}
        self._lock = threading.Lock()

    def chart(self, line: str) -> Chart:
        """The chart of a line, compiled when it is first needed."""
        if line not in self._charts:
            with self._lock:
                if line not in self._charts:
                    self._charts[line] = Chart(self.centre.tree(line))
        return self._charts[line]

    def case(self, scenario: str) -> Case:
        """A scenario as its representatives see it. Raises RecordError where it is not there any more."""
        if scenario not in self._cases:
            self._cases[scenario] = Case(self.centre, scenario)
        return self._cases[scenario]

    def listening(self, tree: Tree, place: Place) -> Listening:
        """What a question listens for."""
        key = f"{tree.line.flow}:{place}"
        if key not in self._listening:
            self._listening[key] = listening_at(tree, place, self.centre.vocabulary)
        return self._listening[key]

    def answering(self, dialled: str) -> tuple[str, Place]:
        """The line and the place that answer `dialled`: a number in any spelling, card-back, or the name of a line.

        Raises NumberError, which says what could be dialled.
        """
        if dialled.partition(":")[0] == CARD_BACK:
            return self._at_start(self._card_back(dialled.partition(":")[2]))
        if dialled in self.centre.trees:
            return self._at_start(dialled)
        listing = self.centre.directory.listing(dialled)
        tree = self.centre.tree(listing.line)
        return listing.line, f"{listing.line}.{listing.node}" if listing.node else tree.start

    def _at_start(self, line: str) -> tuple[str, Place]:
        return line, self.centre.tree(line).start

    def _card_back(self, member: str) -> str:
        if not member:
            return self.centre.directory.card_back
        if member not in self.centre.members:
            known = ", ".join(self.centre.members)
            raise NumberError(f"there is no practice card member '{member}', expected one of {known}")
        return self.centre.members[member].card_back

    def spelled(self, dialled: str) -> str:
        """`dialled` as a record keeps it: a number in E.164, anything else as it stands. Raises NumberError."""
        named = dialled.partition(":")[0] == CARD_BACK or dialled in self.centre.trees
        return dialled if named else e164(dialled)
