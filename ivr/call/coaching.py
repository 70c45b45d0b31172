"""What a call asks of whoever coaches it, and of whoever knows the trainees. Both live above the engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ivr.call.events import Event
from ivr.call.record import CallRecord

__all__ = ["Coach", "SpokenDebrief", "TraineeRoll"]


@dataclass(frozen=True, kw_only=True)
class SpokenDebrief:
    """A debrief to be heard. `summary` takes less than 30 seconds.

    `details` are told one a key, nine at most. Each begins with what it is about and a colon, so that it can be offered
    by that: `the wrong turn: You ...` becomes "For the wrong turn, press 1."
    """

    summary: str
    details: tuple[str, ...] = ()


class Coach(Protocol):
    """Knows the way, and what to make of a call."""

    def next_step(self, record: CallRecord) -> str:
        """The best thing to do at the place in the tree where the call is, in words and keys: one sentence or two."""
        ...

    def way(self, record: CallRecord) -> str:
        """The whole of the best way from where the call is, which may be the lobby, in words and keys: a few sentences.

        It is read aloud in the overview, before the call.
        """
        ...

    def debrief(self, record: CallRecord, events: Sequence[Event]) -> SpokenDebrief:
        """What to tell a caller at the end of a rehearsal; `events` are all of the call, in order."""
        ...


class TraineeRoll(Protocol):
    """Knows who trains here."""

    def has_pins(self) -> bool:
        """Whether anybody has a PIN now: otherwise nobody need be asked for one."""
        ...

    def trainee(self, pin: str) -> str | None:
        """The id of the trainee whose PIN this is; None for nobody's."""
        ...
