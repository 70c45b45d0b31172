"""What all events share."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

__all__ = ["Event"]


@dataclass(frozen=True, kw_only=True)
class Event:
    """At `at` (UTC), at `place`."""

    kind: ClassVar[str]
    at: datetime
    place: str
