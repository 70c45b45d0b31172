"""What a caller does at a question, as a meaning."""

from dataclasses import dataclass
from typing import Literal

from ivr.flow.asking import Universal
from ivr.training.routes.point import Pending, Slot

__all__ = [
    "Asked",
    "Chosen",
    "Deed",
    "Entered",
    "Escaped",
    "Failed",
    "LeftMessage",
    "Skipped",
    "Unsure",
]


@dataclass(frozen=True)
class Chosen:
    """An option or link, by its event; said yes to, where the line had asked whether it was that."""

    event: str


@dataclass(frozen=True)
class Entered:
    """An entry, as it is kept, and the member it identifies. `confirmed` says yes to the one that is pending."""

    slot: Slot
    member: str | None = None
    confirmed: bool = False


@dataclass(frozen=True)
class Skipped:
    """An optional entry left out."""


@dataclass(frozen=True)
class Asked:
    """A universal other than a representative."""

    universal: Universal


@dataclass(frozen=True)
class Escaped:
    """An ask for a representative."""


@dataclass(frozen=True)
class LeftMessage:
    """A message, spoken."""


@dataclass(frozen=True)
class Failed:
    """A no-input or a no-match. `reason` is the event's: not-confirmed says no to what is pending."""

    failure: Literal["no_input", "no_match"]
    reason: str = ""


@dataclass(frozen=True)
class Unsure:
    """Words the line is not sure of: it asks whether it heard `pending`."""

    pending: Pending


Deed = Chosen | Entered | Skipped | Asked | Escaped | LeftMessage | Failed | Unsure
