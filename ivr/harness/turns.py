"""Whose turn it is in a call, and who waits for the caller's."""

from collections.abc import Callable

from ivr.harness.status import Floor

__all__ = ["Turns"]


class Turns:
    """Twilio has the floor at first."""

    __slots__ = ("_watchers", "floor", "on_hold", "questions")

    def __init__(self) -> None:
        self.floor = Floor.TWILIO
        self.questions = 0  # how often the caller got the floor
        self.on_hold = False
        self._watchers: tuple[Callable[[], None], ...] = ()

    def hold(self, on: bool) -> None:
        """Whether the caller waits, on hold, whenever nobody asks them anything."""
        self.on_hold = on
        self.give_floor(Floor.TWILIO)

    def give_floor(self, floor: Floor) -> None:
        """Say whose turn it is; whoever waits for the caller's turn is woken."""
        if floor is Floor.TWILIO and self.on_hold:
            floor = Floor.HOLD
        if floor is self.floor:
            return
        self.floor = floor
        if floor.settled:
            self.questions += 1
            for wake in self._watchers:
                wake()

    def watch(self, wake: Callable[[], None]) -> None:
        """Call this whenever the caller gets the floor, and at the end."""
        self._watchers = (*self._watchers, wake)
