"""What all events share."""

from datetime import datetime
from typing import ClassVar

from ivr.frozen import frozen

__all__ = ["Event"]


@frozen
class Event:
    """At `at` (UTC), at `place`."""

    kind: ClassVar[str]
    at: datetime
    place: str
