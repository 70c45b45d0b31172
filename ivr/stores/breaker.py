"""A database that stands still: found out by one request, and not by all of them one after the other.

https://martinfowler.com/bliki/CircuitBreaker.html has the pattern.
"""

import threading
from time import monotonic

from sqlalchemy import exc

__all__ = ["Breaker"]

LONG = 0.5
"""Seconds after which a failure means that the database stands still; one that answers says so sooner."""

PAUSE = 0.5
"""Seconds in which whoever asks is refused at once: time for all who waited to be told that something went wrong."""

_TRYING = 5.0
"""Seconds after which another one may try, if nobody heard of the one who did."""


class Breaker:
    """Refuses at once what would only wait in vain; after each pause one is let through, to see.

    Safe between threads.
    """

    def __init__(self) -> None:
        self._until = 0.0
        self._lock = threading.Lock()

    def admit(self) -> float:
        """The time, to be told with what came of it.

        Raises TimeoutError of SQLAlchemy's while the database stands still.
        """
        now = monotonic()
        if self._until:
            with self._lock:
                if now < self._until:
                    raise exc.TimeoutError("the database stood still a moment ago")
                self._until = now + _TRYING
        return now

    def worked(self) -> None:
        """What was let through was done."""
        self._until = 0.0

    def failed(self, since: float) -> None:
        """What was let through at `since` failed."""
        now = monotonic()
        self._until = now + PAUSE if now - since >= LONG else 0.0
